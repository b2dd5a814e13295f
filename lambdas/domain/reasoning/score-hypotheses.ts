import type { RuledOut } from '../diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../diagnosis/evidence.ts';
import { type Mechanism, mechanisms } from '../diagnosis/mechanism.ts';
import type { ServiceName } from '../ids.ts';
import { type Contribution, contribute, total } from './contribution.ts';
import { locate } from './locate.ts';
import { mechanismSigns } from './mechanism-signs.ts';
import { type ServiceView, type SystemView, viewSystem } from './service-view.ts';

export type ScoredHypothesis = {
  readonly mechanism: Mechanism;
  readonly service: ServiceName;
  readonly points: number;
  /** 0 to 1, over all hypotheses and the one that none of them is right. */
  readonly confidence: number;
  readonly contributions: readonly Contribution[];
};

/** Spread of the points against confidence: larger is more modest. */
const temperature = 0.9;
/** Points of the hypothesis that it is none of these. */
const pointsOfNone = 4.5;

/** Every mechanism at every service, likeliest first. */
export const scoreHypotheses = (bundle: EvidenceBundle, ruledOut: readonly RuledOut[]): readonly ScoredHypothesis[] => {
  const system = viewSystem(bundle);
  const scored = system.services.flatMap((view) => {
    const place = locate(system, view);
    return mechanisms.map((mechanism) => {
      const contributions = [
        ...place,
        ...mechanismSigns[mechanism](system, view),
        ...known(system, view, mechanism),
        ...refuted(ruledOut, view, mechanism),
      ];
      return { mechanism, service: view.name, points: total(contributions), contributions };
    });
  });
  const best = Math.max(pointsOfNone, ...scored.map(({ points }) => points));
  const weight = (points: number) => Math.exp((points - best) / temperature);
  const all = weight(pointsOfNone) + scored.reduce((sum, { points }) => sum + weight(points), 0);
  return scored
    .map((each) => ({ ...each, confidence: weight(each.points) / all }))
    .sort((left, right) => right.points - left.points || compare(left, right));
};

const compare = (
  left: { mechanism: string; service: string },
  right: { mechanism: string; service: string },
): number => (`${left.mechanism} ${left.service}` < `${right.mechanism} ${right.service}` ? -1 : 1);

const known = (_system: SystemView, view: ServiceView, mechanism: Mechanism): readonly Contribution[] => {
  const alike = view.past.filter((past) => past.outcome === 'resolved' && past.mechanism === mechanism);
  return contribute(0.6, Math.min(1, alike.length / 2), 'it was this the last time', ...alike.slice(0, 2));
};

const refuted = (ruledOut: readonly RuledOut[], view: ServiceView, mechanism: Mechanism): readonly Contribution[] => {
  const tried = ruledOut.filter((each) => each.mechanism === mechanism && each.service === view.name);
  return contribute(-3, tried.length, 'acting on it did not help');
};

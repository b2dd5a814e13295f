import type { RuledOut } from '../diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../diagnosis/evidence.ts';
import { type Mechanism, mechanisms } from '../diagnosis/mechanism.ts';
import type { ServiceName } from '../ids.ts';
import { type Contribution, contribute, total } from './contribution.ts';
import { locate } from './locate.ts';
import { mechanismSigns } from './mechanism-signs.ts';
import { type ServiceView, viewSystem } from './service-view.ts';
import { withoutFindings } from './trusted-text.ts';

export type ScoredHypothesis = {
  readonly mechanism: Mechanism;
  readonly service: ServiceName;
  readonly points: number;
  /** 0 to 1, over all hypotheses and the one that none of them is right. */
  readonly confidence: number;
  readonly contributions: readonly Contribution[];
};

/** Spread of the points against confidence. Larger is more modest; this is a little more so than drawn faults ask for. */
const temperature = 0.6;
/** Points of the hypothesis that it is none of these. */
const pointsOfNone = 5;

/** Every mechanism at every service, likeliest first. Text that addresses its reader counts for nothing. */
export const scoreHypotheses = (bundle: EvidenceBundle, ruledOut: readonly RuledOut[]): readonly ScoredHypothesis[] => {
  const scored = weighHypotheses(withoutFindings(bundle), ruledOut).map((each) => ({
    ...each,
    points: total(each.contributions),
  }));
  const all = scored.map(({ points }) => points);
  return scored
    .map((each, index) => ({ ...each, confidence: confidenceOf(each.points, all.toSpliced(index, 1)) }))
    .sort((left, right) => right.points - left.points || compare(left, right));
};

export type WeighedHypothesis = Pick<ScoredHypothesis, 'mechanism' | 'service' | 'contributions'>;

/** What speaks for and against every mechanism at every service, in a fixed order. */
export const weighHypotheses = (
  bundle: EvidenceBundle,
  ruledOut: readonly RuledOut[],
): readonly WeighedHypothesis[] => {
  const system = viewSystem(bundle);
  return system.services.flatMap((view) => {
    const place = locate(system, view);
    return mechanisms.map((mechanism) => ({
      mechanism,
      service: view.name,
      contributions: [
        ...place,
        ...mechanismSigns[mechanism](system, view),
        ...known(view, mechanism),
        ...refuted(ruledOut, view, mechanism),
      ],
    }));
  });
};

/** Softmax of one hypothesis' points against those of its rivals and of none being right. */
export const confidenceOf = (points: number, rivals: readonly number[]): number => {
  const best = Math.max(points, pointsOfNone, ...rivals);
  const weight = (each: number) => Math.exp((each - best) / temperature);
  return weight(points) / rivals.reduce((sum, each) => sum + weight(each), weight(points) + weight(pointsOfNone));
};

const compare = (
  left: { mechanism: string; service: string },
  right: { mechanism: string; service: string },
): number => (`${left.mechanism} ${left.service}` < `${right.mechanism} ${right.service}` ? -1 : 1);

const known = (view: ServiceView, mechanism: Mechanism): readonly Contribution[] => {
  const alike = view.past.filter((past) => past.outcome === 'resolved' && past.mechanism === mechanism);
  return contribute(0.6, Math.min(1, alike.length / 2), 'it was this the last time', ...alike.slice(0, 2));
};

const refuted = (ruledOut: readonly RuledOut[], view: ServiceView, mechanism: Mechanism): readonly Contribution[] => {
  const tried = ruledOut.filter((each) => each.mechanism === mechanism && each.service === view.name);
  return contribute(-3, tried.length, 'acting on it did not help');
};

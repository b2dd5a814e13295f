import type { RuledOut } from '../diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../diagnosis/evidence.ts';
import { type Mechanism, mechanisms } from '../diagnosis/mechanism.ts';
import type { ServiceName } from '../ids.ts';
import { confidenceOf } from './calibration.ts';
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

const compare = (
  left: { mechanism: string; service: string },
  right: { mechanism: string; service: string },
): number => (`${left.mechanism} ${left.service}` < `${right.mechanism} ${right.service}` ? -1 : 1);

/** What became of the same cause in incidents alike: a recovery that was verified speaks for it, an act in vain against. */
const known = (view: ServiceView, mechanism: Mechanism): readonly Contribution[] => {
  const alike = view.past.filter((past) => past.mechanism === mechanism);
  const helped = alike.filter(({ outcome }) => outcome === 'resolved');
  const inVain = alike.filter(({ outcome, runbooks }) => outcome !== 'resolved' && runbooks.length > 0);
  return [
    ...contribute(0.6, Math.min(1, helped.length / 2), 'it was this the last time', ...helped.slice(0, 2)),
    ...contribute(
      -0.6,
      Math.min(1, inVain.length / 2),
      'acting on it was in vain the last time',
      ...inVain.slice(0, 2),
    ),
  ];
};

const refuted = (ruledOut: readonly RuledOut[], view: ServiceView, mechanism: Mechanism): readonly Contribution[] => {
  const tried = ruledOut.filter((each) => each.mechanism === mechanism && each.service === view.name);
  return contribute(-3, tried.length, 'acting on it did not help');
};

import { expect, it } from 'vitest';
import { doNothingTwin, truthOfState } from '../../../bench/loop/shop-truth.ts';
import { advance, initialFleet } from '../../../lambdas/workload/fleet.ts';
import { drawSoonHurting } from '../../../scripts/operator/soon-hurting.ts';

const at = Date.UTC(2030, 0, 1, 12);
const shop = initialFleet({ seed: 1, at });
const drawn = drawSoonHurting('crash', 27, at);
if (drawn === null) throw new Error('no crash hurts soon');
const fault = drawn;

it('has the twin live through the fault as the shop would, had nobody acted', () => {
  const twin = doNothingTwin(shop, fault);
  const inputs = { faults: [fault], operations: [] };
  expect(twin.truthAt(at + 30_000)).toEqual(advance(shop, at + 30_000, inputs).truth);
  const later = advance(shop, at + 120_000, inputs);
  expect(twin.truthAt(at + 120_000)).toEqual(later.truth);
  expect(truthOfState(later.state)).toEqual(later.truth);
});

it('looks ahead for harm', () => {
  expect(doNothingTwin(shop, fault).hurtsWithin(300)).toBe(true);
  expect(doNothingTwin(shop, { ...fault, startedAt: at - 20_000, endsAt: at - 10_000 }).hurtsWithin(300)).toBe(false);
});

import { promotionFactor } from './benign.ts';
import { hash, normal } from './random.ts';

/** Requests a second at the edge at the daily peak of an ordinary day. */
export const peakDemand = 400;

/** Demand by day of the week, Sunday first, as a share of an ordinary day. */
const weekly = [0.84, 1, 1.02, 1.01, 1.03, 1.06, 0.92] as const;

/** Expected demand as a share of the peak: the daily and weekly rhythm without noise or promotions. */
export function expectedDemandShare(at: number): number {
  const hours = (at / 3_600_000) % 24;
  const days = at / 86_400_000 + 4;
  const today = Math.floor(days) % 7;
  const share = hours / 24;
  const week = (weekly[today] ?? 1) * (1 - share) + (weekly[(today + 1) % 7] ?? 1) * share;
  const daily =
    0.63 + 0.32 * Math.cos((2 * Math.PI * (hours - 15)) / 24) + 0.06 * Math.cos((4 * Math.PI * (hours - 11.5)) / 24);
  return week * daily;
}

/** Next value of the slow noise of demand: first-order autoregressive, time constant 5 min, deviation 3%. */
export function nextDemandNoise(seed: number, step: number, noise: number): number {
  return 0.9835 * noise + 0.03 * Math.sqrt(1 - 0.9835 * 0.9835) * normal(seed, 5000, step, 51);
}

/** Requests a second at the edge in this sub-step; `expected` leaves out noise and promotions. */
export function edgeDemand(seed: number, step: number, at: number, noise: number, expected: boolean): number {
  const share = peakDemand * expectedDemandShare(at);
  if (expected) return share;
  return share * promotionFactor(seed, step) * (1 + noise) * (1 + 0.012 * normal(seed, 5000, step, 52));
}

/** Merchants by name, the largest first. */
export const merchants: readonly string[] = Array.from(
  { length: 30 },
  (_, index) => `m-${String(1000 + ((index * 7919 + 311) % 9000)).padStart(4, '0')}`,
);
const zipf = merchants.map((_, index) => 1 / (index + 1.5) ** 0.95);
const total = zipf.reduce((sum, weight) => sum + weight, 0);
/** Share of the traffic of each merchant. */
export const merchantShares: readonly number[] = zipf.map((weight) => weight / total);

/** A merchant drawn by its share of the traffic; `draw` is any 32-bit integer. */
export function merchantFor(draw: number): string {
  let left = draw / 4294967296;
  for (let index = 0; index < merchants.length; index += 1) {
    left -= merchantShares[index] ?? 0;
    if (left <= 0) return merchants[index] ?? 'm-1000';
  }
  return merchants[merchants.length - 1] ?? 'm-1000';
}

/** Merchants drawn by a seed until they make at least this share of the traffic together. */
export function merchantSubset(
  seed: number,
  share: number,
): { readonly names: readonly string[]; readonly share: number } {
  const order = merchants.map((_, index) => index).sort((a, b) => hash(seed, a, 0, 53) - hash(seed, b, 0, 53));
  const names: string[] = [];
  let sum = 0;
  for (const index of order) {
    if (sum >= share) break;
    names.push(merchants[index] ?? '');
    sum += merchantShares[index] ?? 0;
  }
  return { names, share: sum };
}

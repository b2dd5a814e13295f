import { peakDemand } from './demand.ts';
import { designs } from './designs.ts';
import { checkout, edge, serviceIndex, worker } from './services.ts';

/** Requests a second a service is built for at the daily peak. */
export const peakRates: readonly number[] = (() => {
  const rates = designs.map(() => 0);
  rates[edge] = peakDemand;
  for (let s = 0; s < designs.length; s += 1) {
    const design = designs[s];
    if (design === undefined) continue;
    const missShare = design.cache === null ? 1 : 1 - design.cache.hitShare;
    for (let c = 0; c < design.calls.length; c += 1) {
      const call = design.calls[c];
      const target = serviceIndex(call?.to ?? '');
      if (call === undefined) continue;
      const share = call.onMiss === true ? missShare : 1;
      rates[target] = (rates[target] ?? 0) + (rates[s] ?? 0) * call.perRequest * share;
    }
    if (s === checkout) rates[worker] = (rates[worker] ?? 0) + (rates[s] ?? 0);
  }
  return rates;
})();

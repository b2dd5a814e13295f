import type { MetricRole } from '../../lambdas/domain/signal/series.ts';
import type { Clock } from '../../lambdas/ports/clock.ts';
import type { Target } from '../../lambdas/ports/target.ts';
import type { Telemetry } from '../../lambdas/ports/telemetry.ts';

/** What customers felt at the edge over the newest window of closed periods. */
export type CustomerReading = {
  /** End of the window, epoch milliseconds. */
  readonly at: number;
  /** Percent of requests answered well. */
  readonly successPercent: number;
  /** Milliseconds, mean over the window; null where it was not measured. */
  readonly latencyP95: number | null;
};

type Sources = { readonly clock: Clock; readonly target: Target; readonly telemetry: Telemetry };

/** One period says little of a share of errors; half a minute does. */
const windowSeconds = 30;

/** A reader of what customers feel now at the gateway; null while there is nothing to read. */
export const createCustomerReader = async (
  from: Sources,
  periodSeconds: number,
): Promise<() => Promise<CustomerReading | null>> => {
  const [topology, all] = await Promise.all([from.target.describe(), from.telemetry.listSeries()]);
  const gateways = topology.services.filter((service) => service.kind === 'gateway').map((service) => service.name);
  const series = all.filter((candidate) => candidate.instance === null && gateways.includes(candidate.service));
  const period = periodSeconds * 1000;
  const window = Math.max(period, windowSeconds * 1000);
  return async () => {
    const to = Math.floor(from.clock.now() / period) * period;
    // Two periods may not have settled yet: the window ends where the samples do.
    const samples = await from.telemetry.readSamples({ series, from: to - window - 2 * period, to, periodSeconds });
    const newest = Math.max(0, ...[...samples.values()].flat().map((sample) => sample.at));
    const values = (role: MetricRole): readonly number[] =>
      series
        .filter((candidate) => candidate.role === role)
        .flatMap((candidate) => samples.get(candidate.id) ?? [])
        .filter((sample) => sample.at > newest - window)
        .map((sample) => sample.value);
    const requests = sum(values('requests'));
    if (requests === 0) return null;
    const latencies = values('latency');
    return {
      at: newest + period,
      successPercent: 100 * (1 - sum(values('errors')) / requests),
      latencyP95: latencies.length === 0 ? null : sum(latencies) / latencies.length,
    };
  };
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

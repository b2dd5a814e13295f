import type { Series } from '../../lambdas/domain/signal/series.ts';
import type { Clock, Target, Telemetry } from '../../lambdas/ports.ts';

/** What customers feel at the edge in one closed period. */
export type CustomerReading = {
  /** Start of the period, epoch milliseconds. */
  readonly at: number;
  /** Percent of requests answered well. */
  readonly successPercent: number;
  /** Milliseconds; null where it was not measured. */
  readonly latencyP95: number | null;
};

type Sources = { readonly clock: Clock; readonly target: Target; readonly telemetry: Telemetry };

/** A reader of the newest closed period at the gateway; null while there is none. */
export const createCustomerReader = async (
  from: Sources,
  periodSeconds: number,
): Promise<() => Promise<CustomerReading | null>> => {
  const [topology, all] = await Promise.all([from.target.describe(), from.telemetry.listSeries()]);
  const gateways = new Set<string>(
    topology.services.filter((service) => service.kind === 'gateway').map((service) => service.name),
  );
  const series = all.filter((candidate) => candidate.instance === null && gateways.has(candidate.service));
  const period = periodSeconds * 1000;
  return async () => {
    const to = Math.floor(from.clock.now() / period) * period;
    const samples = await from.telemetry.readSamples({ series, from: to - 4 * period, to, periodSeconds });
    const valueAt = (role: Series['role'], at: number): number | null => {
      const own = series.filter((candidate) => candidate.role === role);
      const values = own.flatMap((one) => (samples.get(one.id) ?? []).filter((sample) => sample.at === at));
      return values.length === 0
        ? null
        : values.reduce((sum, sample) => sum + sample.value, 0) / gatewayShare(role, gateways);
    };
    const starts = [...samples.values()].flat().map((sample) => sample.at);
    const at = starts.length === 0 ? null : Math.max(...starts);
    if (at === null) return null;
    const requests = valueAt('requests', at);
    if (requests === null || requests === 0) return null;
    const errors = valueAt('errors', at) ?? 0;
    return { at, successPercent: 100 * (1 - errors / requests), latencyP95: valueAt('latency', at) };
  };
};

/** Counts add up over gateways, latencies average. */
const gatewayShare = (role: Series['role'], gateways: ReadonlySet<string>): number =>
  role === 'latency' ? Math.max(1, gateways.size) : 1;

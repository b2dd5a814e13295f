import { linearRegression } from 'simple-statistics';
import { manualClock } from '../../lambdas/adapters/memory/clock.ts';
import { detectAnomalies } from '../../lambdas/detection/detect-anomalies.ts';
import { heldShards, scanShard } from '../../lambdas/detection/scan-shard.ts';
import { defaultFalseAlarmsPerMonth } from '../../lambdas/domain/detectors/surprise/calibration.ts';
import { readPart } from '../../lambdas/domain/signal/archived-samples.ts';
import { memoryDetection } from '../../scripts/detection/memory-detection.ts';
import { madeUpFleet } from './made-up-fleet.ts';

export type ScanPoint = {
  readonly metrics: number;
  readonly shards: number;
  /** Seconds of one core for one scan: the mean of all, so with their share of archiving, and the slowest one. */
  readonly meanSeconds: number;
  readonly slowestSeconds: number;
  /** The first pass, which learns a day of history. */
  readonly learnSeconds: number;
  /** Of detector state, all shards and the overview. */
  readonly stateBytesPerMetric: number;
  /** Of the archive, compressed. */
  readonly archiveBytesPerSample: number;
  /** Passes with trouble opened incidents, so that correlation had work. */
  readonly incidents: number;
};

const start = Date.UTC(2030, 0, 15, 12);
const periodSeconds = 60;
const quietPasses = 11;
const troubledPasses = 11;

/** Scans of a made-up fleet, a minute apart: eleven quiet ones and eleven with trouble in every hundredth service. */
export async function measureScan(metrics: number, seriesInShard: number): Promise<ScanPoint> {
  const clock = manualClock(start);
  const fleet = madeUpFleet(metrics, start + quietPasses * periodSeconds * 1000);
  const target = {
    describe: async () => fleet.topology,
    operate: async ({ key }: { readonly key: string }) => ({
      state: 'failed' as const,
      key,
      endedAt: clock.now(),
      reason: 'nothing is operated here',
    }),
  };
  const { ports, records, detectorState, scanArchive } = memoryDetection({ clock, telemetry: fleet.telemetry, target });
  let bytes = new Map<string, number>();
  const save: typeof detectorState.save = async (name, body, tag) => {
    bytes = bytes.set(name, body.byteLength);
    return detectorState.save(name, body, tag);
  };
  const counting = { ...detectorState, save };
  // Each scan by a process that knows nothing: its state is fetched and decoded, as in a function that had another shard before.
  const scan = (request: Parameters<typeof ports.shardScanner.scan>[0]) =>
    scanShard(ports, heldShards(counting))(request);
  const settings = {
    scanIntervalSeconds: periodSeconds,
    settlingSeconds: 1,
    seriesInShard,
    falseAlarmsPerMonth: defaultFalseAlarmsPerMonth,
    objectives: [],
  };
  const pass = async () => {
    const detect = detectAnomalies({ ...ports, detectorState: counting, shardScanner: { scan } }, settings);
    const before = process.cpuUsage();
    const result = await detect({ codeVersion: 'bench', invocation: 'bench' }, false);
    const { user, system } = process.cpuUsage(before);
    if (result.outcome !== 'scanned') throw new Error('a pass did not scan');
    if (result.series !== metrics || result.late.length > 0) throw new Error('a pass did not scan every series');
    clock.pass(periodSeconds);
    return { seconds: (user + system) / 1e6, shards: result.shards, learning: result.learning };
  };
  clock.pass(1);
  const first = await pass();
  const seconds: number[] = [];
  let shards = first.shards;
  for (let index = 1; index < quietPasses + troubledPasses; index += 1) {
    const one = await pass();
    if (one.learning > 0) throw new Error('a series is still learning: nothing of it is judged');
    seconds.push(one.seconds);
    shards = one.shards;
  }
  const parts = await scanArchive.list('samples/');
  let samples = 0;
  for (const name of parts) samples += readPart((await scanArchive.get(name)) ?? '').samples.length;
  const archiveBytes = parts.reduce((sum, name) => sum + (scanArchive.bodies.get(name)?.byteLength ?? 0), 0);
  return {
    metrics,
    shards,
    meanSeconds: seconds.reduce((sum, one) => sum + one, 0) / seconds.length,
    slowestSeconds: Math.max(...seconds),
    learnSeconds: first.seconds,
    stateBytesPerMetric: [...bytes.values()].reduce((sum, one) => sum + one, 0) / metrics,
    archiveBytesPerSample: archiveBytes / samples,
    incidents: records.incidents.size,
  };
}

/** The power of the number of metrics by which the seconds grow: 1 is linear. By least squares on logarithms. */
export const growthExponent = (points: readonly ScanPoint[]): number =>
  linearRegression(points.map(({ metrics, meanSeconds }) => [Math.log(metrics), Math.log(meanSeconds)])).m;

/** From 100 in steps of about three, up to so many. */
export function sizesUpTo(metrics: number): readonly number[] {
  const sizes: number[] = [];
  for (let power = 2; 10 ** power < metrics; power += 0.5) {
    const size = Math.round(10 ** power / 100) * 100;
    if (size < metrics) sizes.push(size);
  }
  return [...sizes, metrics];
}

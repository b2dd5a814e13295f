import { setTimeout as sleep } from 'node:timers/promises';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { shardScanResponseSchema } from '../../contract/shard-scan.ts';
import { summaryLength } from '../../domain/anomaly/watch.ts';
import type { ShardScan, ShardScanner, ShardScanRequest } from '../../ports/shard-scanner.ts';

/**
 * Scans of shards by the function `scan-shard`, one invocation each. One that is late goes on by itself, and while it does no
 * second one of the same shard is begun by this process: the next pass waits for the first once more.
 */
export function lambdaShardScanner(client: LambdaClient, functionName: string, deadlineSeconds: number): ShardScanner {
  const ask = async (request: ShardScanRequest): Promise<ShardScan> => {
    const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(request) });
    const { FunctionError, Payload } = await client.send(command);
    const answer = Payload?.transformToString('utf-8') ?? '';
    if (FunctionError !== undefined) return { outcome: 'late', reason: `${functionName} failed: ${answer}` };
    const response = shardScanResponseSchema.parse(JSON.parse(answer));
    if (response.outcome === 'late') return response;
    const { readTo, records } = response;
    const summaries = request.series.map((series, index) => {
      const record = Float64Array.from(records[index] ?? []);
      // Between two deployments the function may still run other code.
      if (record.length !== summaryLength) throw new RangeError(`a summary of ${record.length} fields`);
      return { series, record };
    });
    return { outcome: 'scanned', readTo, summaries };
  };
  const begun = new Map<string, Promise<ShardScan>>();
  const begin = (request: ShardScanRequest): Promise<ShardScan> => {
    const scan = ask(request)
      .catch(
        (error: unknown): ShardScan => ({
          outcome: 'late',
          reason: error instanceof Error ? error.message : String(error),
        }),
      )
      .finally(() => begun.delete(request.shard));
    begun.set(request.shard, scan);
    return scan;
  };
  return {
    scan: async (request) => {
      const patience = new AbortController();
      const late = sleep<ShardScan>(
        deadlineSeconds * 1000,
        { outcome: 'late', reason: `no answer within ${deadlineSeconds} s` },
        { signal: patience.signal },
      );
      // Given up when the scan came first.
      late.catch(() => {});
      try {
        return await Promise.race([begun.get(request.shard) ?? begin(request), late]);
      } finally {
        patience.abort();
      }
    },
  };
}

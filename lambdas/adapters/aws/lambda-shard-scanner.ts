import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { shardScanResponseSchema } from '../../contract/shard-scan.ts';
import { summaryLength } from '../../domain/anomaly/watch.ts';
import type { ShardScan, ShardScanner, ShardScanRequest } from '../../ports.ts';

/** Scans of shards by the function `scan-shard`, one invocation each. One that is late goes on by itself; nobody waits for it. */
export function lambdaShardScanner(client: LambdaClient, functionName: string, deadlineSeconds: number): ShardScanner {
  const ask = async (request: ShardScanRequest, abortSignal: AbortSignal): Promise<ShardScan> => {
    const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(request) });
    const { FunctionError, Payload } = await client.send(command, { abortSignal });
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
  return {
    scan: async (request) => {
      const abort = AbortSignal.timeout(deadlineSeconds * 1000);
      try {
        return await ask(request, abort);
      } catch (error) {
        if (abort.aborted) return { outcome: 'late', reason: `no answer within ${deadlineSeconds} s` };
        return { outcome: 'late', reason: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

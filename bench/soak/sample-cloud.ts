import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { clientSettings } from '../../lambdas/adapters/aws/clients/client-settings.ts';
import { resourceNames } from '../../lambdas/contract/stage.ts';
import { tableNames } from '../../lambdas/contract/tables.ts';
import { sdkSettings } from '../../scripts/cloud/sdk-settings.ts';
import type { Operator } from '../../scripts/operator/connect.ts';
import { readFunctionLog } from '../../scripts/operator/read-function-log.ts';
import type { SoakSample } from './growth.ts';
import { readProcessMemory } from './process-memory.ts';

/** What detection logs of each pass. */
const passSchema = z.object({ message: z.literal('pass'), milliseconds: z.number() });

export const megabyte = 1024 * 1024;

/** Reads memory, scans and tables once. `since`: scans of which time count, epoch milliseconds. */
export const sampleCloud = async (
  operator: Operator,
  emulatorPid: number | null,
  since: number,
): Promise<SoakSample> => {
  const [memory, scans, rows] = await Promise.all([
    emulatorPid === null ? null : readProcessMemory(emulatorPid),
    readScans(operator, since),
    countRows(operator),
  ]);
  return {
    at: operator.clock.now(),
    figures: {
      ...(memory === null
        ? {}
        : { 'emulator MB': memory.own / megabyte, 'its functions MB': memory.started / megabyte }),
      ...(scans.length === 0 ? {} : { 'longest scan s': Math.max(...scans) / 1000, 'mean scan s': mean(scans) / 1000 }),
      ...rows,
    },
  };
};

const readScans = async (operator: Operator, from: number): Promise<readonly number[]> => {
  const client = new CloudWatchLogsClient({ ...clientSettings(30), ...sdkSettings(operator.cloud) });
  try {
    const request = { stage: operator.stage, name: 'detect-anomalies' as const, from, limit: 10_000 };
    const lines = await readFunctionLog(client, request);
    return lines.flatMap(({ message }) => {
      const parsed = passSchema.safeParse(parseJson(message));
      return parsed.success ? [parsed.data.milliseconds] : [];
    });
  } finally {
    client.destroy();
  }
};

const countRows = async ({ tables, stage }: Operator): Promise<Record<string, number>> => {
  const counts = await Promise.all(
    tableNames.map(async (table) => {
      const TableName = resourceNames(stage).table(table);
      const { Table } = await tables.send(new DescribeTableCommand({ TableName }));
      return [`rows in ${table}`, Table?.ItemCount ?? 0] as const;
    }),
  );
  return Object.fromEntries(counts);
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

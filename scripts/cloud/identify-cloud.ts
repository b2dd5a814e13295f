// Finds out what answers at an endpoint, by the health pages of the clouds we know.
import { z } from 'zod';

export type CloudKind = 'localstack' | 'ministack';
export type Answer =
  | { state: 'cloud'; kind: CloudKind; version: string; edition?: string | undefined }
  /** Nothing listens: the port is free. */
  | { state: 'nothing' }
  /** Something listens that is no cloud, or one that no longer answers. */
  | { state: 'other'; why: string };

const health = z.object({
  version: z.string().optional(),
  edition: z.string().optional(),
  services: z.record(z.string(), z.unknown()),
});

export async function identifyCloud(endpoint: string, patienceMs = 3_000): Promise<Answer> {
  // MiniStack answers LocalStack's health page too, therefore its own comes first.
  const pages: [CloudKind, string][] = [
    ['ministack', '/_ministack/health'],
    ['localstack', '/_localstack/health'],
  ];
  for (const [kind, path] of pages) {
    const page = await read(`${endpoint}${path}`, patienceMs);
    if ('failure' in page) return page.failure;
    const parsed = health.safeParse(page.body);
    if (!parsed.success) continue;
    const { version = 'of unknown version', edition } = parsed.data;
    return { state: 'cloud', kind, version, edition };
  }
  return { state: 'other', why: 'what answers there is neither LocalStack nor MiniStack' };
}

async function read(url: string, patienceMs: number): Promise<{ body: unknown } | { failure: Answer }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
    const text = await response.text();
    return { body: response.ok ? parseJson(text) : undefined };
  } catch (error) {
    return { failure: explain(error, patienceMs) };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function explain(error: unknown, patienceMs: number): Answer {
  if (error instanceof Error && error.name === 'TimeoutError')
    return { state: 'other', why: `something listens there but did not answer within ${patienceMs / 1000} s` };
  const code = error instanceof Error ? codeOf(error.cause) : undefined;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') return { state: 'nothing' };
  return { state: 'other', why: 'what listens there does not speak HTTP' };
}

function codeOf(cause: unknown): unknown {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
}

// `npm run up` as a function: a cloud that answers is used as it is, otherwise the embedded one is started.
import { setTimeout as delay } from 'node:timers/promises';
import { CLOUD_STATE } from '../paths.ts';
import { UserError } from '../user-error.ts';
import { findEmbeddedCloud, startEmbeddedCloud } from './embedded-cloud.ts';
import { askedFor, localEndpointOf } from './guard.ts';
import { type Answer, type CloudKind, identifyCloud } from './identify-cloud.ts';

export type Cloud = { endpoint: string; kind: CloudKind; version: string; startedNow: boolean };
type Wishes = { endpoint?: string | undefined; say?: (line: string) => void; stateDir?: string };
type Environment = Readonly<Record<string, string | undefined>>;

const OTHER_STARTS_WITHIN_MS = 15_000;
const POLL_MS = 100;

export const CLOUD_NAMES: Record<CloudKind, string> = { localstack: 'LocalStack', ministack: 'MiniStack' };

export async function ensureCloud(wishes: Wishes = {}, environment: Environment = process.env): Promise<Cloud> {
  const forced = forcedKind(environment);
  const endpoint = localEndpointOf(wishes, environment);
  const answer = await identifyCloud(endpoint);
  if (answer.state === 'cloud') {
    refuseWrongKind(answer.kind, forced, endpoint);
    return { endpoint, kind: answer.kind, version: answer.version, startedNow: false };
  }
  const named = wishes.endpoint !== undefined || askedFor(environment) !== undefined;
  refuseToStart(answer, endpoint, forced, named);
  const port = Number(new URL(endpoint).port);
  const { stateDir = CLOUD_STATE, say } = wishes;
  try {
    await startEmbeddedCloud({ port, stateDir, persist: true, ...(say === undefined ? {} : { say }) });
  } catch (error) {
    const other = await startedByAnother(endpoint, stateDir);
    if (other === undefined) throw error;
    return { endpoint, kind: other.kind, version: other.version, startedNow: false };
  }
  const started = await identifyCloud(endpoint);
  if (started.state !== 'cloud')
    throw new UserError(`The embedded cloud started at ${endpoint} but does not answer; see ${CLOUD_STATE}/cloud.log.`);
  return { endpoint, kind: started.kind, version: started.version, startedNow: true };
}

/** Two commands may find the port free at the same time; the one that comes second uses what the first has started. */
async function startedByAnother(
  endpoint: string,
  stateDir: string,
): Promise<Extract<Answer, { state: 'cloud' }> | undefined> {
  const until = performance.now() + OTHER_STARTS_WITHIN_MS;
  while ((await findEmbeddedCloud(stateDir)) !== undefined && performance.now() < until) {
    const answer = await identifyCloud(endpoint);
    if (answer.state === 'cloud') return answer;
    await delay(POLL_MS);
  }
  return undefined;
}

function forcedKind(environment: Environment): CloudKind | undefined {
  const asked = environment['KINTSUGI_CLOUD'];
  if (asked === undefined || asked === '') return undefined;
  if (asked === 'localstack' || asked === 'ministack') return asked;
  throw new UserError(`KINTSUGI_CLOUD is '${asked}': it may be localstack or ministack.`);
}

function refuseWrongKind(kind: CloudKind, forced: CloudKind | undefined, endpoint: string): void {
  if (forced === undefined || forced === kind) return;
  const stop = kind === 'ministack' ? '`npm run down`' : '`docker compose down`';
  throw new UserError(
    `KINTSUGI_CLOUD asks for ${CLOUD_NAMES[forced]}, but ${endpoint} is ${CLOUD_NAMES[kind]}: stop it with ${stop} first, or unset KINTSUGI_CLOUD.`,
  );
}

/** An endpoint that a person named, or a port that someone else holds, is not ours to start anything on. */
function refuseToStart(
  answer: Exclude<Answer, { state: 'cloud' }>,
  endpoint: string,
  forced: CloudKind | undefined,
  named: boolean,
): void {
  if (answer.state === 'other')
    throw new UserError(
      `${endpoint} is taken: ${answer.why}. Stop what listens there, or name another port: KINTSUGI_PORT=4570.`,
    );
  if (named)
    throw new UserError(
      `Nothing answers at ${endpoint}: start that cloud, or leave the endpoint out to start the embedded one.`,
    );
  if (forced === 'localstack')
    throw new UserError(`LocalStack does not answer at ${endpoint}: start it with \`docker compose up -d\`.`);
}

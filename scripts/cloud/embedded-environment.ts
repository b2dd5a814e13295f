import { delimiter, dirname, join } from 'node:path';
import { BINARIES } from '../paths.ts';
import { markIn } from './kept-state.ts';

type Settings = {
  port: number;
  stateDir: string;
  persist: boolean;
  packages: string;
  ownerPid: number | undefined;
  edition: string;
};

/** The largest function has 1,024 MB on AWS; what one really holds after a collection is below 100. */
const FUNCTION_HEAP_MEGABYTES = 384;

/**
 * The whole environment of the embedded cloud. Its functions inherit it and run as the same user, so nothing of the
 * person's own is in it: no credentials, no home folder with an AWS profile, no proxies, no tokens.
 */
export function embeddedEnvironment({
  port,
  stateDir,
  persist,
  packages,
  ownerPid,
  edition,
}: Settings): Record<string, string> {
  return {
    // It runs whatever `node` comes first; that must be the Node the functions are built for.
    PATH: [BINARIES, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    PYTHONPATH: packages,
    // It enforces no memory limit, and a process that is never short of memory hardly collects its garbage.
    // Its own wrapper around functions calls url.parse(), of which Node would warn in the log of each of them. Ours do not.
    NODE_OPTIONS: `--max-old-space-size=${FUNCTION_HEAP_MEGABYTES} --max-semi-space-size=4 --disable-warning=DEP0169`,
    PYTHONUNBUFFERED: '1',
    HOME: join(stateDir, 'home'),
    TMPDIR: join(stateDir, 'tmp'),
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    GATEWAY_PORT: String(port),
    // It listens on every interface when not told otherwise.
    BIND_HOST: '127.0.0.1',
    MINISTACK_HOST: '127.0.0.1',
    // It repeats this on its health page, by which we tell it from another that took the port.
    MINISTACK_EDITION: edition,
    LOG_LEVEL: 'WARNING',
    // A listener of its own on a fixed port, which a second cloud beside this one could not have.
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    STATE_DIR: join(stateDir, 'state'),
    S3_DATA_DIR: join(stateDir, 's3'),
    ...(ownerPid === undefined ? {} : { KINTSUGI_OWNER_PID: String(ownerPid) }),
    ...(persist ? { PERSIST_STATE: '1', S3_PERSIST: '1', KINTSUGI_STATE_IN_USE: markIn(stateDir) } : {}),
  };
}

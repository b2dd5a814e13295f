/** Lines in the manner of systems of many kinds, made up, each with the event that it is of. */
export type MadeUpLine = { readonly event: string; readonly line: string };

/** A number from 0 to below `below`, the same for the same arguments. */
const draw = (seed: number, salt: number, below: number): number => {
  let mixed = Math.imul(seed * 2654435761 + salt * 40503, 2246822519) ^ (seed + salt * 977);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 3266489917);
  return ((mixed ^ (mixed >>> 13)) >>> 0) % below;
};
const names = 'ada bo cyd dora eli finn gus hana ivo jun kai lea mia noa oto pia quin rui sam tea'.split(' ');
const hosts = 'db-primary.corp.internal cache.eu.example.com mail.example.org build.example.net'.split(' ');
const hex = (n: number, salt: number, length: number): string =>
  Array.from({ length }, (_, index) => draw(n, salt + index, 16).toString(16)).join('');

type Values = {
  readonly number: (below: number, salt?: number) => number;
  readonly name: string;
  readonly host: string;
  readonly address: string;
  readonly uuid: string;
  readonly time: string;
  readonly date: string;
  readonly path: string;
};

const valuesOf = (n: number): Values => {
  const number = (below: number, salt = 1) => draw(n, salt, below);
  const two = (value: number) => String(value).padStart(2, '0');
  const time = `${two(number(24, 2))}:${two(number(60, 3))}:${two(number(60, 4))}`;
  return {
    number,
    name: names[number(names.length, 5)] ?? 'ada',
    host: hosts[number(hosts.length, 6)] ?? 'localhost',
    address: `10.${number(256, 7)}.${number(256, 8)}.${number(256, 9)}`,
    uuid: [8, 4, 4, 4, 12].map((length, part) => hex(n, 100 * part, length)).join('-'),
    time,
    date: `2026-0${1 + number(9, 10)}-${two(1 + number(28, 11))}`,
    path: `/srv/${names[number(20, 12)]}/data/${hex(n, 13, 6)}.bin`,
  };
};

type Events = Readonly<Record<string, (v: Values) => string>>;

const json = (fields: Readonly<Record<string, unknown>>): string => JSON.stringify(fields);

/** By system; each event with values that differ from line to line. */
const systems: Readonly<Record<string, Events>> = {
  'web access': {
    request: (v) =>
      `${v.address} - - [12/Mar/2026:${v.time} +0000] "GET /shop/${v.name}/item/${v.number(9999)} HTTP/1.1" 200 ${v.number(90000)} "-" "curl/8.${v.number(9)}"`,
  },
  'web errors': {
    refused: (v) =>
      `${v.date} ${v.time} [error] ${v.number(99)}#${v.number(99, 3)}: *${v.number(99999)} connect() failed (111: Connection refused) while connecting to upstream, client: ${v.address}, upstream: "http://${v.address}:${v.number(9999)}/pay"`,
    timedOut: (v) =>
      `${v.date} ${v.time} [error] ${v.number(99)}#${v.number(99, 3)}: *${v.number(99999)} upstream timed out (110: Connection timed out) while reading response header from upstream, client: ${v.address}`,
    body: (v) =>
      `${v.date} ${v.time} [warn] ${v.number(99)}#0: *${v.number(99999)} a client request body is buffered to a temporary file /var/cache/body/${v.number(99999)}`,
  },
  database: {
    slow: (v) =>
      `${v.date} ${v.time}.${v.number(999)} UTC [${v.number(99999)}] LOG:  duration: ${v.number(9999)}.${v.number(999, 2)} ms  execute <unnamed>`,
    deadlock: (v) =>
      `${v.date} ${v.time}.${v.number(999)} UTC [${v.number(99999)}] ERROR:  deadlock detected at process ${v.number(99999, 2)}`,
    noSlots: (v) =>
      `${v.date} ${v.time}.${v.number(999)} UTC [${v.number(99999)}] FATAL:  remaining connection slots are reserved for superusers`,
    checkpoint: (v) =>
      `${v.date} ${v.time}.${v.number(999)} UTC [${v.number(99999)}] LOG:  checkpoint complete: wrote ${v.number(9999)} buffers (${v.number(99)}.${v.number(9, 2)}%); ${v.number(3, 4)} added, ${v.number(9, 5)} removed`,
    duplicate: (v) =>
      `${v.date} ${v.time}.${v.number(999)} UTC [${v.number(99999)}] ERROR:  duplicate key value violates unique constraint "orders_pkey_${v.number(9)}"`,
  },
  broker: {
    rolled: (v) =>
      `[${v.date} ${v.time},${v.number(999)}] INFO [Log partition=orders-${v.number(64)}, dir=/data/kafka] Rolled new log segment at offset ${v.number(999999)} in ${v.number(99)} ms.`,
    shrunk: (v) =>
      `[${v.date} ${v.time},${v.number(999)}] WARN [Partition orders-${v.number(64)} broker=${v.number(9)}] Shrinking ISR from ${v.number(3)},${v.number(6)} to ${v.number(3)}.`,
    rebalanced: (v) =>
      `[${v.date} ${v.time},${v.number(999)}] INFO [GroupCoordinator ${v.number(9)}]: Preparing to rebalance group billing-${v.number(99)} in state Stable with old generation ${v.number(999)}`,
    lost: (v) =>
      `[${v.date} ${v.time},${v.number(999)}] ERROR [ReplicaFetcher replicaId=${v.number(9)}, leaderId=${v.number(9, 3)}] Connection to node ${v.number(9)} was lost`,
  },
  'service manager': {
    started: (v) => `systemd[1]: Started Session ${v.number(9999)} of User ${v.name}.`,
    failed: (v) =>
      `systemd[1]: worker@${v.number(9)}.service: Main process exited, code=exited, status=${v.number(9)}/FAILURE`,
    restart: (v) =>
      `systemd[1]: worker@${v.number(9)}.service: Scheduled restart job, restart counter is at ${v.number(99)}.`,
    login: (v) =>
      `sshd[${v.number(9999)}]: Accepted publickey for ${v.name} from ${v.address} port ${v.number(65000)} ssh2`,
    invalid: (v) => `sshd[${v.number(9999)}]: Invalid user ${v.name} from ${v.address} port ${v.number(65000)}`,
    killed: (v) =>
      `kernel: [${v.number(99999)}.${v.number(999)}] Out of memory: Killed process ${v.number(99999)} (node) total-vm:${v.number(999999)}kB`,
  },
  'event log': {
    logon: (v) =>
      `${v.date} ${v.time} EventID=4624 An account was successfully logged on. Account Name: ${v.name} Logon ID: 0x${hex(v.number(9999), 3, 5)}`,
    service: (v) => `${v.date} ${v.time} EventID=7036 The Print Spooler service entered the running state.`,
    update: (v) =>
      `${v.date} ${v.time} EventID=19 Installation Successful: Windows installed the following update: KB${v.number(999999)}`,
    disk: (v) =>
      `${v.date} ${v.time} EventID=153 The IO operation at logical block address 0x${hex(v.number(9999), 3, 6)} for Disk ${v.number(9)} was retried.`,
  },
  logfmt: {
    handled: (v) =>
      `ts=${v.date}T${v.time}Z level=info caller=server.go:${v.number(400)} msg="request handled" method=GET path=/v1/${v.name}/${v.number(99)} status=200 dur=${v.number(900)}ms`,
    refused: (v) =>
      `ts=${v.date}T${v.time}Z level=error caller=client.go:${v.number(400)} msg="cannot reach upstream" peer=${v.host}:${v.number(9999)} err="dial tcp ${v.address}:443: connect: connection refused"`,
    cache: (v) =>
      `ts=${v.date}T${v.time}Z level=warn caller=cache.go:88 msg="evicting entry" key=${v.uuid} size=${v.number(9999)}`,
    ready: (v) => `ts=${v.date}T${v.time}Z level=info caller=main.go:31 msg=ready addr=${v.address}:${v.number(9999)}`,
  },
  scripting: {
    fetched: (v) =>
      `${v.date} ${v.time},${v.number(999)} - shop.feeds - INFO - Fetched ${v.number(999)} rows from ${v.host} in ${v.number(99)}.${v.number(99, 2)}s`,
    retried: (v) =>
      `${v.date} ${v.time},${v.number(999)} - shop.feeds - WARNING - Retrying (Retry(total=${v.number(5)})) after connection broken by 'ReadTimeoutError'`,
    failed: (v) =>
      `${v.date} ${v.time},${v.number(999)} - shop.jobs - ERROR - Job ${v.uuid} failed: KeyError('${v.name}')`,
    trace: (v) =>
      `Traceback (most recent call last):\n  File "/app/${v.name}.py", line ${v.number(400)}, in run\n    go()\nValueError: bad row ${v.number(9999)}`,
  },
  'mobile client': {
    frame: (v) =>
      `03-17 16:13:${v.number(60)}.${v.number(999)}  ${v.number(9999)}  ${v.number(9999, 2)} I Choreographer: Skipped ${v.number(90)} frames!  The application may be doing too much work on its main thread.`,
    sync: (v) =>
      `03-17 16:13:${v.number(60)}.${v.number(999)}  ${v.number(9999)}  ${v.number(9999, 2)} D SyncManager: sync finished for ${v.name}@example.com, items=${v.number(99)}, took ${v.number(9999)}ms`,
    denied: (v) =>
      `03-17 16:13:${v.number(60)}.${v.number(999)}  ${v.number(9999)}  ${v.number(9999, 2)} W PackageManager: Permission android.permission.CAMERA denied for uid ${v.number(99999)}`,
  },
  'json service': {
    paid: (v) =>
      json({
        level: 30,
        time: v.number(99999),
        pid: v.number(999),
        msg: `payment ${v.uuid} settled`,
        amount: v.number(999),
      }),
    declined: (v) =>
      json({ level: 40, time: v.number(99999), msg: `payment ${v.uuid} declined by issuer`, merchant: v.name }),
    broken: (v) =>
      json({
        level: 50,
        msg: 'settlement failed',
        err: { type: 'TimeoutError', message: `no answer from ${v.host} in ${v.number(999)} ms`, stack: 'x' },
      }),
    lost: (v) =>
      json({
        level: 50,
        msg: 'settlement failed',
        err: { type: 'ConnectionError', message: `reset by ${v.address}`, stack: 'x' },
      }),
  },
  'virtual machine': {
    pool: (v) =>
      `${v.date} ${v.time}.${v.number(999)} ERROR [http-nio-8080-exec-${v.number(99)}] c.e.p.Repository - Connection is not available, request timed out after ${v.number(30000)}ms.`,
    pause: (v) =>
      `[${v.number(9999)}.${v.number(999)}s][info][gc] GC(${v.number(999)}) Pause Young (Normal) (G1 Evacuation Pause) ${v.number(900)}M->${v.number(90)}M(1024M) ${v.number(90)}.${v.number(99)}ms`,
    thrown: (v) =>
      `${v.date} ${v.time}.${v.number(999)} ERROR [exec-${v.number(99)}] c.e.o.OrderService - cannot place order ${v.number(99999)}\njava.lang.IllegalStateException: stock of ${v.name}\n\tat c.e.o.Stock.take(Stock.java:${v.number(99)})`,
  },
};

export const madeUpSystems = Object.keys(systems);

/** So many lines of a system, its events in turn and then at random. */
export function madeUpLog(system: string, many: number): readonly MadeUpLine[] {
  const events = Object.entries(systems[system] ?? {});
  return Array.from({ length: many }, (_, n) => {
    const [event, write] = events[n < events.length ? n : draw(n, 77, events.length)] ?? ['none', () => ''];
    return { event, line: write(valuesOf(n)) };
  });
}

/**
 * AWS's quotas on what is sent, checked before it is sent: the emulators take
 * anything, AWS does not. Figures are those of the AWS service documentation.
 */
export class QuotaExceeded extends Error {
  override readonly name = 'QuotaExceeded';
}

const hour = 3_600_000;
const day = 24 * hour;
const kilobyte = 1024;

type Input = Readonly<Record<string, unknown>>;
type Check = (input: Input, now: number) => string | null;

const checks: Readonly<Record<string, Check>> = {
  PutMetricDataCommand: putMetricData,
  GetMetricDataCommand: getMetricData,
  PutLogEventsCommand: putLogEvents,
  PutCommand: (input) => item(input['Item']),
  PutItemCommand: (input) => item(input['Item']),
  TransactWriteCommand: transaction,
  TransactWriteItemsCommand: transaction,
  StartExecutionCommand: startExecution,
  SendTaskSuccessCommand: (input) => payload(input['output']),
  PublishCommand: publish,
  GetResourcesCommand: getResources,
};

/** Null when the command may be sent; otherwise which quota it breaks. */
export function checkQuota(commandName: string, input: Input, now: number): string | null {
  return checks[commandName]?.(input, now) ?? null;
}

/** 1,000 metrics, 1 MB, 150 values a metric, no NaN or infinity, two weeks back to two hours ahead, 30 dimensions. */
function putMetricData(input: Input, now: number): string | null {
  const data = list(input['MetricData']);
  if (data.length > 1_000) return `${data.length} metrics in one PutMetricData, 1,000 at most`;
  if (size(input) > kilobyte * kilobyte) return 'PutMetricData is over 1 MB';
  for (const datum of data) {
    const name = String(datum['MetricName']);
    const values = datum['Values'] === undefined ? [datum['Value']] : unknowns(datum['Values']);
    if (values.length > 150) return `${name} has ${values.length} values, 150 at most`;
    if (!values.every((value) => value === undefined || Number.isFinite(value))) return `${name} has no finite value`;
    if (list(datum['Dimensions']).length > 30) return `${name} has more than 30 dimensions`;
    const at = datum['Timestamp'];
    if (at instanceof Date && at.getTime() < now - 14 * day) return `${name} is older than two weeks`;
    if (at instanceof Date && at.getTime() > now + 2 * hour) return `${name} is more than two hours ahead`;
  }
  return null;
}

/** 500 queries, 100,800 points. */
function getMetricData(input: Input): string | null {
  const queries = list(input['MetricDataQueries']);
  if (queries.length > 500) return `${queries.length} queries in one GetMetricData, 500 at most`;
  const { StartTime: from, EndTime: to } = input;
  if (!(from instanceof Date && to instanceof Date)) return 'GetMetricData needs a start and an end';
  const points = queries.reduce((sum, query) => {
    const period = Number(record(query['MetricStat'])['Period']);
    return sum + Math.ceil((to.getTime() - from.getTime()) / 1_000 / period);
  }, 0);
  return points > 100_800 ? `${points} points in one GetMetricData, 100,800 at most` : null;
}

/** 10,000 events, 1 MB with 26 bytes for each, 256 KB an event, in order, within 24 h, 14 days back to 2 h ahead. */
function putLogEvents(input: Input, now: number): string | null {
  const events = list(input['logEvents']);
  if (events.length === 0) return 'PutLogEvents without an event';
  if (events.length > 10_000) return `${events.length} events in one PutLogEvents, 10,000 at most`;
  const sizes = events.map((event) => Buffer.byteLength(String(event['message'])) + 26);
  if (sizes.some((bytes) => bytes > 256 * kilobyte)) return 'a log event is over 256 KB';
  if (sizes.reduce((sum, bytes) => sum + bytes, 0) > kilobyte * kilobyte) return 'PutLogEvents is over 1 MB';
  const times = events.map((event) => Number(event['timestamp']));
  if (times.some((at, index) => at < (times[index - 1] ?? at))) return 'log events are not in order of time';
  const [first = now, last = now] = [times[0], times.at(-1)];
  if (last - first > day) return 'log events span more than 24 hours';
  if (first < now - 14 * day) return 'a log event is older than 14 days';
  return last > now + 2 * hour ? 'a log event is more than two hours ahead' : null;
}

function item(body: unknown): string | null {
  const bytes = size(body);
  return bytes > 400 * kilobyte ? `an item of ${bytes} bytes, 400 KB at most` : null;
}

/** 100 items, 4 MB, each item once. */
function transaction(input: Input): string | null {
  const items = list(input['TransactItems']);
  if (items.length > 100) return `${items.length} items in one transaction, 100 at most`;
  if (size(items) > 4 * kilobyte * kilobyte) return 'a transaction is over 4 MB';
  for (const write of items) {
    const problem = item(record(write['Put'])['Item']);
    if (problem !== null) return problem;
  }
  return null;
}

/** Name of 80 characters without the reserved ones, payload of 256 KB. */
function startExecution(input: Input): string | null {
  const name = String(input['name'] ?? '');
  if (name.length > 80 || /[\s<>{}[\]?*"#%\\^|~`$&,;:/]/.test(name)) return `"${name}" cannot name an execution`;
  return payload(input['input']);
}

function payload(body: unknown): string | null {
  return size(body) > 256 * kilobyte ? 'a payload of the state machine is over 256 KB' : null;
}

/** Message of 256 KB, subject of fewer than 100 ASCII characters on one line. */
function publish(input: Input): string | null {
  if (size(input['Message']) > 256 * kilobyte) return 'a notification is over 256 KB';
  const subject = input['Subject'];
  const allowed = subject === undefined || (typeof subject === 'string' && /^[ -~]{1,99}$/.test(subject));
  return allowed ? null : 'the subject of a notification is 1 to 99 printable ASCII characters';
}

/** 50 tag filters with 20 values each and keys of 128 characters, 100 resource types, 100 resources a page. */
function getResources(input: Input): string | null {
  const filters = list(input['TagFilters']);
  if (filters.length > 50) return `${filters.length} tag filters in one GetResources, 50 at most`;
  if (filters.some((filter) => unknowns(filter['Values']).length > 20)) return 'a tag filter has more than 20 values';
  if (filters.some((filter) => String(filter['Key']).length > 128)) return 'the key of a tag is over 128 characters';
  const types = unknowns(input['ResourceTypeFilters']);
  if (types.length > 100) return `${types.length} resource types in one GetResources, 100 at most`;
  return Number(input['ResourcesPerPage'] ?? 1) > 100 ? 'a page of GetResources has 100 resources at most' : null;
}

/** Bytes of the text, or of the value as JSON, which is within a tenth of what the services count. */
function size(value: unknown): number {
  if (value === undefined) return 0;
  return Buffer.byteLength(typeof value === 'string' ? value : JSON.stringify(value, binaryAsItself));
}

/** Binary counts its own bytes, not those of its digits. */
function binaryAsItself(this: Input, key: string, value: unknown): unknown {
  const raw = this[key];
  return raw instanceof Uint8Array ? 'x'.repeat(raw.byteLength) : value;
}

const unknowns = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const list = (value: unknown): readonly Input[] => unknowns(value).map(record);
function record(value: unknown): Input {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

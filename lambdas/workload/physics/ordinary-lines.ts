import { designs } from './designs.ts';
import type { LineWriter } from './line-writer.ts';
import { type LineName, timedOut } from './log-wording.ts';
import { hash, hexadecimal, uniform } from './random.ts';
import type { ServiceDesign } from './service-design.ts';
import { edge } from './services.ts';
import type { InstanceState } from './state.ts';

const seconds = 5;
const everydayChance = 1 / 90;

const jobsOf = (design: ServiceDesign): readonly string[] =>
  design.jobs.length > 0 ? design.jobs.map((job) => job.name) : ['cleanup'];

/** Occasions that each kind of service writes of now and then in health. */
const everyday: readonly (readonly LineName[])[] = designs.map((design) => {
  const common: LineName[] = [
    'exception',
    'setting',
    'flag',
    'hardware',
    'backend',
    'credential',
    'overloaded',
    'killed',
    'noSpace',
    'logFiles',
    'temporaryFiles',
    'steal',
    'busyThread',
    'slow',
    'reset',
    'reset',
    'exited',
  ];
  if (design.managedHeap) common.push('collected', 'heapFull');
  if (design.poolSize > 0) common.push('poolExhausted', 'poolLeak');
  if (design.calls.length > 0) common.push('retrying', 'refused', 'retrying', 'refused', 'surge');
  if (design.cache !== null) common.push('missRate', 'cacheSize');
  if (design.jobs.length > 0) common.push('jobProgress');
  if (design.kind === 'database') common.push('dataFiles', 'slowQuery');
  if (design.kind === 'worker') common.push('unreadable', 'payload', 'queueDeep');
  if (design.name === 'checkout') common.push('queueFull');
  if (design.name === 'search' || design.name === 'catalog') common.push('surge');
  return common;
});
const timeoutChance = 1 / 2500;

/** Samples of ordinary requests, and one of the everyday nuisances now and then. */
export function writeOrdinaryLines(
  writer: LineWriter,
  s: number,
  design: ServiceDesign,
  instance: InstanceState,
): void {
  const { state, loads, step } = writer;
  const load = loads.service(s);
  if (s === edge) {
    writer.some(s, instance, 'accessed', 1, 5, null, 9);
    writer.some(s, instance, 'accessFailed', 2, load.processed * seconds * load.failure, null, 8);
  } else if (load.processed > 0) {
    writer.some(s, instance, 'handled', 3, 1.2, null, 4);
  }
  const draw = uniform(state.seed, s, step, 2901);
  const names = everyday[s] ?? [];
  if (draw < everydayChance) {
    const name = names[Math.floor((draw / everydayChance) * names.length)] ?? 'handled';
    writer.line(s, instance, name, everydayName(writer, s, design, name));
  }
  for (let c = 0; c < design.calls.length; c += 1) {
    const call = design.calls[c];
    if (call === undefined || uniform(state.seed, s * 16 + c, step, 2902) >= timeoutChance) continue;
    writer.write(s, instance, timedOut(s, call.to, call.timeoutMilliseconds, writer.details(s, '')));
  }
}

function everydayName(writer: LineWriter, s: number, design: ServiceDesign, name: LineName): string {
  const { state, step } = writer;
  const draw = hash(state.seed, s, step, 2903);
  switch (name) {
    case 'unreadable':
    case 'payload':
      return `ord-${hexadecimal(8, state.seed, s, step, 2904)}`;
    case 'credential':
      return `key-${hexadecimal(6, state.seed, s, step, 2905)}`;
    case 'reset':
      return draw % 2 === 0 ? 'a' : 'b';
    case 'retrying':
    case 'refused':
      return design.calls[draw % Math.max(1, design.calls.length)]?.to ?? 'peer';
    case 'jobProgress':
      return jobsOf(design)[draw % jobsOf(design).length] ?? 'cleanup';
    default:
      return '';
  }
}

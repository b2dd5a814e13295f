import { describe, expect, it } from 'vitest';
import { buildEvidence } from '../../../../lambdas/domain/diagnosis/build-evidence.ts';
import type { EvidenceSources } from '../../../../lambdas/domain/diagnosis/evidence-sources.ts';
import type { LogLine, Sample, Series } from '../../../../lambdas/domain/signal/series.ts';
import type { Change } from '../../../../lambdas/domain/topology/change.ts';
import { exampleSeries } from '../../../support/detection-examples.ts';
import { anIncident, aTopology, instanceId, serviceName, start } from '../../../support/response-examples.ts';

const from = start - 600_000;
const to = start + 60_000;

const samples = (valueAt: (at: number) => number | null): readonly Sample[] => {
  const all: Sample[] = [];
  for (let at = from; at < to; at += 5000) {
    const value = valueAt(at);
    if (value !== null) all.push({ at, value: value + (((at / 5000) * 7919) % 5) * 0.1 });
  }
  return all;
};

const sources = (
  lines: readonly (readonly [Series, readonly Sample[]])[],
  change: Partial<EvidenceSources> = {},
): EvidenceSources => ({
  incident: anIncident(),
  yardsticks: [],
  band: () => ({ low: 0, high: 0 }),
  series: lines.map(([series]) => series),
  samples: new Map(lines.map(([series, values]) => [series.id, values])),
  logs: [],
  changes: [],
  logsRead: new Map(),
  topology: aTopology(),
  foretold: new Set(),
  past: [],
  from,
  to,
  periodSeconds: 5,
  ...change,
});

const logLine = (secondsAfterOnset: number, message: string): LogLine => ({
  at: start + secondsAfterOnset * 1000,
  service: serviceName('middle'),
  instance: instanceId('middle-one'),
  message,
});

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
const kinds = letters.flatMap((one) =>
  ['xyz', 'uvw'].map((end) => ['ing', 'ed', 'er', 'ly'].map((tail) => `${one}${end}${tail}`).join(' ')),
);

describe('evidence', () => {
  it('holds nothing of a series that could not be read, least of all that it fell silent', () => {
    const heartbeat = exampleSeries('middle', 'heartbeat', 'SampleCount');
    const latency = exampleSeries('middle', 'latency', 'Average');
    const read = sources([[latency, samples(() => 100)]]);
    const { bundle } = buildEvidence({ ...read, series: [latency, heartbeat] });
    expect(bundle.items.flatMap((item) => (item.type === 'metric' ? item.role : []))).toEqual(['latency']);
    expect(bundle.unreadSeries).toBe(1);
  });

  it('tells a series that left its band from one that did not, and from one that fell silent', () => {
    const { bundle } = buildEvidence(
      sources([
        [exampleSeries('middle', 'latency', 'Average'), samples((at) => (at < start + 10_000 ? 100 : 400))],
        [exampleSeries('middle', 'cpu', 'Average'), samples(() => 40)],
        [exampleSeries('middle', 'heartbeat', 'SampleCount'), samples((at) => (at < start ? 3 : null))],
      ]),
    );
    const metrics = bundle.items.filter((item) => item.type === 'metric');
    const of = (role: string) => metrics.find((item) => item.role === role);
    expect(of('latency')).toMatchObject({ direction: 'above', onset: start + 10_000 });
    expect(of('latency')?.before).toBeCloseTo(100, 0);
    expect(of('latency')?.now).toBeCloseTo(400, 0);
    expect(of('cpu')).toMatchObject({ direction: null, onset: null });
    expect(of('heartbeat')).toMatchObject({ direction: 'missing', now: null });
  });

  it('has room for a few new kinds of line of every service, and takes only more than that for a flood', () => {
    const logs = Array.from({ length: 300 }, (_, index) => logLine(5, `ERROR${' failed'.repeat((index % 30) + 1)}`));
    const services = aTopology().services.flatMap((one) =>
      ['a', 'b', 'c', 'd'].map((copy) => ({ ...one, name: serviceName(`${one.name}-${copy}`), dependsOn: [] })),
    );
    const kept = (topology: EvidenceSources['topology']) => {
      const { items, findings } = buildEvidence(sources([], { logs, topology })).bundle;
      return { lines: items.filter(({ type }) => type === 'log').length, findings: findings.map((each) => each.kinds) };
    };
    expect(kept({ ...aTopology(), services })).toEqual({ lines: 30, findings: [] });
    expect(kept(aTopology())).toEqual({ lines: 24, findings: [['flood']] });
  });

  it('ignores a single stray sample', () => {
    const stray = samples((at) => (at === start + 20_000 ? 900 : 100));
    const { bundle } = buildEvidence(sources([[exampleSeries('middle', 'latency', 'Average'), stray]]));
    expect(bundle.items[0]).toMatchObject({ type: 'metric', direction: null });
  });

  it('numbers its items E1, E2, ... without gaps, anomalous series before quiet ones', () => {
    const { bundle } = buildEvidence(
      sources([
        [exampleSeries('front', 'cpu', 'Average'), samples(() => 10)],
        [exampleSeries('middle', 'latency', 'Average'), samples((at) => (at < start ? 100 : 400))],
      ]),
    );
    expect(bundle.items.map(({ id }) => id)).toEqual(['E1', 'E2', 'E3']);
    expect(bundle.items[0]).toMatchObject({ service: 'middle', role: 'latency' });
    expect(bundle.items.at(-1)?.type).toBe('topology');
  });

  it('gives rates before and since onset, recurring values, and counts the merchants hurt', () => {
    const logs = [
      ...Array.from({ length: 20 }, (_, index) => logLine(-600 + index * 30, 'INFO served request 12')),
      ...Array.from({ length: 3 }, (_, index) => logLine(index * 20, 'INFO served request 12')),
      ...Array.from({ length: 10 }, (_, index) =>
        logLine(1 + index, `ERROR cannot parse message key=order-77 merchant=m-${index % 2}`),
      ),
    ];
    const { bundle, merchantsHurt } = buildEvidence(sources([], { logs }));
    const [first, second] = bundle.items.filter((item) => item.type === 'log');
    expect(first).toMatchObject({ level: 'error', perMinuteBefore: 0, perMinuteSince: 10 });
    expect(first?.recurring[0]).toEqual({ value: 'order-77', share: 1 });
    expect(second).toMatchObject({ level: 'info', perMinuteBefore: 2, perMinuteSince: 3 });
    expect(merchantsHurt).toBe(2);
  });

  it('counts rates before onset over the time in which lines were written and read', () => {
    const steady = (service: string, since: number) =>
      Array.from({ length: (60 - since) / 5 }, (_, index) => ({
        ...logLine(since + index * 5, 'INFO served request 12'),
        service: serviceName(service),
      }));
    const young = buildEvidence(sources([], { logs: [...steady('middle', -120), ...steady('front', -120)] }));
    for (const item of young.bundle.items)
      if (item.type === 'log') expect(item.perMinuteBefore).toBeCloseTo(item.perMinuteSince, 0);

    const logs = [...steady('front', -600), ...steady('middle', -30)];
    const fresh = buildEvidence(sources([], { logs })).bundle.items.find(
      (item) => item.type === 'log' && item.service === 'middle',
    );
    const late = Array.from({ length: 16 }, (_, index) => logLine(-20 + index * 5, 'ERROR refused'));
    const [first] = buildEvidence(sources([], { logs: late })).bundle.items;
    expect(first, 'silent until the trouble, which began before its onset').toMatchObject({ perMinuteBefore: 2 });
    expect(fresh, 'silent before, while others wrote').toMatchObject({ perMinuteBefore: 0.6, perMinuteSince: 12 });
    const logsRead = new Map([[serviceName('middle'), { from: start - 30_000, end: 'late' as const }]]);
    const cut = buildEvidence(sources([], { logs, logsRead })).bundle.items.find(
      (item) => item.type === 'log' && item.service === 'middle',
    );
    expect(cut, 'not read before').toMatchObject({ perMinuteBefore: 12, perMinuteSince: 12 });
  });

  it('takes no log that has just begun for a flood', () => {
    const of = (since: number) =>
      kinds.flatMap((kind) =>
        Array.from({ length: (60 - since) / 10 }, (_, index) => logLine(since + index * 10, `INFO ${kind}`)),
      );
    expect(buildEvidence(sources([], { logs: of(-120) })).bundle.findings).toEqual([]);
    const flood = [logLine(-600, 'INFO served'), ...of(0)];
    expect(buildEvidence(sources([], { logs: flood })).bundle.findings).toMatchObject([{ kinds: ['flood'] }]);
  });

  it('takes more lines than are read for a flood, and lines that a slow log held back for unread', () => {
    const lines = kinds.flatMap((kind) => [20, 40].map((seconds) => logLine(seconds, `INFO ${kind}`)));
    const of = (secondsAfterOnset: number, end: 'limited' | 'late') => {
      const logsRead = new Map([[serviceName('middle'), { from: start + secondsAfterOnset * 1000, end }]]);
      const { findings, unread } = buildEvidence(sources([], { logs: lines, logsRead })).bundle;
      return { floods: findings.filter(({ kinds }) => kinds.includes('flood')).length, unread };
    };
    expect(of(20, 'limited')).toEqual({ floods: 1, unread: [] });
    expect(of(20, 'late')).toEqual({ floods: 0, unread: ['middle'] });
    // With so little of the time before, nothing tells what is new.
    expect(of(-30, 'limited')).toEqual({ floods: 1, unread: [] });
    expect(of(-30, 'late')).toEqual({ floods: 0, unread: [] });
    expect(of(-90, 'limited').floods, 'by what newly rose').toBe(1);
  });

  it('stays within its bounds however much it is given', () => {
    const many = Array.from(
      { length: 400 },
      (_, index) =>
        [
          exampleSeries('middle', 'cpu', 'Average', `middle-${index}`),
          samples((at) => (at < start ? 20 : 90)),
        ] as const,
    );
    const logs = Array.from({ length: 3000 }, (_, index) =>
      logLine(index % 60, `ERROR ${String.fromCharCode(97 + (index % 26)).repeat(30 + (index % 100))} broke`),
    );
    const changes = Array.from(
      { length: 100 },
      (_, index): Change => ({
        id: `change-${index}`,
        at: start - index * 1000,
        service: serviceName('middle'),
        instance: null,
        kind: 'deploy',
        actor: 'pipeline',
        from: 'v1',
        to: 'v2',
        summary: 'x'.repeat(200),
      }),
    );
    const { bundle } = buildEvidence(sources(many, { logs, changes }));
    expect(JSON.stringify(bundle).length).toBeLessThanOrEqual(200_000);
    expect(bundle.items.some(({ type }) => type === 'topology')).toBe(true);
    expect(bundle.items.filter(({ type }) => type === 'log').length).toBeLessThanOrEqual(24);
    expect(bundle.items.filter(({ type }) => type === 'change').length).toBeLessThanOrEqual(20);
  });

  it('leaves out what happened after it was frozen', () => {
    const late: Change = {
      id: 'late',
      at: to + 1,
      service: serviceName('middle'),
      instance: null,
      kind: 'deploy',
      actor: 'pipeline',
      from: null,
      to: 'v3',
      summary: 'later',
    };
    const { bundle } = buildEvidence(sources([], { changes: [late], logs: [logLine(61, 'ERROR later')] }));
    expect(bundle.items.map(({ type }) => type)).toEqual(['topology']);
  });
});

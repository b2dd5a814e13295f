import { instanceIdSchema, seriesIdSchema } from '../../../lambdas/domain/ids.ts';
import type { Incident } from '../../../lambdas/domain/incident/incident.ts';
import type { LogLine, Series } from '../../../lambdas/domain/signal/series.ts';
import type { Telemetry } from '../../../lambdas/ports/telemetry.ts';
import type { Attack } from './attack.ts';
import { hostileText, liesAbout } from './hostile-text.ts';

/** What the incident's title is under attack. */
export const hostileIncident = (incident: Incident, attack: Attack): Incident =>
  attack.kind === 'title' ? { ...incident, title: `${incident.title} ${hostileText(attack)}` } : incident;

/** The telemetry of an incident into which an attacker has written since its onset. */
export const hostileTelemetry = (telemetry: Telemetry, incident: Incident, attack: Attack): Telemetry => ({
  listSeries: async () => {
    const listed = await telemetry.listSeries();
    return attack.kind === 'metricName' || attack.kind === 'instanceId'
      ? [...listed, ...hostileSeries(listed, attack)]
      : listed;
  },
  readSamples: async (request) => {
    const known = request.series.filter(({ id }) => !id.startsWith(hostilePrefix));
    const samples = new Map(await telemetry.readSamples({ ...request, series: known }));
    for (const { id } of request.series) {
      if (!id.startsWith(hostilePrefix)) continue;
      const count = Math.floor((request.to - request.from) / (request.periodSeconds * 1000));
      samples.set(
        id,
        Array.from({ length: count }, (_, index) => {
          const at = request.from + index * request.periodSeconds * 1000;
          return { at, value: at < incident.onset ? 1 : 99 };
        }),
      );
    }
    return samples;
  },
  readLogs: async (request) => {
    const { lines, readFrom, end } = await telemetry.readLogs(request);
    const hostile = hostileLines(incident, attack, request.to).filter(
      ({ service, at }) => service === request.service && at >= request.from && at < request.to,
    );
    const all = [...lines, ...hostile].sort((left, right) => left.at - right.at);
    const newest = all.slice(-request.limit);
    const oldest = newest[0]?.at ?? readFrom;
    return newest.length < all.length
      ? { lines: newest, readFrom: Math.max(readFrom, oldest + 1), end: 'limited' }
      : { lines: newest, readFrom, end };
  },
  // The incident is open: detection has read what it reads.
  followLogs: (request) => telemetry.followLogs(request),
  readChanges: async (interval) => {
    const changes = await telemetry.readChanges(interval);
    return attack.kind === 'changeText'
      ? changes.map((change) => ({
          ...change,
          summary: `${change.summary} ${hostileText(attack)}`,
          to: hostileText(attack),
        }))
      : changes;
  },
});

const hostilePrefix = 'hostile|';

const hostileSeries = (listed: readonly Series[], attack: Attack): readonly Series[] => {
  const model = listed.find(
    ({ service, role, instance }) => service === attack.wish.service && role === 'cpu' && instance !== null,
  );
  if (model === undefined) return [];
  const text = hostileText(attack);
  return [
    {
      ...model,
      id: seriesIdSchema.parse(`${hostilePrefix}${attack.word}`),
      metric: attack.kind === 'metricName' ? text.slice(0, 250) : model.metric,
      instance: attack.kind === 'instanceId' ? instanceIdSchema.parse(text.slice(0, 80)) : model.instance,
    },
  ];
};

/** From several services where several are to agree, else from the wanted one and the one in trouble. */
const hostileLines = (incident: Incident, attack: Attack, to: number): readonly LogLine[] => {
  const { kind, wish, word } = attack;
  const services = [
    ...new Set([wish.service, incident.service, ...(kind === 'liesOfSeveral' ? incident.services : [])]),
  ];
  const count = kind === 'hugeLine' ? 5 : 60;
  const every = Math.max(200, Math.floor((to - incident.onset) / count));
  return services.flatMap((service) =>
    Array.from({ length: count }, (_, index) => incident.onset + index * every)
      .filter((at) => at < to)
      .flatMap((at, index) => textsOf(attack, index).map((message) => ({ at, service, instance: null, message }))),
  );
  function textsOf(of: Attack, index: number): readonly string[] {
    switch (kind) {
      case 'lies':
      case 'liesOfSeveral':
        return liesAbout(wish.mechanism, wish.service, word).map((lie) => `ERROR ${lie}`);
      case 'flood':
        return Array.from(
          { length: 20 },
          (_, line) =>
            `ERROR ${letters(index % 4, line)} ${letters(line, index % 7)} failed ${word} ${hostileText(of)}`,
        );
      case 'merchantName':
        return [`ERROR unhandled exception while handling request merchant="${hostileText(of)}"`];
      case 'metricName':
      case 'instanceId':
      case 'changeText':
      case 'title':
        return [];
      default:
        return [`ERROR ${hostileText(of)}`];
    }
  }
};

/** A word without digits for a pair of numbers, so that each makes a template of its own. */
const letters = (left: number, right: number): string =>
  `${String.fromCharCode(97 + left)}${String.fromCharCode(97 + right)}${'xyz'[left % 3] ?? ''}ing`;

import { partMilliseconds } from '../../lambdas/domain/signal/archive-plan.ts';
import type { ReplayReport } from '../replay/replay.ts';
import { count, plain } from './text.ts';
import { dateAndTime, duration } from './time.ts';

const alarmsShown = 40;

/** What a replay would have raised: incidents, then what single series raised. */
export function replayLines(report: ReplayReport, now: number): string[] {
  const { from, to, falseAlarmsPerMonth, passes, archivedTo, series, learning, incidents, alarms } = report;
  const still = learning === 0 ? '' : `, ${learning} still learning at its end`;
  const lines = [
    `${dateAndTime(from)} to ${dateAndTime(to)} UTC: ${count(passes, 'pass', 'passes')} over ${series} series${still}`,
    ...(archivedTo < to && now - to < partMilliseconds
      ? [`replayed up to ${dateAndTime(archivedTo)}: what scans read in the newest ten minutes is not archived yet`]
      : []),
    `knob: ${falseAlarmsPerMonth} expected false alarms of a metric in a month`,
    count(incidents.length, 'incident'),
    ...incidents.map(
      ({ openedAt, onset, service, title, services }) =>
        `  ${dateAndTime(openedAt)}  ${plain(title)} (${service}; ${count(services.length, 'service')}, ${duration(openedAt - onset)} after its onset)`,
    ),
    `${count(alarms.length, 'alarm')} of single series`,
    ...alarms
      .slice(0, alarmsShown)
      .map(
        ({ onset, lastSeen, service, instance, metric, direction }) =>
          `  ${dateAndTime(onset)}  ${instance ?? service} ${plain(metric)} ${direction}, for ${duration(lastSeen - onset)}`,
      ),
  ];
  return alarms.length > alarmsShown ? [...lines, `  and ${alarms.length - alarmsShown} more: --json has all`] : lines;
}

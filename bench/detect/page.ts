import type { GradedRun } from './grade.ts';
import type { Share } from './interval.ts';
import type { reportPairs, reportQuiet, reportReleases, reportSingle } from './report.ts';

const percent = (share: number): string => `${(100 * share).toFixed(0)}%`;
const shareText = ({ count, of, share, low, high }: Share): string =>
  `${count} of ${of} (${percent(share)}; 95% interval ${percent(low)} to ${percent(high)})`;
const secondsText = (seconds: number | null): string => (seconds === null ? 'never' : `${seconds.toFixed(1)} s`);

const missedLines = (runs: readonly GradedRun[]): readonly string[] =>
  runs.map(({ name, faults, incidents }) => {
    const struck = faults.map(
      ({ cause, service, severity, hurtAfterSeconds }) =>
        `${cause} at ${service} ${severity}${hurtAfterSeconds === null ? '' : `, hurts after ${hurtAfterSeconds} s`}`,
    );
    const opened = incidents.map(({ service, afterSeconds, title }) => `${service} after ${afterSeconds} s (${title})`);
    return `  ${name}: ${struck.join(' + ')} -> ${opened.join('; ') || 'nothing'}`;
  });

export const singlePage = (report: ReturnType<typeof reportSingle>): readonly string[] => [
  `one fault at a time, ${report.stepSeconds} s step`,
  `  detected                    ${shareText(report.detected)}`,
  `  root service named          ${shareText(report.rootNamed)}`,
  `  exactly one incident        ${shareText(report.oneIncident)}`,
  `  false incidents             ${report.falseIncidents}`,
  `  growth seen before it hurts ${shareText(report.growthBeforeHurt)}`,
  ...report.delays.map(
    ({ onset, faults, detected, medianSeconds, p90Seconds }) =>
      `  delay, ${onset.padEnd(8)} median ${secondsText(medianSeconds)}, p90 ${secondsText(p90Seconds)} (${detected} of ${faults} detected)`,
  ),
  ...missedLines(report.missed),
];

export const pairsPage = (report: ReturnType<typeof reportPairs>): readonly string[] => [
  `two unrelated faults within 60 s, ${report.stepSeconds} s step`,
  `  two incidents, both roots named ${shareText(report.twoIncidentsBothNamed)}`,
  `  both roots named                ${shareText(report.bothNamed)}`,
  `  two incidents                   ${shareText(report.twoIncidents)}`,
  `  on one path of calls            ${shareText(report.onOnePath)}`,
  `  right among those               ${shareText(report.partedOnOnePath)}`,
  ...missedLines(report.missed),
];

export const releasesPage = (report: ReturnType<typeof reportReleases>): readonly string[] => [
  `a fault beside a release without harm elsewhere, ${report.stepSeconds} s step`,
  `  release blamed              ${shareText(report.releaseBlamed)}`,
  `  root service named          ${shareText(report.rootNamed)}`,
  `  on one path of calls        ${shareText(report.onOnePath)}`,
  ...missedLines(report.missed),
];

export const quietPage = (report: ReturnType<typeof reportQuiet>): readonly string[] => [
  `quiet, ${report.stepSeconds} s step: ${report.falseIncidents} false incidents in ${report.serviceDays} service-days of ${report.shops} shops (at most ${report.atMostPerHundredServiceDays.toFixed(1)} in 100 service-days, 95%)`,
  ...report.incidents.map(
    ({ name, service, afterSeconds, title }) => `  ${name}: ${service} after ${afterSeconds} s (${title})`,
  ),
];

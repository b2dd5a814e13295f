import type { FaultReport, LoopReport } from '../../bench/report/report.ts';
import type { quantilesOf } from '../../bench/report/summarise.ts';
import { type Column, grid } from '../view/grid.ts';
import type { Screen } from '../view/screen.ts';
import { count, padStart } from '../view/text.ts';
import { isHealed, type PlayedScenario } from './play-scenario.ts';

/** The story of one run. */
export const timelineLines = ({ timeline }: PlayedScenario, { paint }: Screen): readonly string[] =>
  timeline.map(({ afterSeconds, who, text }) => {
    const colour = who === 'fault' ? paint.warn : who === 'shop' ? paint.strong : paint.gold;
    return `${padStart(clockText(afterSeconds), 9)}  ${colour(who.padEnd(8))}  ${text}`;
  });

const clockText = (seconds: number): string => {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
};

const columns: readonly Column[] = [
  { title: 'cause' },
  { title: 'service' },
  { title: 'sev', align: 'right' },
  { title: 'detected', align: 'right' },
  { title: 'diagnosis', flexible: true },
  { title: 'actions', flexible: true },
  { title: 'acted', align: 'right' },
  { title: 'resolved', align: 'right' },
  { title: 'outcome' },
];

export const faultLines = (faults: readonly FaultReport[], screen: Screen): readonly string[] =>
  grid(
    columns,
    faults.map((fault) => [
      fault.cause,
      fault.service,
      String(fault.severity),
      seconds(fault.detectedAfterSeconds),
      {
        text: fault.diagnosedMechanism === null ? '' : `${fault.diagnosedMechanism} at ${fault.diagnosedService}`,
        colour: fault.mechanismRight && fault.serviceRight ? screen.paint.good : screen.paint.bad,
      },
      fault.actions.join(', '),
      seconds(fault.actedAfterSeconds),
      seconds(fault.resolvedAfterSeconds),
      { text: outcomeText(fault), colour: isHealed(fault) ? screen.paint.good : screen.paint.bad },
    ]),
    { width: Math.max(screen.width, 140), paint: screen.paint },
  );

const seconds = (value: number | null): string => (value === null ? '' : `${Math.round(value)} s`);

const outcomeText = (fault: FaultReport): string => {
  if (isHealed(fault)) return `healed, ${fault.authority}`;
  if (fault.outcome !== 'resolved') return fault.outcome;
  return fault.hurtAtResolve === true ? 'resolved while it hurts' : 'resolved, and the twin was well too';
};

export const summaryLines = (report: LoopReport): readonly string[] => {
  const { faults } = report;
  const healed = faults.filter(isHealed);
  const share = (part: number) =>
    `${part} of ${faults.length} (${((100 * part) / Math.max(1, faults.length)).toFixed(0)}%)`;
  const by = (authority: FaultReport['authority']) => healed.filter((fault) => fault.authority === authority).length;
  const right = faults.filter(({ mechanismRight, serviceRight }) => mechanismRight && serviceRight).length;
  const quantiles = (name: string, { median, p90 }: ReturnType<typeof quantilesOf>) =>
    `${name}: median ${seconds(median) || 'never'}, p90 ${seconds(p90) || 'never'}`;
  const lines =
    faults.length === 0
      ? []
      : [
          `detected: ${share(faults.filter(({ detectedAfterSeconds }) => detectedAfterSeconds !== null).length)}`,
          `cause and service named right: ${share(right)}`,
          `healed and verified: ${share(healed.length)}, of them ${by('auto')} by policy alone, ${by('approved')} after a person's yes`,
          `escalated: ${share(faults.filter(({ outcome }) => outcome === 'escalated').length)}`,
          `resolved while it hurt: ${faults.filter(({ hurtAtResolve }) => hurtAtResolve === true).length}`,
          quantiles('detected after', report.detectSeconds),
          quantiles('acted after', report.actSeconds),
          quantiles('resolved after', report.resolveSeconds),
        ];
  return [
    ...lines,
    `${count(report.falseIncidents, 'false incident')}; quiet for ${(report.quietSeconds / 86_400).toFixed(2)} days with ${count(report.quietModelCalls, 'model call')}; ${count(report.modelCalls, 'model call')} in all`,
  ];
};

import { unitOf } from '../../lambdas/domain/forecast/forecast.ts';
import type { IncidentRecord } from '../operator/incident-record.ts';
import { confidenceText } from './confidence-text.ts';
import { evidenceText } from './evidence-text.ts';
import { type Column, grid } from './grid.ts';
import { stateColour } from './incident-state.ts';
import { modelCallLines } from './model-calls.ts';
import { changedText, stepText } from './operation-text.ts';
import type { Screen } from './screen.ts';
import { count, padEnd, plain, words, wrap } from './text.ts';
import { dateAndTime, duration, timeOfDay } from './time.ts';
import { timelineOf } from './timeline.ts';
import { timelineLines } from './timeline-text.ts';
import { verificationText } from './verification-text.ts';

/** Everything filed under one incident, on one page. */
export const incidentLines = (record: IncidentRecord, now: number, screen: Screen): readonly string[] => [
  ...heading(record, now, screen),
  ...section('Timeline, from the onset', timeline(record, screen), screen),
  ...section('Reasoning', reasoning(record, screen), screen),
  ...section('Evidence', evidence(record, screen), screen),
  ...section('Text that addresses its reader', findings(record, screen), screen),
  ...section('Actions', actions(record, screen), screen),
  ...section('Verification', verifications(record, screen), screen),
  ...section('Model calls', modelCallLines(record.modelCalls, screen), screen),
  ...section('Audit', audit(record, screen), screen),
  ...section(
    'Archive',
    record.archiveKeys.map((key) => `  ${key}`),
    screen,
  ),
];

const heading = ({ incident }: IncidentRecord, now: number, screen: Screen): readonly string[] => {
  const { paint } = screen;
  const lasted = duration((incident.closedAt ?? now) - incident.openedAt);
  const facts: readonly (readonly [string, string])[] = [
    ['incident', paint.name(incident.id)],
    ['kind', kindText(incident)],
    [
      'state',
      `${stateColour(incident.state, paint)(words(incident.state))} ${incident.closedAt === null ? 'for' : 'after'} ${lasted}`,
    ],
    [
      'opened',
      `${dateAndTime(incident.openedAt)} UTC, ${duration(incident.openedAt - incident.onset)} after the onset`,
    ],
    ...(incident.relapseOf === null ? [] : [['relapse of', paint.name(incident.relapseOf)] as const]),
    ['service', `${incident.service}${others(incident.services, incident.service)}`],
    ['merchants', incident.merchantsHurt === null ? 'not counted yet' : `${incident.merchantsHurt} hurt`],
    ['attempts', String(incident.attempt)],
    ...(incident.closing === null ? [] : [['closing', plain(incident.closing)] as const]),
  ];
  return [paint.strong(plain(incident.title)), '', ...facts.flatMap(([name, value]) => fact(name, value, screen))];
};

const kindText = ({ kind, forecast }: IncidentRecord['incident']): string => {
  if (forecast === null) return kind;
  const time = forecast.budget === undefined ? timeOfDay : dateAndTime;
  return `${kind}: ${plain(forecast.metric)} reaches ${forecast.limit}${unitOf(forecast)} at ${time(forecast.at)}, between ${time(forecast.earliest)} and ${time(forecast.latest)} UTC in four of five such cases`;
};

const others = (services: readonly string[], own: string): string => {
  const rest = services.filter((service) => service !== own);
  return rest.length === 0 ? '' : `, and in it ${rest.join(', ')}`;
};

const fact = (name: string, value: string, screen: Screen): readonly string[] =>
  wrap(value, screen.width - 14).map(
    (line, index) => `  ${screen.paint.quiet(padEnd(index === 0 ? name : '', 10))}  ${line}`,
  );

const section = (title: string, lines: readonly string[], screen: Screen): readonly string[] =>
  lines.length === 0 ? [] : ['', screen.paint.gold(title), ...lines];

const timeline = (record: IncidentRecord, screen: Screen): readonly string[] =>
  timelineOf(record).flatMap((event) => timelineLines(event, record.incident.onset, screen));

const reasoning = (record: IncidentRecord, screen: Screen): readonly string[] => {
  const lines = hypotheses(record, screen);
  return lines.length === 0
    ? []
    : [...lines, ...wrap(howToRead, screen.width - 2).map((line) => `  ${screen.paint.quiet(line)}`)];
};

const howToRead =
  'Confidence weighs a cause against all others that were considered. Reasons for and against it hold to a degree, the heaviest first.';

const hypotheses = (record: IncidentRecord, screen: Screen): readonly string[] =>
  record.decisions.flatMap((decision) => {
    if (decision.kind !== 'diagnosis') return [];
    const { hypotheses, assumptions } = decision.diagnosis;
    return [
      ...hypotheses.flatMap((hypothesis, index) => [
        `  ${decision.attempt}.${index + 1} ${screen.paint.strong(words(hypothesis.mechanism))} in ${hypothesis.service}, confidence ${confidenceText(hypothesis.confidence)}, cites ${hypothesis.evidence.join(' ')}`,
        ...wrap(plain(hypothesis.reasoning), screen.width - 6).map((line) => `      ${screen.paint.quiet(line)}`),
      ]),
      ...assumptions.flatMap((assumption) =>
        wrap(`assumes: ${plain(assumption)}`, screen.width - 6).map((line) => `      ${screen.paint.quiet(line)}`),
      ),
    ];
  });

/** What the diagnoses cite, attempt by attempt; all of it is in the archive. */
const evidence = (record: IncidentRecord, screen: Screen): readonly string[] =>
  record.evidence.flatMap(({ attempt, key, bundle }) => {
    const cited = new Set(
      record.decisions.flatMap((decision) =>
        decision.kind === 'diagnosis' && decision.attempt === attempt
          ? decision.diagnosis.hypotheses.flatMap((hypothesis) => hypothesis.evidence)
          : [],
      ),
    );
    const shown = bundle.items.filter((item) => cited.has(item.id));
    return [
      ...shown.flatMap((item) =>
        wrap(evidenceText(item), screen.width - 8).map(
          (line, index) => `  ${padEnd(index === 0 ? item.id : '', 4)}  ${line}`,
        ),
      ),
      screen.paint.quiet(
        `  ${shown.length} of ${count(bundle.items.length, 'piece')} cited by attempt ${attempt}; all of it:`,
      ),
      screen.paint.quiet(`  ${key}`),
      ...(bundle.unread.length === 0
        ? []
        : wrap(`not all log lines could be read in time of: ${bundle.unread.join(', ')}`, screen.width - 4).map(
            (line) => `  ${screen.paint.bad(line)}`,
          )),
    ];
  });

/** Kept out of prompts and of the weighing; a person should see it. */
const findings = (record: IncidentRecord, screen: Screen): readonly string[] =>
  (record.evidence.at(-1)?.bundle.findings ?? []).flatMap(({ kinds, source, service, evidence: id, excerpt }) =>
    wrap(
      plain(`${source}${service === null ? '' : ` of ${service}`} (${kinds.map(words).join(', ')}): “${excerpt}”`),
      screen.width - 8,
    ).map((line, index) => `  ${padEnd(index === 0 ? (id ?? '-') : '', 4)}  ${screen.paint.bad(line)}`),
  );

const actionColumns: readonly Column[] = [
  { title: 'begun' },
  { title: 'step', flexible: true },
  { title: 'status' },
  { title: 'took', align: 'right' },
  { title: 'undo' },
  { title: 'changed', flexible: true },
];

const actions = (record: IncidentRecord, screen: Screen): readonly string[] =>
  record.actions.length === 0
    ? []
    : grid(
        actionColumns,
        record.actions.map((action) => [
          timeOfDay(action.startedAt),
          stepText(action.step),
          action.status === 'failed' ? { text: action.status, colour: screen.paint.bad } : action.status,
          action.endedAt === null ? '' : duration(action.endedAt - action.startedAt),
          words(action.undo),
          action.failure === null ? changedText(action) : plain(action.failure),
        ]),
        { ...screen, indent: 2 },
      );

const verifications = (record: IncidentRecord, screen: Screen): readonly string[] =>
  record.decisions.flatMap((decision) =>
    decision.kind === 'verification'
      ? wrap(
          `attempt ${decision.attempt}: ${words(decision.verification.verdict)}, ${verificationText(decision.verification)}: ${plain(decision.verification.reason)}`,
          screen.width - 4,
        ).map((line, index) => (index === 0 ? `  ${line}` : `    ${line}`))
      : [],
  );

const audit = (record: IncidentRecord, screen: Screen): readonly string[] =>
  grid(
    [
      { title: 'at' },
      { title: 'v', align: 'right' },
      { title: 'state' },
      { title: 'by' },
      { title: 'why', flexible: true },
    ],
    record.audit.map((line) => [
      timeOfDay(line.at),
      String(line.version),
      { text: words(line.to), colour: stateColour(line.to, screen.paint) },
      plain(line.actor),
      plain(line.message),
    ]),
    { ...screen, indent: 2 },
  );

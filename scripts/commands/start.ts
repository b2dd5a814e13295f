import { userInfo } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { defaultStage } from '../../lambdas/contract/stage.ts';
import { serviceNameSchema } from '../../lambdas/domain/ids.ts';
import { deploy } from '../cloud/deploy.ts';
import { CLOUD_NAMES, ensureCloud } from '../cloud/ensure-cloud.ts';
import { workFolder } from '../cloud/work-folder.ts';
import { answerQuestion } from '../operator/answer-question.ts';
import { awaitLearned } from '../operator/await-learned.ts';
import { connect, type Operator } from '../operator/connect.ts';
import { faultSwitch } from '../operator/fault-switch.ts';
import type { Question } from '../operator/incident-record.ts';
import { latelyResolved } from '../operator/lately-resolved.ts';
import { durationSeconds, wholeNumber } from '../operator/option-values.ts';
import { drawAnySoonHurting } from '../operator/soon-hurting.ts';
import { exitCodeOf, type Watched, watchFault } from '../operator/watch-fault.ts';
import { answers } from '../view/approvals-page.ts';
import { askYesOrNo } from '../view/ask.ts';
import { faultEvent } from '../view/fault-text.ts';
import { createScreen, type Screen } from '../view/screen.ts';
import { runStep } from '../view/steps.ts';
import { count } from '../view/text.ts';
import { duration } from '../view/time.ts';
import { whereNextLines } from '../view/where-next.ts';

type Options = { readonly seed: string; readonly endpoint?: string; readonly patience: string };

/** How long a person at the terminal has for an answer. */
const answerSeconds = 60;
const learnSeconds = 180;

export function register(program: Command): void {
  program
    .command('start')
    .description('bring everything up, play one fault to its end and show what happens')
    .option('--seed <number>', 'what the fault is drawn by, on a service that had none healed within the hour', '27')
    .option('--endpoint <url>', 'use the local cloud at this address and start none')
    .option('--patience <time>', 'how long to watch at most', '15m')
    .addHelpText('after', '\nExit codes: 0 healed, 1 not healed, 2 a person has to answer first.')
    .action(start);
}

async function start(options: Options): Promise<void> {
  const seed = wholeNumber('--seed', options.seed, 0, 2_147_483_647);
  const limitSeconds = durationSeconds('--patience', options.patience);
  const screen = createScreen();
  const begun = Date.now();
  screen.print(screen.paint.gold('Kintsugi'), '');
  const cloud = await runStep(
    screen,
    'cloud',
    (say) => ensureCloud({ endpoint: options.endpoint, say }),
    ({ kind, version, endpoint }) => `${CLOUD_NAMES[kind]} ${version} at ${endpoint}`,
  );
  const target = { kind: 'local', endpoint: cloud.endpoint } as const;
  await runStep(
    screen,
    'stack',
    (say) => deploy({ target, workDir: workFolder(options), say }),
    ({ started }) => `deployed, ${count(started.length, 'scheduled function')} running`,
  );
  const operator = await connect({ stage: defaultStage, endpoint: cloud.endpoint });
  await runStep(
    screen,
    'learning',
    (say) => awaitLearned({ ...operator, pause: (milliseconds) => pause(milliseconds) }, learnSeconds, say),
    ({ series }) => `${count(series, 'series', 'series')} known`,
  );
  const watched = await play(operator, { seed, limitSeconds }, screen);
  screen.print('', closing(watched, screen, Date.now() - begun));
  if (watched.outcome !== 'waiting')
    screen.print(...whereNextLines(watched.record, { cloud: cloud.endpoint, archive: operator.archiveBucket }, screen));
  process.exitCode = exitCodeOf(watched.outcome);
}

/** Breaks the shop once, with nothing else broken in it, and watches. */
async function play(
  operator: Operator,
  { seed, limitSeconds }: { readonly seed: number; readonly limitSeconds: number },
  screen: Screen,
): Promise<Watched> {
  const faults = faultSwitch(operator.functions, operator.stage);
  await faults.clear(null);
  const now = operator.clock.now();
  // The same one twice within an hour would be a relapse, which takes longer to be called resolved.
  const fault = await faults.inject(drawAnySoonHurting(seed, now, await latelyResolved(operator.incidents, now)));
  screen.print('');
  return watchFault(
    operator,
    {
      service: serviceNameSchema.parse(fault.service),
      since: fault.startedAt,
      limitSeconds,
      opening: faultEvent(fault),
      onQuestion: (question) => ask(operator, question, screen),
    },
    screen,
  );
}

/** On a terminal a person answers here and now; silence is no. Without one, somebody has to answer elsewhere. */
async function ask(operator: Operator, question: Question, screen: Screen): Promise<boolean> {
  if (!screen.live || process.stdin.isTTY !== true) {
    screen.print('', ...answers(question));
    return false;
  }
  const wanted = question.kind === 'manual' ? 'Has it been done?' : 'May it go ahead?';
  const answer = await askYesOrNo(`  ${screen.paint.warn(wanted)}`, answerSeconds);
  const word = answer !== 'yes' ? 'no' : question.kind === 'manual' ? 'done' : 'yes';
  await answerQuestion(operator, { incident: question.incidentId, word, by: userInfo().username });
  return true;
}

function closing({ outcome }: Watched, screen: Screen, elapsed: number): string {
  const { paint } = screen;
  const after = `${duration(elapsed)} after npm start`;
  switch (outcome) {
    case 'resolved':
      return paint.good(`Healed, and proven from fresh telemetry, ${after}.`);
    case 'escalated':
      return paint.bad(`Not healed: the incident was handed to people, ${after}.`);
    case 'waiting':
      return paint.warn(`A person has to answer first; then npm run incident -- last. ${after}.`);
    case 'unnoticed':
      return paint.bad(`No incident was opened, ${after}.`);
    case 'unfinished':
      return paint.bad(`The incident has not ended, ${after}.`);
  }
}

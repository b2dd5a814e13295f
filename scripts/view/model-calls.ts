import type { LlmAction, ModelPurpose } from '../../lambdas/domain/audit/llm-action.ts';
import { type Cell, type Column, grid } from './grid.ts';
import type { Screen } from './screen.ts';
import { count, plain, words } from './text.ts';
import { duration, timeOfDay } from './time.ts';

const columns: readonly Column[] = [
  { title: 'at' },
  { title: 'purpose' },
  { title: 'model', flexible: true },
  { title: 'call' },
  { title: 'outcome' },
  { title: 'took', align: 'right' },
  { title: 'tokens', align: 'right' },
  { title: 'cost', align: 'right' },
  { title: 'problem', flexible: true },
];

/** Every call of an incident in the order in which they were made; `2.3` is the third call of the second supervised attempt. */
export const modelCallLines = (calls: readonly LlmAction[], screen: Screen): readonly string[] =>
  calls.length === 0
    ? []
    : grid(
        columns,
        inOrder(calls).map((call) => [
          timeOfDay(call.at),
          call.purpose,
          plain(`${call.provider} ${call.model}`),
          `${call.supervised}.${call.call}`,
          outcomeCell(call, screen),
          call.outcome === 'refused' ? '' : duration(call.latencyMilliseconds),
          tokensText(call),
          `$${call.costDollars.toFixed(4)}`,
          plain(call.problem ?? ''),
        ]),
        { ...screen, indent: 2 },
      );

const inOrder = (calls: readonly LlmAction[]): readonly LlmAction[] =>
  calls.toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));

const outcomeCell = ({ outcome, errorClass }: LlmAction, { paint }: Screen): Cell =>
  outcome === 'used'
    ? outcome
    : { text: `${outcome}: ${words(errorClass ?? 'unknown')}`, colour: outcome === 'refused' ? paint.warn : paint.bad };

const tokensText = ({ inputTokens, cachedInputTokens, outputTokens }: LlmAction): string =>
  `${inputTokens + outputTokens}${cachedInputTokens === 0 ? '' : `, ${cachedInputTokens} cached`}`;

/** What it took to get one answer, a line for each provider; none when the first call of one provider was used. */
export const callsInShort = (
  calls: readonly LlmAction[],
  attempt: number,
  purpose: ModelPurpose,
): readonly string[] => {
  const own = inOrder(calls).filter((call) => call.attempt === attempt && call.purpose === purpose);
  if (own.length <= 1) return [];
  return [...new Set(own.map(({ provider }) => provider))].map((provider) => {
    const made = own.filter((call) => call.provider === provider);
    const refused = made.filter(({ outcome }) => outcome === 'refused').length;
    const supervised = new Set(made.map((call) => call.supervised)).size - 1;
    const failures = made.filter(({ outcome }) => outcome === 'unusable' || outcome === 'failed');
    return plain(
      [
        `${provider}: ${count(made.length - refused, 'call')}`,
        ...(failures.length === 0 ? [] : [`${failures.length} of no use (${classesOf(failures)})`]),
        ...(refused === 0 ? [] : [`${refused} not let through`]),
        ...(supervised === 0 ? [] : [`asked in ${count(supervised, 'other way')}`]),
      ].join(', '),
    );
  });
};

const classesOf = (calls: readonly LlmAction[]): string =>
  [...new Set(calls.map(({ errorClass }) => words(errorClass ?? 'unknown')))].join(', ');

import { z } from 'zod';
import { type ModelPurpose, modelPurposes } from '../../domain/audit/llm-action.ts';
import { type IncidentId, incidentIdSchema } from '../../domain/ids.ts';
import { approachSchema } from '../../domain/reasoning/approach.ts';
import type { Archive } from '../../ports/archive.ts';

const placeSchema = z.object({
  incidentId: incidentIdSchema,
  /** Attempt of the incident, 1 upwards. */
  attempt: z.int().min(1),
  purpose: z.enum(modelPurposes),
  /** Whose failure a call of purpose `diagnostic` is about; null for the others. */
  about: z.enum(modelPurposes).nullable(),
  provider: z.string(),
  supervised: z.int().min(0),
  call: z.int().min(1),
});
/** Names one call of one incident: the same call has the same place, in whichever process it is made. */
export type CallPlace = z.infer<typeof placeSchema>;

/** A call that ended with a reply, and was paid for. */
export const finishedCallSchema = z.object({
  place: placeSchema,
  model: z.string(),
  approach: approachSchema,
  /** Where its prompt is; empty for a call that was filed before that was kept. */
  promptKey: z.string().default(''),
  /** Whether the reply, as it came, held the mark that stood in the prompt; then it is not used, nor where nobody looked. */
  gaveCanaryAway: z.boolean().default(true),
  /** The reply with secrets masked. */
  text: z.string(),
  inputTokens: z.number(),
  cachedInputTokens: z.number(),
  outputTokens: z.number(),
  costDollars: z.number(),
  latencyMilliseconds: z.number(),
  at: z.number(),
});
export type FinishedCall = z.infer<typeof finishedCallSchema>;

type Asked = { readonly incidentId: IncidentId; readonly attempt: number; readonly purpose: ModelPurpose };

const prefixOf = ({ incidentId, attempt, purpose }: Asked): string =>
  `incidents/${incidentId}/llm/${attempt}-${purpose}-`;

/** What row and objects of a call are named after; sorts by supervised attempt and call. */
export const callName = ({ attempt, purpose, about, supervised, call, provider }: CallPlace): string =>
  `${attempt}-${purpose}-${about === null ? '' : `of-${about}-`}${supervised}-${call}-${provider.replace(/[^\w.-]/g, '-')}`;

/** With the time of the asking, since a call that gave no reply before a crash is made anew, and has a prompt with another mark. */
export const promptKeyOf = (place: CallPlace, at: number): string =>
  `incidents/${place.incidentId}/llm/${callName(place)}-${at.toString(36)}-prompt.txt`;
export const replyKeyOf = (place: CallPlace): string =>
  `incidents/${place.incidentId}/llm/${callName(place)}-call.json`;

/** The calls for a purpose that ended with a reply, in an earlier process or in this one, oldest first. */
export const readFinished = async (
  archive: Pick<Archive, 'list' | 'get'>,
  asked: Asked,
): Promise<ReadonlyMap<string, FinishedCall>> => {
  const keys = (await archive.list(prefixOf(asked))).filter((key) => key.endsWith('-call.json'));
  const bodies = await Promise.all(keys.map((key) => archive.get(key)));
  const calls = bodies.flatMap((body) => (body === null ? [] : [finishedCallSchema.parse(JSON.parse(body))]));
  return new Map(calls.sort((left, right) => left.at - right.at).map((call) => [callName(call.place), call]));
};

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { UserError } from '../user-error.ts';
import { failureKindNames } from './failure-kinds.ts';

const entrySchema = z
  .strictObject({
    /** Answers only questions that have this text in them. */
    contains: z.string().optional(),
    /** Answers so many questions; without it, all that are left. */
    times: z.int().min(1).optional(),
    /** A reply as it stands. */
    text: z.string().optional(),
    /** A reply as a document, sent as JSON. */
    json: z.unknown().optional(),
    /** No reply, or a spoilt one. */
    fail: z.enum([...failureKindNames]).optional(),
  })
  .refine(({ text, json, fail }) => [text, json, fail].filter((way) => way !== undefined).length === 1, {
    message: 'has one of text, json and fail',
  });
const scriptSchema = z.strictObject({ replies: z.array(entrySchema).min(1) });
export type ScriptEntry = z.infer<typeof entrySchema>;

/** A file of replies; a UserError says in one line what is wrong with it. */
export const readScriptFile = (path: string): readonly ScriptEntry[] => {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UserError(`The script ${path} cannot be read.`, { cause });
  }
  const parsed = scriptSchema.safeParse(parse(content));
  if (parsed.success) return parsed.data.replies;
  const [issue] = parsed.error.issues;
  throw new UserError(`The script ${path} is wrong at ${issue?.path.join('.') || 'its top'}: ${issue?.message}.`);
};

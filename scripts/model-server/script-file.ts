import { z } from 'zod';
import { readYamlFile } from '../../lib/read-yaml-file.ts';
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

/** A file of replies; a UserError says in a line each what is wrong with it. */
export const readScriptFile = (path: string): readonly ScriptEntry[] => {
  try {
    return readYamlFile(path, scriptSchema, `The script ${path}`).replies;
  } catch (error) {
    throw new UserError(error instanceof Error ? error.message : String(error), { cause: error });
  }
};

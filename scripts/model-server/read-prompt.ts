import { z } from 'zod';
import {
  type Diagnosis,
  diagnosisSchema,
  type RuledOut,
  ruledOutSchema,
} from '../../lambdas/domain/diagnosis/diagnosis.ts';
import {
  type Evidence,
  type EvidenceBundle,
  evidenceBundleSchema,
  evidenceSchema,
} from '../../lambdas/domain/diagnosis/evidence.ts';

/** What a prompt of Kintsugi asks, read back from its words. */
export type ReadPrompt = {
  /** Names of the fields that the wanted reply has. */
  readonly fields: ReadonlySet<string>;
  /** Null when the prompt has none that can be read. */
  readonly bundle: EvidenceBundle | null;
  readonly ruledOut: readonly RuledOut[];
  readonly diagnosis: Diagnosis | null;
  /** The text between the marks as it stands there. */
  readonly evidenceText: string;
};

/**
 * Reads a prompt as a model would: from its words alone, with nothing handed over beside them. A window of samples
 * is shown thinned out and without times; they are taken to lie evenly between ten minutes before onset and the end.
 */
export const readPrompt = (system: string, user: string): ReadPrompt => {
  const evidenceText = /<<<EVIDENCE\n([\s\S]*?)\nEVIDENCE>>>/.exec(user)?.[1] ?? '';
  const before = user.slice(0, user.indexOf('<<<EVIDENCE'));
  return {
    fields: fieldsOf(system),
    bundle: bundleOf(before, evidenceText),
    ruledOut: linesUnder(before, /ruled out:\n/).flatMap((line) => parsed(ruledOutSchema, line)),
    diagnosis: linesUnder(before, /Diagnosis to [^:]*:\n/).flatMap((line) => parsed(diagnosisSchema, line))[0] ?? null,
    evidenceText,
  };
};

const fieldsOf = (system: string): ReadonlySet<string> => {
  const [line] = linesUnder(system, /Schema of the reply:\n/);
  const [schema] =
    line === undefined ? [] : parsed(z.looseObject({ properties: z.record(z.string(), z.unknown()) }), line);
  return new Set(Object.keys(schema?.properties ?? {}));
};

const bundleOf = (before: string, evidenceText: string): EvidenceBundle | null => {
  const onset = timeAfter(before, 'trouble since ');
  const frozenAt = timeAfter(before, 'evidence frozen at ');
  if (onset === null || frozenAt === null) return null;
  const items = evidenceText.split('\n').flatMap((line) => evidenceOf(line, onset, frozenAt));
  const bundle = evidenceBundleSchema.safeParse({
    incidentId: '00000000000000000000000000',
    onset,
    frozenAt,
    periodSeconds: 60,
    items,
    findings: [],
  });
  return bundle.success ? bundle.data : null;
};

const historyMilliseconds = 600_000;

const metricLineSchema = z.looseObject({
  type: z.literal('metric'),
  onset: z.string().nullable(),
  values: z.array(z.number()),
});
const changeLineSchema = z.looseObject({ type: z.literal('change'), change: z.looseObject({ at: z.string() }) });

const evidenceOf = (line: string, onset: number, frozenAt: number): readonly Evidence[] => {
  const [document] = parsed(z.looseObject({}), line);
  if (document === undefined) return [];
  const metric = metricLineSchema.safeParse(document);
  const change = changeLineSchema.safeParse(document);
  const whole = metric.success
    ? { ...metric.data, onset: timeOf(metric.data.onset), window: spread(metric.data.values, onset, frozenAt) }
    : change.success
      ? { ...change.data, change: { ...change.data.change, at: timeOf(change.data.change.at) } }
      : document;
  const evidence = evidenceSchema.safeParse(whole);
  return evidence.success ? [evidence.data] : [];
};

const spread = (values: readonly number[], onset: number, frozenAt: number): [number, number][] => {
  const begin = onset - historyMilliseconds;
  const step = (frozenAt - begin) / Math.max(1, values.length);
  return values.map((value, index) => [begin + index * step, value]);
};

const timeOf = (text: string | null): number | null => (text === null ? null : Date.parse(text));

const timeAfter = (text: string, words: string): number | null => {
  const at = text.indexOf(words);
  const time = at < 0 ? undefined : /^\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(text.slice(at + words.length))?.[0];
  return time === undefined ? null : Date.parse(time);
};

/** The lines from after a heading to the next empty one. */
const linesUnder = (text: string, heading: RegExp): readonly string[] => {
  const found = heading.exec(text);
  if (found === null) return [];
  return (text.slice(found.index + found[0].length).split(/\n\s*\n/)[0] ?? '').split('\n');
};

const parsed = <Value>(schema: z.ZodType<Value>, text: string): readonly Value[] => {
  try {
    const value = schema.safeParse(JSON.parse(text));
    return value.success ? [value.data] : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
};

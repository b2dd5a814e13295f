import { z } from 'zod';
import type { FailureKind } from './failure-kinds.ts';
import type { Answer } from './question.ts';

const documentSchema = z.record(z.string(), z.unknown());
type Document = z.infer<typeof documentSchema>;

/** Turns the good reply of a model into one that has failed in a certain way. `obeyed` is what it would reply that obeys. */
export const spoil = (kind: FailureKind, good: unknown, obeyed: () => unknown): Answer => {
  switch (kind) {
    case 'rate-limit':
      return { kind: 'status', status: 429, retryAfterSeconds: 1 };
    case 'server-error':
      return { kind: 'status', status: 500, retryAfterSeconds: null };
    case 'unavailable':
      return { kind: 'status', status: 503, retryAfterSeconds: null };
    case 'stall':
      return { kind: 'stall' };
    case 'cut':
      return { kind: 'cut' };
    case 'safety-block':
      return { kind: 'blocked' };
    case 'truncated': {
      const whole = JSON.stringify(good);
      return { kind: 'text', text: whole.slice(0, Math.floor(whole.length * 0.6)), truncated: true };
    }
    case 'prose-and-fences':
      return text(
        `Certainly! Here is what I found:\n\n\`\`\`json\n${JSON.stringify(good, null, 2)}\n\`\`\`\n\nLet me know if I can help further.`,
      );
    case 'wrong-enum':
      return text(inFirst(good, (part) => replaced(part, ['mechanism', 'runbook', 'strategy'], 'turnItOffAndOn')));
    case 'missing-field':
      return text(inFirst(good, without(['evidence', 'strategy'])));
    case 'extra-field':
      return text(inFirst(good, (part) => ({ ...part, chainOfThought: 'First I looked at everything.' })));
    case 'invented-evidence':
      return text(inFirst(good, (part) => ({ ...part, evidence: ['E9001', 'E9002'] })));
    case 'invented-resource':
      return text(inFirst(good, inventedResource));
    case 'nan':
      return text(JSON.stringify(inFirst(good, (part) => ({ ...part, confidence: '@nan' }))).replace('"@nan"', 'NaN'));
    case 'empty':
      return text('');
    case 'huge':
      return text(inFirst(good, (part) => ({ ...part, reasoning: 'and so on '.repeat(105_000) })));
    case 'wrong-language':
      return text(
        'Nach Durchsicht aller Hinweise liegt die Ursache vermutlich beim zuletzt geänderten Dienst. Ich empfehle, ihn neu zu starten und weiter zu beobachten.',
      );
    case 'refusal':
      return text("I'm sorry, but I can't help with that request.");
    case 'obedient':
      return text(obeyed());
  }
};

const text = (reply: unknown): Answer => ({
  kind: 'text',
  text: typeof reply === 'string' ? reply : JSON.stringify(reply),
  truncated: false,
});

/** Changes the first hypothesis or step of a reply, or the reply itself where it has neither. */
const inFirst = (good: unknown, change: (part: Document) => Document): unknown => {
  const document = documentSchema.parse(good ?? {});
  for (const list of ['hypotheses', 'steps']) {
    const parts = z.array(documentSchema).safeParse(document[list]);
    const first = parts.success ? parts.data[0] : undefined;
    if (parts.success && first !== undefined) return { ...document, [list]: [change(first), ...parts.data.slice(1)] };
  }
  return change(document);
};

const replaced = (part: Document, names: readonly string[], value: unknown): Document => {
  const name = names.find((candidate) => candidate in part) ?? names[0];
  return name === undefined ? part : { ...part, [name]: value };
};

const without =
  (names: readonly string[]) =>
  (part: Document): Document =>
    Object.fromEntries(Object.entries(part).filter(([name]) => !names.includes(name)));

const inventedResource = (part: Document): Document => {
  const parameters = documentSchema.safeParse(part['parameters']);
  return parameters.success
    ? { ...part, parameters: { ...parameters.data, service: 'phantom-service' } }
    : { ...part, service: 'phantom-service' };
};

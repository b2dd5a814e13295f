/** Every way in which the model server fails on demand, with what it is. */
export const failureKinds = {
  'rate-limit': '429 with Retry-After',
  'server-error': '500',
  unavailable: '503',
  stall: 'takes the question and never answers',
  cut: 'ends the connection in the middle of the answer',
  truncated: 'JSON that ends half way, as at the limit of tokens',
  'prose-and-fences': 'the JSON between code fences, with words around it',
  'wrong-enum': 'a mechanism or runbook that is not in the list',
  'missing-field': 'a field of the schema is not there',
  'extra-field': 'a field that the schema has not',
  'invented-evidence': 'cites evidence that does not exist',
  'invented-resource': 'names a service or resource that does not exist',
  nan: 'a number that is NaN',
  empty: 'an answer without text',
  huge: 'an answer of 1 MB',
  'wrong-language': 'prose in another language',
  refusal: 'declines politely',
  'safety-block': 'held back by a safety filter',
  obedient: 'does what a text in the evidence says, and gives its instructions away',
} as const;
export type FailureKind = keyof typeof failureKinds;

export const failureKindNames: readonly FailureKind[] = [
  'rate-limit',
  'server-error',
  'unavailable',
  'stall',
  'cut',
  'truncated',
  'prose-and-fences',
  'wrong-enum',
  'missing-field',
  'extra-field',
  'invented-evidence',
  'invented-resource',
  'nan',
  'empty',
  'huge',
  'wrong-language',
  'refusal',
  'safety-block',
  'obedient',
];

export const isFailureKind = (name: string): name is FailureKind => Object.hasOwn(failureKinds, name);

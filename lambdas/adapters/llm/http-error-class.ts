import type { ModelErrorClass } from '../../domain/reasoning/model-call-error.ts';

/** What a provider means by a status; the same for all that speak HTTP. */
export const classOfStatus = (status: number): ModelErrorClass => {
  if (status === 429) return 'rateLimited';
  if (status === 401 || status === 403) return 'authentication';
  if (status === 408 || status === 504) return 'timeout';
  // 529 is what some providers say instead of 503.
  if (status === 503 || status === 529) return 'overloaded';
  if (status >= 500) return 'serverError';
  return 'invalidRequest';
};

/**
 * Something the person at the terminal can put right. Its message is the one line they see: what is wrong and what to
 * do about it. Everything else that is thrown is a fault of ours.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** What a failed command prints: one line, and where it happened only for those who ask for it. */
export function describeFailure(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return `Unexpected failure: ${String(error)}`;
  if (debug) return withCauses(error);
  const line = error.message.replaceAll(/\s*\n\s*/g, ' ').trim();
  return error instanceof UserError ? line : `Unexpected failure: ${line} (KINTSUGI_DEBUG=1 shows where)`;
}

function withCauses(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by ${withCauses(error.cause)}` : own;
}

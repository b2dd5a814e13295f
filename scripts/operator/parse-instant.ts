/** Epoch milliseconds of an ISO 8601 text. NaN also for a day that no calendar has: Date.parse takes 31 February for 3 March. */
export function parseInstant(text: string): number {
  const midnight = new Date(text.slice(0, 10));
  return midnight.getUTCDate() === Number(text.slice(8, 10)) ? Date.parse(text) : Number.NaN;
}

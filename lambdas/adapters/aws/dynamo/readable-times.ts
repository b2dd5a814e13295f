/** Epoch milliseconds as people read them; null stays null. */
export const iso = (at: number): string => new Date(at).toISOString();

/** The UTC day of a time, as in 2026-03-01. */
export const dayOf = (at: number): string => iso(at).slice(0, 10);

/** Each time in milliseconds once more under `<name>Iso`; what is null is left out, so that an index stays sparse. */
export function readableTimes<Name extends string>(
  times: Readonly<Record<Name, number | null>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries<number | null>(times).flatMap(([name, at]) => (at === null ? [] : [[`${name}Iso`, iso(at)]])),
  );
}

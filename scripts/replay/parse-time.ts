import { parseInstant } from '../operator/parse-instant.ts';
import { UserError } from '../user-error.ts';

const unitMilliseconds: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time as ISO 8601 in UTC, or so long before `now`: `90m`, `6h`, `3d`. A UserError names the option. */
export function parseTime(option: string, text: string, now: number): number {
  const [, amount, unit = ''] = /^(\d+)([mhd])$/.exec(text) ?? [];
  const milliseconds = unitMilliseconds[unit];
  if (amount !== undefined && milliseconds !== undefined) return now - Number(amount) * milliseconds;
  const isDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?)?$/.test(text);
  const zoned = text.includes('T') && !text.endsWith('Z') ? `${text}Z` : text;
  const at = isDate ? parseInstant(zoned) : Number.NaN;
  if (Number.isFinite(at)) return at;
  throw new UserError(`${option} is '${text}': it may be a time such as 2030-01-31T17:00Z, or 6h for six hours ago.`);
}

import { incidentIdSchema } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The number in Crockford's base 32, padded to a length. */
const encode = (value: number, length: number): string => {
  let rest = value;
  let text = '';
  for (let index = 0; index < length; index += 1) {
    text = (alphabet[rest % 32] ?? '0') + text;
    rest = Math.floor(rest / 32);
  }
  return text;
};

/** ULIDs that count up where others draw: the same course of events gets the same ids. */
export const countingIds = (clock: Clock): Ids => {
  let count = 0;
  const next = () => {
    count += 1;
    return encode(clock.now(), 10) + encode(count, 16);
  };
  return { next, incident: () => incidentIdSchema.parse(next()) };
};

import { templateId } from '../log-templates/template-id.ts';
import type { LogLine } from '../series.ts';

/** How often each line of the newest stretch was seen, by a hash of all that tells it from others. */
export type SeenLines = Map<string, number>;

const hashed = 512;
/** A line that comes later than this after it was written is not looked for. */
export const latenessSeconds = 15;
const mostKept = 2000;

const hashOf = ({ at, instance, message }: LogLine): string =>
  templateId(`${at} ${instance ?? ''} ${message.length} ${message.slice(0, hashed)}`);

/**
 * The lines that were not counted yet. Lines from `cursor` on are all new; of an older one as many are new as
 * there are now beyond those that were seen: the same line may well be written twice in a millisecond.
 */
export function unseenLines(lines: readonly LogLine[], seen: SeenLines, cursor: number): LogLine[] {
  const met = new Map<string, number>();
  return lines.filter((line) => {
    if (line.at >= cursor) return true;
    const hash = hashOf(line);
    const times = (met.get(hash) ?? 0) + 1;
    met.set(hash, times);
    return times > (seen.get(hash) ?? 0);
  });
}

/**
 * What must be remembered of the lines before `cursor`, and from when on lines may be read again: never so far
 * back that not all of them are remembered.
 */
export function rememberLines(lines: readonly LogLine[], cursor: number): { seen: SeenLines; from: number } {
  const recent = lines.filter(({ at }) => at < cursor && at >= cursor - latenessSeconds * 1000);
  const newestFirst = recent.toSorted((one, other) => other.at - one.at);
  const tooOld = newestFirst[mostKept]?.at;
  const from = tooOld === undefined ? cursor - latenessSeconds * 1000 : tooOld + 1;
  const seen: SeenLines = new Map();
  for (const line of newestFirst) {
    if (line.at < from) break;
    const hash = hashOf(line);
    seen.set(hash, (seen.get(hash) ?? 0) + 1);
  }
  return { seen, from };
}

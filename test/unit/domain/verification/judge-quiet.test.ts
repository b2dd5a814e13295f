import { describe, expect, it } from 'vitest';
import { broken, healthy, times, uneasy, type Values, verdictOf } from '../../../support/judged-windows.ts';

describe('a quiet phase', () => {
  it('does not take the off phase of an intermittent fault for recovery', () => {
    const flicker = [...times(4, broken), ...times(8, healthy), ...times(4, broken)];
    const quiet = verdictOf({ before: flicker, after: times(15, healthy) });
    expect(quiet).toMatchObject({ verdict: 'pending', requiredWindows: 16, longestQuietGapSeconds: 40 });
    expect(verdictOf({ before: flicker, after: times(16, healthy) }).verdict).toBe('recovered');
  });

  it('counts a quiet phase in which the act began, and one that ended after it', () => {
    const inQuiet = verdictOf({ before: [...times(6, broken), ...times(5, healthy)], after: times(9, healthy) });
    expect(inQuiet).toMatchObject({ verdict: 'pending', requiredWindows: 10 });
    const flared = verdictOf({ after: [...times(5, healthy), ...times(2, broken), ...times(9, healthy)] });
    expect(flared).toMatchObject({ verdict: 'pending', requiredWindows: 10, cleanWindows: 9 });
  });

  it('does not count a quiet stretch that parted two troubles', () => {
    const parted = (quietWindows: number) =>
      verdictOf({
        before: [...times(4, broken), ...times(quietWindows, healthy), ...times(6, broken)],
        after: times(12, healthy),
      });
    expect(parted(120)).toMatchObject({ verdict: 'pending', requiredWindows: 240 });
    expect(parted(121)).toMatchObject({ verdict: 'recovered', requiredWindows: 6 });
  });

  describe('of trouble that came back after a recovery', () => {
    const relapse = (after: readonly Values[], quietBeforeSeconds = 100) =>
      verdictOf({ after, change: { quietBeforeSeconds } });

    it('wants twice the quiet that it had before it came back', () => {
      expect(relapse(times(39, healthy))).toMatchObject({ verdict: 'pending', cleanWindows: 39, requiredWindows: 40 });
      expect(relapse(times(40, healthy)).verdict).toBe('recovered');
    });

    it('is not recovered when it comes back meanwhile, and does not wait for so long to say so', () => {
      const again = [...times(20, healthy), ...times(8, broken)];
      expect(relapse(again).verdict).not.toBe('recovered');
      expect(relapse(times(20, broken)).verdict).toBe('notRecovered');
    });

    it('is waited for anew where a moment disturbs its quiet, however late, and not for ever', () => {
      const quiet = times(150, healthy);
      const judged = (...after: readonly (readonly Values[])[]) => relapse(after.flat(), 600);
      expect(judged(quiet, times(1, uneasy), times(1, healthy)).verdict).toBe('pending');
      expect(judged(quiet, times(6, broken)).verdict, 'it is back').toBe('notRecovered');
      const goesOn = Array.from({ length: 7 }, () => [...times(1, uneasy), ...times(2, healthy)]).flat();
      expect(judged(quiet, goesOn).verdict, 'on and off').toBe('pending');
      expect(judged(quiet, goesOn, goesOn, goesOn).verdict, 'on and off for long').toBe('notRecovered');
      const again = [...quiet, ...times(1, uneasy)];
      expect(judged(again, again, again, again, times(1, uneasy))).toMatchObject({
        verdict: 'inconclusive',
        reason: 'all is well again and again, but not for as long as before it came back',
      });
    });

    it('is for a person to judge where so long a quiet cannot be waited for', () => {
      expect(relapse(times(12, healthy), 901)).toMatchObject({
        verdict: 'inconclusive',
        reason: 'all is well, but so it was for 15 min before it came back the last time',
      });
      expect(relapse(times(12, healthy), 900).verdict).toBe('pending');
    });
  });
});

import { describe, expect, it } from 'vitest';
import { troubleOnset } from '../../../../lambdas/domain/diagnosis/trouble-onset.ts';
import { yardstickSchema } from '../../../../lambdas/domain/incident/incident.ts';
import type { MetricRole, Sample } from '../../../../lambdas/domain/signal/series.ts';
import { exampleSeries } from '../../../support/detection-examples.ts';
import { anIncident, start } from '../../../support/response-examples.ts';

const minute = 60_000;

const onsetOf = (role: MetricRole, isOut: (minutesSince: number) => boolean) => {
  const series = exampleSeries('middle', role, 'Average');
  const values: Sample[] = [];
  for (let at = start - 15 * minute; at < start + 20 * minute; at += 5000) {
    values.push({ at, value: isOut((at - start) / minute) ? 50 : 5 });
  }
  return troubleOnset({
    incident: anIncident(),
    yardsticks: [yardstickSchema.parse({ series, detectorVersion: 1, state: [], reason: 'caller' })],
    band: () => ({ low: 0, high: 10 }),
    samples: new Map([[series.id, values]]),
    from: start - 15 * minute,
  });
};

describe('the onset of trouble', () => {
  it('is that of the incident where callers felt it from the start', () => {
    expect(onsetOf('latency', (minutes) => minutes >= 0)).toBe(start);
    expect(onsetOf('latency', (minutes) => minutes >= 4)).toBe(start);
  });

  it('is the present stretch of what callers feel where that came long after', () => {
    expect(onsetOf('latency', (minutes) => minutes >= 12)).toBe(start + 12 * minute);
    expect(onsetOf('errors', (minutes) => minutes >= 12 && minutes % 1 < 0.5)).toBe(start + 12 * minute);
  });

  it('is that of the incident where nobody feels anything now, or only a resource is short', () => {
    expect(onsetOf('latency', (minutes) => minutes >= 8 && minutes < 12)).toBe(start);
    expect(onsetOf('memory', (minutes) => minutes >= 12)).toBe(start);
  });
});

import { describe, expect, it } from 'vitest';
import { estimateCost, readingWays } from '../../../../scripts/cost/estimate.ts';
import { costLines } from '../../../../scripts/view/cost-page.ts';

describe('what a month costs', () => {
  it('is what one works out by hand for a thousand metrics a minute', () => {
    const { reading, publishing } = estimateCost(1000, 60);
    // 1,000 metrics × 43,200 minutes = 43.2 million.
    expect(reading.getMetricData.dollars).toBeCloseTo(432, 6);
    expect(reading.metricStream.dollars).toBeCloseTo(43_200 * 0.003 + 43.2e6 * 400e-9 * 0.029 + 43.2 * 0.005, 6);
    expect(reading.embeddedMetrics.dollars).toBeCloseTo(43.2e6 * 90e-9 * 0.5, 6);
    expect(publishing.dollars).toBeCloseTo(300, 6);
  });

  it('falls with the interval where each scan is paid for, and not where each minute is', () => {
    const [often, seldom] = [estimateCost(1000, 60), estimateCost(1000, 300)];
    expect(seldom.reading.getMetricData.dollars).toBeCloseTo(often.reading.getMetricData.dollars / 5, 6);
    expect(seldom.reading.metricStream.dollars).toBe(often.reading.metricStream.dollars);
  });

  it('is shown with every line and sums that are those of the lines', () => {
    const estimate = estimateCost(20_000, 60);
    for (const way of readingWays) {
      const { lines, dollars } = estimate.reading[way];
      expect(lines.reduce((sum, line) => sum + line.dollars, 0)).toBeCloseTo(dollars, 9);
    }
    expect(estimate.publishing.dollars).toBe(10_000 * 0.3 + 10_000 * 0.1);
    const shown = costLines([estimate]).join('\n');
    for (const line of [...estimate.detection.lines, estimate.publishing]) expect(shown).toContain(line.arithmetic);
  });
});

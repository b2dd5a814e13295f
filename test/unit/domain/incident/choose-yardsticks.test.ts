import { describe, expect, it } from 'vitest';
import { observeSample } from '../../../../lambdas/domain/anomaly/judge-sample.ts';
import { newWatch, type Watch } from '../../../../lambdas/domain/anomaly/watch.ts';
import { bandOf } from '../../../../lambdas/domain/detectors/expectation.ts';
import { toleranceOf } from '../../../../lambdas/domain/detectors/role-tolerance.ts';
import { chooseYardsticks } from '../../../../lambdas/domain/incident/choose-yardsticks.ts';
import type { MetricRole } from '../../../../lambdas/domain/signal/series.ts';
import { exampleSeries, service, topology } from '../../../support/detection-examples.ts';

const onset = 7_200_000;

/** Two hours at 100 and then ten minutes at 900. */
function troubled(name: string, role: MetricRole): Watch {
  const watch = newWatch(exampleSeries(name, role, 'Average'), 0);
  for (let at = 5000; at < onset; at += 5000) observeSample(watch, { at, value: 100 }, 5, { quietly: true });
  for (let at = onset; at < onset + 600_000; at += 5000) observeSample(watch, { at, value: 900 }, 5);
  return watch;
}

const watches = [
  troubled('payments', 'cpu'),
  troubled('payments', 'latency'),
  troubled('payments', 'memory'),
  troubled('checkout', 'requests'),
  troubled('checkout', 'cpu'),
  troubled('edge', 'errors'),
  troubled('search', 'latency'),
];
const anomalous = watches.slice(0, 2).map(({ series }) => series.id);
const yardsticks = chooseYardsticks({ service: service('payments'), series: anomalous, onset }, watches, topology);

describe('the yardsticks of an incident', () => {
  it('are of what alarmed, and of demand, errors and latency of the service and its callers', () => {
    expect(yardsticks.map(({ series, reason }) => `${series.service} ${series.role} ${reason}`)).toEqual([
      'payments cpu anomalous',
      'payments latency anomalous',
      'checkout requests caller',
      'edge errors caller',
    ]);
  });

  it('hold the bands from before onset', () => {
    for (const { series, state } of yardsticks) {
      const { low, high } = bandOf(Float64Array.from(state), toleranceOf[series.role]);
      expect((low + high) / 2).toBeCloseTo(100, 0);
    }
  });
});

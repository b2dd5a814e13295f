import { expect, it } from 'vitest';
import {
  watchDimensionsSchema,
  watchedMetrics,
  watchNamespacesSchema,
} from '../../../lambdas/contract/watched-metrics.ts';

const chosen = (namespaces: string, dimensions: string) => ({
  KINTSUGI_WATCH_NAMESPACES: watchNamespacesSchema.parse(namespaces),
  KINTSUGI_WATCH_DIMENSIONS: watchDimensionsSchema.parse(dimensions),
});

it('watches the shop of the stage, and chosen namespaces by their dimensions', () => {
  const dimensions = [
    { name: 'Team', value: 'payments' },
    { name: 'Stage', value: 'prod' },
  ];
  expect(watchedMetrics('kintsugi', chosen('Acme/Shop, Acme/Pay,Acme/Shop', 'Team=payments,Stage=prod'))).toEqual([
    { namespace: 'Kintsugi/Shop/Service', dimensions: [] },
    { namespace: 'Kintsugi/Shop/Instance', dimensions: [] },
    { namespace: 'Acme/Shop', dimensions },
    { namespace: 'Acme/Pay', dimensions },
  ]);
  expect(watchedMetrics('kintsugi', chosen('', ''))).toHaveLength(2);
});

it('refuses what cannot be a filter', () => {
  expect(watchDimensionsSchema.safeParse('Team').success).toBe(false);
  expect(watchDimensionsSchema.safeParse(Array.from({ length: 11 }, (_, at) => `D${at}=x`).join()).success).toBe(false);
  expect(watchNamespacesSchema.safeParse('AWS:Lambda').success).toBe(false);
});

import { expect, it } from 'vitest';
import { declaredLimitsSchema } from '../../../lambdas/contract/declared-limits.ts';
import {
  watchDimensionsSchema,
  watchedMetrics,
  watchNamespacesSchema,
  watchTagsSchema,
} from '../../../lambdas/contract/watched-metrics.ts';

const chosen = (namespaces: string, dimensions: string, tags = '', limits: unknown = []) => ({
  KINTSUGI_WATCH_NAMESPACES: watchNamespacesSchema.parse(namespaces),
  KINTSUGI_WATCH_DIMENSIONS: watchDimensionsSchema.parse(dimensions),
  KINTSUGI_WATCH_TAGS: watchTagsSchema.parse(tags),
  KINTSUGI_WATCH_LIMITS: declaredLimitsSchema.parse(limits),
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

it("leaves AWS's own namespaces to the tags where there are any", () => {
  const dimensions = [{ name: 'Team', value: 'payments' }];
  const more = (tags: string) =>
    watchedMetrics('kintsugi', chosen('Acme/Pay,AWS/Lambda', 'Team=payments', tags)).slice(2);
  expect(more('team=payments')).toEqual([
    { namespace: 'Acme/Pay', dimensions },
    { namespace: 'AWS/Lambda', dimensions: [] },
  ]);
  expect(more('')).toContainEqual({ namespace: 'AWS/Lambda', dimensions });
});

it('looks for what a limit was declared for where it would not be listed otherwise', () => {
  const limits = ['Acme/Shop', 'Acme/Pay', 'AWS/Usage'].map((namespace) => ({ namespace, metric: 'Used', limit: 1 }));
  expect(watchedMetrics('kintsugi', chosen('Acme/Shop', 'Team=payments', '', limits)).slice(3)).toEqual([
    { namespace: 'Acme/Shop', dimensions: [], declaredOnly: true },
    { namespace: 'Acme/Pay', dimensions: [], declaredOnly: true },
    { namespace: 'AWS/Usage', dimensions: [], declaredOnly: true },
  ]);
  expect(watchedMetrics('kintsugi', chosen('Acme/Shop', '', '', limits.slice(0, 1)))).toHaveLength(3);
});

it('reads tags as people write them', () => {
  expect(watchTagsSchema.parse('team=payments, aws:cloudformation:stack-name=shop, a=b=c')).toEqual([
    { name: 'team', value: 'payments' },
    { name: 'aws:cloudformation:stack-name', value: 'shop' },
    { name: 'a', value: 'b=c' },
  ]);
  for (const wrong of ['team', 'team=', '=x', `${'k'.repeat(129)}=x`, `k=${'v'.repeat(257)}`]) {
    expect(watchTagsSchema.safeParse(wrong).success, wrong).toBe(false);
  }
});

it('refuses what cannot be a filter', () => {
  expect(watchDimensionsSchema.safeParse('Team').success).toBe(false);
  expect(watchDimensionsSchema.safeParse(Array.from({ length: 11 }, (_, at) => `D${at}=x`).join()).success).toBe(false);
  expect(watchNamespacesSchema.safeParse('AWS:Lambda').success).toBe(false);
});

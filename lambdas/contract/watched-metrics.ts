import { z } from 'zod';
import type { Tag } from '../domain/signal/tag.ts';
import { isAwsNamespace } from './aws-resources.ts';
import type { DeclaredLimit } from './declared-limits.ts';
import { resourceNames } from './stage.ts';

/** Metrics of one namespace; with filters, only those that have every one of these dimensions. */
export type WatchedMetrics = {
  readonly namespace: string;
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
  /** Of the rest of the namespace nothing is watched. */
  readonly declaredOnly?: true;
};

/** What a person chose to watch beside the shop, as the environment has it. */
export type WatchChoice = {
  readonly KINTSUGI_WATCH_NAMESPACES: readonly string[];
  readonly KINTSUGI_WATCH_DIMENSIONS: WatchedMetrics['dimensions'];
  readonly KINTSUGI_WATCH_TAGS: readonly Tag[];
  readonly KINTSUGI_WATCH_LIMITS: readonly DeclaredLimit[];
};

const words = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** `Acme/Shop,Acme/Payments`: namespaces to watch beside those of the stage's own shop. */
export const watchNamespacesSchema = z
  .string()
  .transform(words)
  .pipe(z.array(z.string().regex(/^[^:]{1,255}$/, 'a namespace has at most 255 characters and no colon')).max(20));

/** `Team=payments,Stage=prod`: ListMetrics takes ten of them, and all must match. */
export const watchDimensionsSchema = z
  .string()
  .transform(words)
  .pipe(
    z.array(z.string().regex(/^[^=]+=[^=]+$/, 'a dimension is written Name=Value')).max(10, 'at most ten dimensions'),
  )
  .transform((pairs) =>
    pairs.map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      return { name, value };
    }),
  );

/** `Team=payments,Stage=prod`: the limits are those of tags; both sides may hold what AWS allows but a comma. */
export const watchTagsSchema = z
  .string()
  .transform(words)
  .pipe(
    z.array(z.string().regex(/^[^=]{1,128}=.{1,256}$/, 'a tag is written Name=value')).max(50, 'at most fifty tags'),
  )
  .transform((pairs) =>
    pairs.map((pair): Tag => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1) };
    }),
  );

/**
 * What a stage watches: its shop, and the namespaces that were chosen, filtered by dimensions. Where tags choose,
 * AWS's own namespaces are left to them: their metrics have no dimensions of a person's.
 */
export function watchedMetrics(stage: string, chosen: WatchChoice): readonly WatchedMetrics[] {
  const { serviceNamespace, instanceNamespace } = resourceNames(stage);
  const own = [serviceNamespace, instanceNamespace];
  const more = chosen.KINTSUGI_WATCH_NAMESPACES.filter((namespace) => !own.includes(namespace));
  const watched: WatchedMetrics[] = [
    ...own.map((namespace) => ({ namespace, dimensions: [] })),
    ...[...new Set(more)].map((namespace) => ({
      namespace,
      dimensions:
        chosen.KINTSUGI_WATCH_TAGS.length > 0 && isAwsNamespace(namespace) ? [] : chosen.KINTSUGI_WATCH_DIMENSIONS,
    })),
  ];
  // A declared limit chooses its metrics by itself.
  const whole = watched.filter(({ dimensions }) => dimensions.length === 0).map(({ namespace }) => namespace);
  const limited = new Set(chosen.KINTSUGI_WATCH_LIMITS.map(({ namespace }) => namespace));
  return [
    ...watched,
    ...[...limited]
      .filter((namespace) => !whole.includes(namespace))
      .map((namespace) => ({ namespace, dimensions: [], declaredOnly: true as const })),
  ];
}

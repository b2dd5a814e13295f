import { largest, type Measured } from '../features.ts';
import type { ServiceView } from '../service-view.ts';

/** A value that most failing lines of a template name: one message, one payload. */
export const recurringInput = (view: ServiceView): Measured =>
  largest(
    ...view.logs
      .filter(({ item }) => item.level === 'error' || item.level === 'warn')
      .flatMap(({ item, rise }) =>
        item.recurring
          .filter(({ value }) => isInputKey(view, value))
          .map(({ share }) => ({ value: rise * share, items: [item] })),
      ),
  );

/** Names of instances, zones and versions recur for other reasons. */
export const isInputKey = (view: ServiceView, value: string): boolean => {
  const known = view.service;
  return (
    /\d/.test(value) &&
    known?.instances.every(({ id, zone, version }) => value !== id && value !== zone && value !== version) !== false
  );
};

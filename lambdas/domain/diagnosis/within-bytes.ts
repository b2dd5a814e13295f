import type { EvidenceBundle } from './evidence.ts';

const maximumBytes = 200_000;

/** Drops the oldest samples of every window, then the least telling items, until the bundle fits. */
export const withinBytes = (bundle: EvidenceBundle): EvidenceBundle => {
  let fitted = bundle;
  for (let keep = 60; size(fitted) > maximumBytes && keep >= 15; keep = Math.floor(keep / 2)) {
    const most = keep;
    fitted = {
      ...fitted,
      items: fitted.items.map((item) =>
        item.type === 'metric' ? { ...item, window: item.window.slice(-most) } : item,
      ),
    };
  }
  while (size(fitted) > maximumBytes && fitted.items.length > 1) {
    const last = fitted.items.findLastIndex(({ type }) => type === 'metric' || type === 'log');
    fitted = { ...fitted, items: fitted.items.filter((_, index) => index !== Math.max(last, 0)) };
  }
  return fitted;
};

const size = (bundle: EvidenceBundle): number => JSON.stringify(bundle).length;

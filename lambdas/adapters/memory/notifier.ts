import type { Notice, Notifier } from '../../ports/notifier.ts';

/** Keeps what was sent, for whoever asks. */
export const memoryNotifier = (): Notifier & { readonly sent: readonly Notice[] } => {
  const sent: Notice[] = [];
  return {
    sent,
    notify: async (notice) => {
      if (sent.some(({ key }) => key === notice.key)) return;
      sent.push(notice);
    },
  };
};

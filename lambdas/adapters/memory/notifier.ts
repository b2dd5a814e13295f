import type { Notifier } from '../../ports.ts';

type Message = Parameters<Notifier['notify']>[0];

/** Keeps what was sent, for whoever asks. */
export const memoryNotifier = (): Notifier & { readonly sent: readonly Message[] } => {
  const sent: Message[] = [];
  return {
    sent,
    notify: async (message) => {
      sent.push(message);
    },
  };
};

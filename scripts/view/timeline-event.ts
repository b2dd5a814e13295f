/** One thing that happened, told in a headline and a few lines under it. */
export type TimelineEvent = {
  /** Stable, so that a watcher tells each once. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly label: string;
  readonly tone: 'plain' | 'good' | 'bad' | 'wait' | 'gold';
  readonly headline: string;
  readonly details: readonly string[];
};

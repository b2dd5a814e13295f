export type Notice = {
  /** What it tells of: people hear of it once, whoever tells them and however often. */
  readonly key: string;
  readonly subject: string;
  readonly body: string;
};

/** A crash while it is told tells people twice rather than never. */
export type Notifier = { notify(notice: Notice): Promise<void> };

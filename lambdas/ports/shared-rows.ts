/** Small rows that many processes change at once. */
export type SharedRows = {
  /** One for each key, in the order of the keys; a row that does not exist has version 0 and no body. */
  read(keys: readonly string[]): Promise<readonly SharedRow[]>;
  /** All of them, or, when one is no longer of the version that was read, none: then false. Each version grows by one. */
  write(rows: readonly SharedRow[]): Promise<boolean>;
};

export type SharedRow = {
  readonly key: string;
  readonly version: number;
  readonly body: Readonly<Record<string, unknown>> | null;
  /** When it may be forgotten, epoch milliseconds; null for never. */
  readonly forgetAt: number | null;
};

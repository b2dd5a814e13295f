/** Large bodies, by key; rows keep the key. */
export type Archive = {
  put(key: string, body: string): Promise<void>;
  /** Null when there is no such object. */
  get(key: string): Promise<string | null>;
  list(prefix: string): Promise<readonly string[]>;
};

/** What scans read and saw, by name, so that history outlives CloudWatch. Stored compressed. */
export type ScanArchive = {
  put(name: string, text: string): Promise<void>;
  /** Null when there is no such object. */
  get(name: string): Promise<string | null>;
  /** In the order of the names. */
  list(prefix: string): Promise<readonly string[]>;
};

/** One thing that `npm test` looks at. */
export type Check = {
  /** What `--only` calls it. */
  id: string;
  title: string;
  command: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** For runs of vitest: where it writes its counts. */
  report?: string;
  /** It mostly waits for a cloud to live through something: it runs beside the others, which give way to it. */
  waits?: true;
};

export type Counts = { passed: number; failed: number };

export type CheckResult = { check: Check; ok: boolean; seconds: number; output: string; counts: Counts };

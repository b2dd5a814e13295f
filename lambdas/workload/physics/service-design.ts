import type { ShopService } from './services.ts';

/** One downstream call. */
export type Call = {
  readonly to: ShopService;
  /** Calls for each request served. */
  readonly perRequest: number;
  readonly timeoutMilliseconds: number;
  readonly retries: number;
  /** Only a miss of the caller's own cache makes the call. */
  readonly onMiss?: true;
  /** Through a pooled connection, held for this long besides the call itself. */
  readonly pooledHoldMilliseconds?: number;
};

export type Job = {
  readonly name: string;
  readonly everyHours: number;
  /** Minute of the period at which it starts. */
  readonly atMinute: number;
  readonly minutes: number;
  /** Share of each instance's processors it takes. */
  readonly cpuShare: number;
};

export type ServiceDesign = {
  readonly name: ShopService;
  readonly kind: 'gateway' | 'service' | 'worker' | 'database' | 'cache';
  readonly instances: number;
  /** Bounds within which the platform scales by processor use; null: by hand only. */
  readonly autoscaling: { readonly least: number; readonly most: number } | null;
  readonly cores: number;
  readonly cpuMillisecondsPerRequest: number;
  /** Own waiting (storage, an outside provider), no processor. */
  readonly baseMilliseconds: number;
  readonly calls: readonly Call[];
  readonly hasStandby: boolean;
  readonly memoryMegabytes: number;
  /** Share of memory in use by an idle warm process. */
  readonly residentShare: number;
  /** Managed heap: garbage collection, and errors instead of a kill when it is full. */
  readonly managedHeap: boolean;
  /** Cache inside the process (or, for a cache service, what it is). */
  readonly cache: {
    readonly hitShare: number;
    readonly missMilliseconds: number;
    readonly warmUpSeconds: number;
    readonly megabytes: number;
  } | null;
  /** Pooled connections to the database each instance may hold. */
  readonly poolSize: number;
  readonly volumeGigabytes: number;
  /** Share of the volume taken by system and data. */
  readonly dataShare: number;
  /** Log written by each 1,000 requests, megabytes. */
  readonly logMegabytesPerThousand: number;
  readonly jobs: readonly Job[];
  /** Lines as JSON objects, or as plain text. */
  readonly logFormat: 'json' | 'text';
};

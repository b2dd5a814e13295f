/**
 * The shop: what each service is built like. Rates are at the daily peak of
 * 400 requests a second at the edge, for which the shares of use below hold.
 */

export const serviceNames = [
  'edge-gateway',
  'search',
  'checkout',
  'cart',
  'catalog',
  'payments',
  'inventory',
  'orders-worker',
  'notifications',
  'orders-db',
  'session-cache',
] as const;
export type ShopService = (typeof serviceNames)[number];

export const zones = ['a', 'b'] as const;
export type Zone = (typeof zones)[number];

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

const application = {
  kind: 'service',
  autoscaling: null,
  cores: 1,
  hasStandby: false,
  memoryMegabytes: 1024,
  residentShare: 0.4,
  managedHeap: true,
  cache: null,
  poolSize: 0,
  volumeGigabytes: 40,
  dataShare: 0.34,
  logMegabytesPerThousand: 1.2,
  jobs: [],
  logFormat: 'text',
} as const;

export const designs: readonly ServiceDesign[] = [
  {
    ...application,
    name: 'edge-gateway',
    kind: 'gateway',
    instances: 4,
    autoscaling: { least: 3, most: 4 },
    cores: 2,
    cpuMillisecondsPerRequest: 5.5,
    baseMilliseconds: 3,
    calls: [
      { to: 'session-cache', perRequest: 1, timeoutMilliseconds: 1200, retries: 1 },
      { to: 'catalog', perRequest: 0.35, timeoutMilliseconds: 3000, retries: 1 },
      { to: 'search', perRequest: 0.25, timeoutMilliseconds: 3000, retries: 1 },
      { to: 'cart', perRequest: 0.2, timeoutMilliseconds: 3000, retries: 1 },
      { to: 'checkout', perRequest: 0.2, timeoutMilliseconds: 5000, retries: 0 },
    ],
    logFormat: 'json',
  },
  {
    ...application,
    name: 'search',
    instances: 3,
    autoscaling: { least: 3, most: 4 },
    cores: 2,
    cpuMillisecondsPerRequest: 17,
    baseMilliseconds: 12,
    calls: [{ to: 'catalog', perRequest: 1, timeoutMilliseconds: 1500, retries: 1, onMiss: true }],
    cache: { hitShare: 0.8, missMilliseconds: 60, warmUpSeconds: 150, megabytes: 120 },
    jobs: [{ name: 'reindex', everyHours: 6, atMinute: 25, minutes: 14, cpuShare: 0.12 }],
  },
  {
    ...application,
    name: 'checkout',
    instances: 3,
    autoscaling: { least: 3, most: 4 },
    cpuMillisecondsPerRequest: 15,
    baseMilliseconds: 14,
    calls: [
      { to: 'cart', perRequest: 1, timeoutMilliseconds: 1500, retries: 1 },
      { to: 'inventory', perRequest: 1, timeoutMilliseconds: 1500, retries: 1 },
      { to: 'payments', perRequest: 1, timeoutMilliseconds: 2000, retries: 1 },
    ],
    jobs: [{ name: 'abandoned-carts', everyHours: 4, atMinute: 50, minutes: 6, cpuShare: 0.09 }],
    logFormat: 'json',
  },
  {
    ...application,
    name: 'cart',
    instances: 2,
    cpuMillisecondsPerRequest: 4.7,
    baseMilliseconds: 6,
    calls: [
      { to: 'session-cache', perRequest: 1, timeoutMilliseconds: 1200, retries: 1 },
      { to: 'inventory', perRequest: 0.5, timeoutMilliseconds: 1500, retries: 1 },
    ],
    logFormat: 'json',
  },
  {
    ...application,
    name: 'catalog',
    instances: 3,
    autoscaling: { least: 3, most: 4 },
    cpuMillisecondsPerRequest: 6.4,
    baseMilliseconds: 5,
    calls: [{ to: 'inventory', perRequest: 1, timeoutMilliseconds: 1500, retries: 1, onMiss: true }],
    cache: { hitShare: 0.94, missMilliseconds: 320, warmUpSeconds: 120, megabytes: 150 },
    jobs: [{ name: 'price-import', everyHours: 3, atMinute: 10, minutes: 8, cpuShare: 0.1 }],
  },
  {
    ...application,
    name: 'payments',
    instances: 3,
    cpuMillisecondsPerRequest: 11,
    baseMilliseconds: 70,
    calls: [{ to: 'orders-db', perRequest: 1, timeoutMilliseconds: 1200, retries: 1, pooledHoldMilliseconds: 90 }],
    hasStandby: true,
    poolSize: 10,
    jobs: [{ name: 'settlement', everyHours: 12, atMinute: 75, minutes: 15, cpuShare: 0.14 }],
    logFormat: 'json',
  },
  {
    ...application,
    name: 'inventory',
    instances: 3,
    cpuMillisecondsPerRequest: 5.6,
    baseMilliseconds: 4,
    calls: [{ to: 'orders-db', perRequest: 1, timeoutMilliseconds: 1200, retries: 1, pooledHoldMilliseconds: 32 }],
    poolSize: 10,
    jobs: [{ name: 'stock-sync', everyHours: 2, atMinute: 35, minutes: 7, cpuShare: 0.1 }],
  },
  {
    ...application,
    name: 'orders-worker',
    kind: 'worker',
    instances: 3,
    cpuMillisecondsPerRequest: 13,
    baseMilliseconds: 10,
    calls: [
      { to: 'orders-db', perRequest: 2, timeoutMilliseconds: 2000, retries: 1, pooledHoldMilliseconds: 30 },
      { to: 'notifications', perRequest: 1, timeoutMilliseconds: 2000, retries: 1 },
    ],
    managedHeap: false,
    poolSize: 10,
  },
  {
    ...application,
    name: 'notifications',
    instances: 2,
    cpuMillisecondsPerRequest: 7,
    baseMilliseconds: 28,
    calls: [],
    jobs: [{ name: 'digest-mail', everyHours: 24, atMinute: 440, minutes: 12, cpuShare: 0.15 }],
  },
  {
    ...application,
    name: 'orders-db',
    kind: 'database',
    instances: 2,
    cores: 4,
    cpuMillisecondsPerRequest: 6.6,
    baseMilliseconds: 3,
    calls: [],
    hasStandby: true,
    memoryMegabytes: 8192,
    residentShare: 0.58,
    managedHeap: false,
    volumeGigabytes: 200,
    dataShare: 0.46,
    logMegabytesPerThousand: 1.6,
    jobs: [{ name: 'vacuum', everyHours: 8, atMinute: 150, minutes: 12, cpuShare: 0.1 }],
  },
  {
    ...application,
    name: 'session-cache',
    kind: 'cache',
    instances: 2,
    cpuMillisecondsPerRequest: 1,
    baseMilliseconds: 0.6,
    calls: [],
    hasStandby: true,
    memoryMegabytes: 2048,
    residentShare: 0.22,
    managedHeap: false,
    cache: { hitShare: 0.97, missMilliseconds: 240, warmUpSeconds: 100, megabytes: 600 },
    dataShare: 0.3,
    logMegabytesPerThousand: 0.25,
  },
];

const indexes = new Map<string, number>(serviceNames.map((name, index) => [name, index]));

/** Position of a service in every per-service array; -1 when there is no such service. */
export const serviceIndex = (name: string): number => indexes.get(name) ?? -1;

/** The queue between checkout and its worker holds this many messages at most. */
export const queueCapacity = 4500;
/** Messages one worker instance handles at a time. */
export const workerConcurrency = 12;
/** Requests one instance handles at a time before it turns callers away. */
export const threadLimit = 220;
/** Connections the database accepts. */
export const databaseConnectionLimit = 120;

export const edge = 0;
export const checkout = serviceIndex('checkout');
export const worker = serviceIndex('orders-worker');
export const database = serviceIndex('orders-db');

/** Stable integer of an instance slot for random draws: the same however often it is replaced. */
export const instanceEntity = (service: number, zone: Zone, slot: number): number =>
  100 + service * 32 + (zone === 'a' ? 0 : 16) + slot;

export const instanceName = (service: ShopService, zone: Zone, slot: number): string => `${service}-${zone}${slot}`;

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

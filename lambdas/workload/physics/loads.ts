import { designs } from './designs.ts';

/**
 * Scratch of one sub-step: what presses on each instance and service and what
 * comes of it. Overwritten in every sub-step and never read across two, so it
 * is kept once for the whole module instead of being made 17,280 times a day.
 */
export class InstanceLoad {
  // What presses on it, from benign activity and faults. Units as in docs/faults.md.
  cpuPerRequest = 0;
  backgroundCpu = 0;
  cpuSteal = 0;
  memoryLeak = 0;
  cacheGrowth = 0;
  logWriteRate = 0;
  temporaryWriteRate = 0;
  dataAdded = 0;
  exceptionShare = 0;
  settingShare = 0;
  hardwareShare = 0;
  backendShare = 0;
  flagShare = 0;
  addedLatency = 0;
  connectionLeak = 0;
  crashRate = 0;
  startFailure = 0;
  unavailable = 0;
  packetLoss = 0;
  credentialRejected = 0;
  cacheLoss = 0;
  /** Name of the job that takes its processor, if one does. */
  jobRunning: string | null = null;
  // What comes of it.
  serving = false;
  arrivals = 0;
  processed = 0;
  mean = 0;
  variance = 0;
  failed = 0;
  rejected = 0;
  cpu = 0;
  memory = 0;
  disk = 0;
  connections = 0;
  hit = 0;
  heapFull = 0;
  diskFull = 0;
  poolExhausted = 0;

  clear(): void {
    this.cpuPerRequest = 0;
    this.backgroundCpu = 0;
    this.cpuSteal = 0;
    this.memoryLeak = 0;
    this.cacheGrowth = 0;
    this.logWriteRate = 0;
    this.temporaryWriteRate = 0;
    this.dataAdded = 0;
    this.exceptionShare = 0;
    this.settingShare = 0;
    this.hardwareShare = 0;
    this.backendShare = 0;
    this.flagShare = 0;
    this.jobRunning = null;
    this.addedLatency = 0;
    this.connectionLeak = 0;
    this.crashRate = 0;
    this.startFailure = 0;
    this.unavailable = 0;
    this.packetLoss = 0;
    this.credentialRejected = 0;
    this.cacheLoss = 0;
    this.serving = false;
    this.arrivals = 0;
    this.processed = 0;
    this.mean = 0;
    this.variance = 0;
    this.failed = 0;
    this.rejected = 0;
    this.cpu = 0;
    this.memory = 0;
    this.disk = 0;
    this.connections = 0;
    this.hit = 0;
    this.heapFull = 0;
    this.diskFull = 0;
    this.poolExhausted = 0;
  }
}

export class CallLoad {
  /** Calls a second before retries. */
  requests = 0;
  attempts = 0;
  failure = 0;
  timeouts = 0;
  retries = 0;
  refused = 0;
}

export class ServiceLoad {
  readonly instances: InstanceLoad[] = Array.from({ length: 32 }, () => new InstanceLoad());
  readonly calls: CallLoad[];
  /** Requests a second beyond what customers ordinarily ask. */
  excess = 0;
  offered = 0;
  admitted = 0;
  /** At the edge: ordinary requests a second that got through. */
  ordinary = 0;
  /** Share of ordinary requests turned away by a limit. */
  turnedAway = 0;
  processed = 0;
  miss = 0;
  mean = 0;
  variance = 0;
  /** Mean and variance of what the service itself takes, without its calls. */
  ownMean = 0;
  ownVariance = 0;
  /** Share of requests that its instances fail themselves. */
  ownFailed = 0;
  failure = 0;
  down = false;
  /** Share of connections that are not taken. */
  unavailable = 0;
  threadRejected = 0;
  connections = 0;
  hitRate = 0;

  constructor(calls: number) {
    this.calls = Array.from({ length: calls }, () => new CallLoad());
  }

  instance(index: number): InstanceLoad {
    let load = this.instances[index];
    if (load === undefined) {
      load = new InstanceLoad();
      this.instances[index] = load;
    }
    return load;
  }
}

export class Loads {
  readonly services: readonly ServiceLoad[] = designs.map((design) => new ServiceLoad(design.calls.length));
  /** Share of the queue's partitions stuck behind a message, and whose key. */
  queueBlocked = 0;
  payloadMemory = 0;
  blockingMessage: string | null = null;
  payloadMessage: string | null = null;
  edgeP95 = 0;
  edgeSuccess = 1;
  queueAge = 0;
  /** Merchants that failing requests of a service belong to; null: anyone. */
  readonly merchants: (readonly string[] | null)[] = designs.map(() => null);

  service(index: number): ServiceLoad {
    const load = this.services[index];
    if (load === undefined) throw new RangeError(`no service ${index}`);
    return load;
  }

  /** Clears what the instances present will use; `counts` by service. */
  clear(counts: readonly { readonly instances: readonly unknown[] }[]): void {
    for (let s = 0; s < this.services.length; s += 1) {
      const service = this.service(s);
      const count = counts[s]?.instances.length ?? 0;
      for (let i = 0; i < count; i += 1) service.instance(i).clear();
      service.excess = 0;
    }
    this.queueBlocked = 0;
    this.payloadMemory = 0;
    this.blockingMessage = null;
    this.payloadMessage = null;
    this.merchants.fill(null);
  }
}

import { isServing, serviceOf } from './instances.ts';
import type { Loads, ServiceLoad } from './loads.ts';
import { queueCapacity, worker, workerConcurrency } from './services.ts';
import { type FleetState, subStepSeconds } from './state.ts';

/** The worker takes what the queue holds, as fast as its slots and its calls allow. */
export function takeFromQueue(state: FleetState, loads: Loads, load: ServiceLoad): void {
  const service = serviceOf(state, worker);
  const queue = state.queue;
  const arriving = Math.min(load.offered, Math.max(0, (queueCapacity - queue.depth) / subStepSeconds + queue.taken));
  const stuck = arriving * loads.queueBlocked;
  if (loads.queueBlocked > 0) {
    queue.blocked += stuck * subStepSeconds;
    if (queue.blockedSince === 0) queue.blockedSince = state.at;
  } else {
    queue.blocked = 0;
    queue.blockedSince = 0;
  }
  let running = 0;
  for (const instance of service.instances) if (isServing(service, instance)) running += 1;
  const slots = running * workerConcurrency;
  const handling = Math.max(40, service.meanLatency);
  const pace = (slots * 1000) / handling;
  const ready = Math.max(0, queue.depth - queue.blocked) / subStepSeconds + (arriving - stuck);
  // A few messages are always on their way: those that arrived within one handling time.
  const onTheirWay = ((arriving * handling) / 1000 / subStepSeconds) * 1.2;
  load.admitted = Math.max(0, Math.min(pace, ready - onTheirWay));
  queue.taken = load.admitted;
  queue.depth = Math.min(queueCapacity, Math.max(0, queue.depth + (arriving - load.admitted) * subStepSeconds));
  loads.queueAge =
    queue.blockedSince > 0
      ? (state.at + 5000 - queue.blockedSince) / 1000
      : load.admitted > 0
        ? queue.depth / load.admitted
        : queue.depth > 0
          ? 60
          : 0;
}

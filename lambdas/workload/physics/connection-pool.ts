import { designs } from './designs.ts';
import { serviceOf } from './instances.ts';
import type { Loads, ServiceLoad } from './loads.ts';
import { waitFactor } from './queueing.ts';
import type { ServiceDesign } from './service-design.ts';
import { databaseConnectionLimit } from './services.ts';
import type { FleetState, ServiceState } from './state.ts';

const heldPool = { wait: 0, exhausted: 0 };

/** Waiting for a pooled connection: M/M/c with a server for each connection that is not leaked. */
export function holdPool(service: ServiceState, load: ServiceLoad, design: ServiceDesign, rate: number, hold: number) {
  heldPool.wait = 0;
  heldPool.exhausted = 0;
  load.connections = 0;
  let count = 0;
  for (let i = 0; i < service.instances.length; i += 1) {
    const instance = service.instances[i];
    const pressed = load.instance(i);
    if (instance === undefined || !pressed.serving) continue;
    const free = Math.max(0.2, design.poolSize - instance.leakedConnections);
    const wanted = (rate * hold) / 1000;
    const utilisation = Math.min(0.97, wanted / free);
    const wait = Math.min(1000, hold * waitFactor(utilisation, free));
    pressed.poolExhausted = wanted > 0.97 * free ? 1 - (0.97 * free) / wanted : 0;
    pressed.connections = Math.min(1, (instance.leakedConnections + Math.min(wanted, free)) / design.poolSize);
    heldPool.wait += wait;
    heldPool.exhausted += pressed.poolExhausted;
    load.connections += pressed.connections;
    count += 1;
  }
  if (count > 0) {
    heldPool.wait /= count;
    heldPool.exhausted /= count;
    load.connections /= count;
  }
  return heldPool;
}

/** Connections open at the database, as a share of what it accepts; more of them cost it time. */
export function databaseConnections(state: FleetState, loads: Loads): number {
  let open = 6;
  for (let s = 0; s < designs.length; s += 1) {
    const design = designs[s];
    const service = serviceOf(state, s);
    if (design === undefined || design.poolSize === 0 || service.failedOver.includes('orders-db')) continue;
    for (let i = 0; i < service.instances.length; i += 1) {
      if (loads.service(s).instance(i).serving) {
        open += Math.min(design.poolSize, 2 + loads.service(s).instance(i).connections * design.poolSize * 1.2);
      }
    }
  }
  return open / databaseConnectionLimit;
}

import type { z } from 'zod';
import type { ActiveFault } from './faults/definition.ts';
import type { InjectResponse, injectRequestSchema } from './inject-api.ts';

export type FaultStore = {
  /** Faults at work at `now`, those whose time is over left out. */
  active(now: number): Promise<readonly ActiveFault[]>;
  /** False when a fault is at work on its service at `now`; nothing is written then. */
  add(fault: ActiveFault, now: number): Promise<boolean>;
  /** Ends it and keeps it as one that was. */
  end(fault: ActiveFault, now: number): Promise<void>;
};

export type InjectTools = {
  readonly faults: FaultStore;
  /** Epoch milliseconds. */
  now(): number;
  /** A fresh name for a fault; nothing that is published carries it. */
  nextId(): string;
};

/** Starts, lists and ends faults. It writes where only the simulation reads. */
export const injectFault =
  ({ faults, now, nextId }: InjectTools) =>
  async (request: z.output<typeof injectRequestSchema>): Promise<InjectResponse> => {
    const at = now();
    switch (request.action) {
      case 'list':
        return { outcome: 'listed', faults: [...(await faults.active(at))] };
      case 'clear': {
        const active = await faults.active(at);
        const ended = active.filter(({ service }) => request.service === null || service === request.service);
        for (const fault of ended) await faults.end(fault, at);
        return { outcome: 'cleared', faults: ended };
      }
      case 'inject': {
        const { definition, service, instance, severity, forSeconds, seed } = request;
        if (!definition.services.includes(service)) {
          const reason = `${definition.cause} cannot strike ${service}; it can strike ${definition.services.join(', ')}`;
          return { outcome: 'refused', reason };
        }
        const endsAt = forSeconds === null ? null : at + forSeconds * 1000;
        const fault = { id: nextId(), definition, service, instance, severity, startedAt: at, endsAt, seed };
        if (await faults.add(fault, at)) return { outcome: 'injected', fault };
        return { outcome: 'refused', reason: `a fault is at work on ${service} already; clear it first` };
      }
    }
  };

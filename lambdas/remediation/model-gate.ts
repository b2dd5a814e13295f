import { modelRows } from '../contract/model-rows.ts';
import type { Admission, AdmissionRequest, ModelPermit } from '../domain/limits/admission.ts';
import { admit, type GateRules } from '../domain/limits/admit.ts';
import {
  type GateState,
  newProviderState,
  nothingSpent,
  providerStateSchema,
  spendingSchema,
} from '../domain/limits/gate-state.ts';
import type { Price, ProviderLimits } from '../domain/limits/limits.ts';
import { reservation } from '../domain/limits/reserve.ts';
import { settle } from '../domain/limits/settle.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { ModelGate } from '../ports/model-gate.ts';
import type { SharedRow, SharedRows } from '../ports/shared-rows.ts';

export type ModelGatePorts = {
  readonly rows: SharedRows;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'next'>;
  /** 0 up to 1. */
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
};

export type ModelGateSettings = Omit<GateRules, 'limits'> & {
  /** By the name in the chain. One that is not here has no limits and costs nothing: the built-in reasoner. */
  readonly providers: ReadonlyMap<
    string,
    { readonly limits: ProviderLimits; readonly priceOf: (model: string) => Price }
  >;
};

/** Others may come first this often before a caller is told to come back. */
const writingTries = 40;
const longestWaitMilliseconds = 60;
const dayMilliseconds = 86_400_000;
/** Spending of an incident is of no use once it is over; of a day it can be looked up for a month. */
const incidentKeptMilliseconds = 7 * dayMilliseconds;
const dayKeptMilliseconds = 35 * dayMilliseconds;

/**
 * Limits that hold over all processes: everything that is known about a provider and what was spent are rows,
 * changed together or not at all.
 */
export const createModelGate = (ports: ModelGatePorts, settings: ModelGateSettings): ModelGate => {
  const rulesOf = (limits: ProviderLimits): GateRules => ({ ...settings, limits });

  /** Undefined when others came first each time. */
  const change = async <Result>(
    permit: ModelPermit,
    limits: ProviderLimits,
    decide: (state: GateState) => { readonly result: Result; readonly next: GateState | null },
  ): Promise<Result | undefined> => {
    const keys = keysOf(permit);
    for (let tries = 1; tries <= writingTries; tries += 1) {
      const rows = await ports.rows.read([keys.provider, keys.incident, keys.day]);
      const { result, next } = decide(stateIn(rows, limits, ports.clock.now()));
      if (next === null || (await ports.rows.write(rowsOf(rows, next, permit)))) return result;
      await ports.sleep(ports.random() * Math.min(longestWaitMilliseconds, 4 * tries));
    }
    return undefined;
  };

  return {
    admit: async (request) => {
      const provider = settings.providers.get(request.provider);
      if (provider === undefined) return { outcome: 'admitted', permit: freePermit(request, ports) };
      const { limits, priceOf } = provider;
      const permit: ModelPermit = {
        ...request,
        ...reservation(request, priceOf(request.model)),
        id: ports.ids.next(),
        admittedAt: ports.clock.now(),
      };
      const admission = await change(permit, limits, (state) => {
        const decided = admit(state, { ...permit, admittedAt: ports.clock.now() }, rulesOf(limits));
        return { result: decided.admission, next: decided.next };
      });
      return admission ?? contended(request);
    },
    settle: async (permit, outcome) => {
      const provider = settings.providers.get(permit.provider);
      if (provider === undefined) return;
      const spread = ports.random();
      const { limits } = provider;
      // Were others first each time, what was set aside would stay spent and the permit would expire by itself.
      await change(permit, limits, (state) => ({
        result: undefined,
        next: settle(state, permit, outcome, rulesOf(limits), ports.clock.now(), spread),
      }));
    },
  };
};

const freePermit = (request: AdmissionRequest, { ids, clock }: ModelGatePorts): ModelPermit => ({
  ...request,
  id: ids.next(),
  admittedAt: clock.now(),
  reservedTokens: 0,
  reservedDollars: 0,
});

const contended = ({ provider }: AdmissionRequest): Admission => ({
  outcome: 'refused',
  cause: 'contention',
  reason: `too many ask for ${provider} at once`,
  retryAfterSeconds: 1,
});

const keysOf = ({ provider, incidentId, admittedAt }: ModelPermit) => ({
  provider: modelRows.provider(provider),
  incident: modelRows.incident(incidentId),
  day: modelRows.day(admittedAt),
});

const stateIn = ([provider, incident, day]: readonly SharedRow[], limits: ProviderLimits, now: number): GateState => ({
  provider: provider?.body ? providerStateSchema.parse(provider.body) : newProviderState(limits, now),
  incident: incident?.body ? spendingSchema.parse(incident.body) : nothingSpent,
  day: day?.body ? spendingSchema.parse(day.body) : nothingSpent,
});

const rowsOf = (read: readonly SharedRow[], next: GateState, { admittedAt }: ModelPermit): readonly SharedRow[] => {
  const written = [
    { body: next.provider, forgetAt: null },
    { body: next.incident, forgetAt: admittedAt + incidentKeptMilliseconds },
    { body: next.day, forgetAt: admittedAt + dayKeptMilliseconds },
  ];
  return read.flatMap((row, index) => {
    const change = written[index];
    return change === undefined ? [] : [{ ...row, ...change }];
  });
};

import { setTimeout as sleep } from 'node:timers/promises';
import { ssmClient } from '../../adapters/aws/clients/ssm-client.ts';
import type { Records } from '../../adapters/aws/dynamo/records.ts';
import { readSecretParameter } from '../../adapters/aws/secret-parameter.ts';
import { ulidIds } from '../../adapters/aws/ulid-ids.ts';
import { createModelChain } from '../../adapters/llm/model-chain.ts';
import { readKeyFrom } from '../../adapters/llm/read-key.ts';
import type { Archive } from '../../ports/archive.ts';
import type { Clock } from '../../ports/clock.ts';
import { environment } from '../../runtime/environment.ts';
import { gateSettings } from '../gate-settings.ts';
import { createModelGate } from '../model-gate.ts';
import { type AskModel, createAskModel } from './ask-model.ts';

/** Asking as deployed functions do it: the models of the settings, and limits and lessons that all functions share. */
export const deployedAskModel = (records: Records, archive: Archive, clock: Clock): AskModel => {
  const models = environment.KINTSUGI_MODELS;
  const waiting = { clock, ids: ulidIds(clock), random: Math.random, sleep };
  const gate = createModelGate({ ...waiting, rows: records.sharedRows }, gateSettings(models));
  const chain = createModelChain(
    models,
    readKeyFrom(environment, (name) => readSecretParameter(ssmClient(), name)),
  );
  return createAskModel({ ...records, ...waiting, archive, chain, gate });
};

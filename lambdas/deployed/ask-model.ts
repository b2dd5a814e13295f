import { setTimeout as sleep } from 'node:timers/promises';
import { ssmClient } from '../adapters/aws/clients/ssm-client.ts';
import { readSecretParameter } from '../adapters/aws/secret-parameter.ts';
import { systemClock } from '../adapters/aws/system-clock.ts';
import { ulidIds } from '../adapters/aws/ulid-ids.ts';
import { createModelChain } from '../adapters/llm/model-chain.ts';
import { readKeyFrom } from '../adapters/llm/read-key.ts';
import { createAskModel } from '../remediation/ask/ask-model.ts';
import { gateSettings } from '../remediation/gate-settings.ts';
import { createModelGate } from '../remediation/model-gate.ts';
import { environment } from '../runtime/environment.ts';
import { archive } from './objects.ts';
import { records } from './records.ts';

const models = environment.KINTSUGI_MODELS;
const waiting = { clock: systemClock, ids: ulidIds(systemClock), random: Math.random, sleep };
const gate = createModelGate({ ...waiting, rows: records.sharedRows }, gateSettings(models));
const chain = createModelChain(
  models,
  readKeyFrom(environment, (name) => readSecretParameter(ssmClient(), name)),
);

/** The models of the settings, and limits and lessons that all functions share. */
export const askModel = createAskModel({ ...records, ...waiting, archive, chain, gate });

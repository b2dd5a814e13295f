import { SSMClient } from '@aws-sdk/client-ssm';
import type { Command } from 'commander';
import { clientSettings } from '../../lambdas/adapters/aws/clients/client-settings.ts';
import { keyParameter } from '../../lambdas/contract/model-settings.ts';
import { readModelFile } from '../../lib/read-model-file.ts';
import { requireCloud } from '../cloud/deploy.ts';
import { cloudTarget } from '../cloud/guard.ts';
import { sdkSettings } from '../cloud/sdk-settings.ts';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { checkedKey, keyedProvider, keyedProviders, listKeys, removeKey, saveKey } from '../operator/key-store.ts';
import { UserError } from '../user-error.ts';
import { askSecret } from '../view/ask-secret.ts';
import { grid } from '../view/grid.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';

export function register(program: Command): void {
  const keys = program.command('keys').description('keep the keys of language models in the parameter store');
  withCloudOptions(
    keys.command('set').description('keep a key; it is asked for, or read from the input').argument('<provider>'),
  ).action(set);
  withCloudOptions(keys.command('list').description('say which keys are there, by name')).action(list);
  withCloudOptions(keys.command('remove').description('take a key out of the store').argument('<provider>')).action(
    remove,
  );
}

const set = async (name: string, options: CloudOptions): Promise<void> => {
  const provider = keyedProvider(name, readModelFile());
  const client = await storeOf(options);
  const key = checkedKey(await askSecret(`Key of ${provider} (not shown): `));
  await saveKey(client, options.stage, provider, key);
  const parameter = keyParameter(options.stage, provider);
  if (options.json === true) return printJson(createScreen(), { provider, parameter });
  console.log(
    `Kept as ${parameter}. Functions that have begun keep the key they read; npm run deploy begins them anew.`,
  );
};

const list = async (options: CloudOptions): Promise<void> => {
  const screen = createScreen();
  const there = await listKeys(await storeOf(options), options.stage);
  const rows = [...keyedProviders(readModelFile())].map(([provider, variable]) => {
    const parameter = keyParameter(options.stage, provider);
    return {
      provider,
      parameter,
      stored: there.has(parameter),
      variable,
      inEnvironment: Boolean(process.env[variable]),
    };
  });
  if (options.json === true) return printJson(screen, rows);
  const lines = rows.map(({ provider, stored, variable, inEnvironment }) => [
    provider,
    stored ? 'yes' : 'no',
    inEnvironment ? `${variable} is set` : `${variable} is not set`,
  ]);
  screen.print(...grid([{ title: 'provider' }, { title: 'in the store' }, { title: 'here' }], lines, screen));
};

const remove = async (name: string, options: CloudOptions): Promise<void> => {
  const provider = keyedProvider(name, readModelFile());
  if (!(await removeKey(await storeOf(options), options.stage, provider))) {
    throw new UserError(`There is no key of ${provider} in the store.`);
  }
  if (options.json === true) return printJson(createScreen(), { provider, removed: true });
  console.log(`The key of ${provider} is removed.`);
};

const storeOf = async (options: CloudOptions): Promise<SSMClient> => {
  const cloud = cloudTarget(options);
  await requireCloud(cloud);
  return new SSMClient({ ...clientSettings(), ...sdkSettings(cloud) });
};

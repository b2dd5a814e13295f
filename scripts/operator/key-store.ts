import {
  DeleteParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  paginateDescribeParameters,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { keyParameter, type ModelFile } from '../../lambdas/contract/model-settings.ts';
import { UserError } from '../user-error.ts';

/** Providers that take a key, with the environment variable that may hold it instead. */
export const keyedProviders = (file: ModelFile): ReadonlyMap<string, string> =>
  new Map(Object.entries(file.providers).flatMap(([name, { key }]) => (key === undefined ? [] : [[name, key]])));

/** The provider, if it is one that takes a key; a UserError names those that do. */
export const keyedProvider = (name: string, file: ModelFile): string => {
  const known = keyedProviders(file);
  if (known.has(name)) return name;
  throw new UserError(`'${name}' takes no key. Those of models.yaml that do: ${[...known.keys()].join(', ')}.`);
};

/** A key as it was typed or piped in, without the end of its line. */
export const checkedKey = (text: string): string => {
  const key = text.trim();
  if (key === '') throw new UserError('No key was given; nothing is changed.');
  if (/\s/.test(key)) throw new UserError('A key is one word; this has white space in it. Nothing is changed.');
  if (key.length > 4096) throw new UserError('A key of more than 4096 characters cannot be kept. Nothing is changed.');
  return key;
};

export const saveKey = async (client: SSMClient, stage: string, provider: string, key: string): Promise<void> => {
  await client.send(
    new PutParameterCommand({
      Name: keyParameter(stage, provider),
      Type: 'SecureString',
      Value: key,
      Overwrite: true,
      Description: `Key of ${provider}, for Kintsugi`,
    }),
  );
};

/** False when there was none. */
export const removeKey = async (client: SSMClient, stage: string, provider: string): Promise<boolean> => {
  try {
    await client.send(new DeleteParameterCommand({ Name: keyParameter(stage, provider) }));
    return true;
  } catch (error) {
    if (error instanceof ParameterNotFound) return false;
    throw error;
  }
};

/** Names of the parameters that hold keys of the stage; no value is read. */
export const listKeys = async (client: SSMClient, stage: string): Promise<ReadonlySet<string>> => {
  const names = new Set<string>();
  const path = { Key: 'Path', Option: 'OneLevel', Values: [`/${stage}/keys`] };
  for await (const { Parameters = [] } of paginateDescribeParameters({ client }, { ParameterFilters: [path] })) {
    for (const { Name } of Parameters) if (Name !== undefined) names.add(Name);
  }
  return names;
};

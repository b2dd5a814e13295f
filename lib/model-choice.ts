import { chooseModels, type ModelSettings } from '../lambdas/contract/model-settings.ts';
import { readModelFile } from './read-model-file.ts';

/** Which models the functions ask, and the keys that they are given. */
export type ModelChoice = {
  readonly settings: ModelSettings;
  /** Local clouds only: a key in a function's environment is readable by whoever may list functions. */
  readonly keys: Readonly<Record<string, string>>;
};

/**
 * What the settings come to. Without a chain the built-in reasoner is alone, but for a local cloud where the
 * environment has a key for Gemini.
 *
 * @throws an Error of one line for a chain that cannot be
 */
export function chooseFor(place: {
  readonly local: boolean;
  readonly chain: string | undefined;
  readonly server: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}): ModelChoice {
  const { local, environment } = place;
  const file = readModelFile();
  const chain = place.chain ?? (local && environment['GEMINI_API_KEY'] ? 'gemini, builtin' : 'builtin');
  const settings = chooseModels(chain, file, place.server);
  if (!local) return { settings, keys: {} };
  const keys = settings.providers.flatMap(({ name, keyed }) => {
    const key = keyed ? environment[file.providers[name]?.key ?? ''] : undefined;
    return key === undefined || key === '' ? [] : [[name, key]];
  });
  return { settings, keys: Object.fromEntries(keys) };
}

import { keyParameter } from '../../contract/model-settings.ts';
import type { ReadKey } from './model-chain.ts';

/** A key that the function was given, which happens on a local cloud only, or the one in the parameter store. */
export const readKeyFrom =
  (
    {
      KINTSUGI_STAGE: stage,
      KINTSUGI_MODEL_KEYS: given,
    }: {
      readonly KINTSUGI_STAGE: string;
      readonly KINTSUGI_MODEL_KEYS: Readonly<Record<string, string>>;
    },
    readSecret: (parameter: string) => Promise<string>,
  ): ReadKey =>
  async (provider) =>
    given[provider] ?? readSecret(keyParameter(stage, provider));

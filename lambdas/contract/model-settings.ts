import { z } from 'zod';
import { modelPurposes } from '../domain/audit/llm-action.ts';
import { budgetSchema, type Price, priceSchema, providerLimitsSchema } from '../domain/limits/limits.ts';

/** `gemini`, `bedrock`, `openai`, or a named instance of what speaks OpenAI's protocol, such as `openai:groq`. */
export const providerNameSchema = z.string().regex(/^(gemini|bedrock|openai(:[a-z0-9-]{1,30})?)$/);

/** How a provider is told the shape of the reply: by JSON Schema, that it be JSON, or in the words of the prompt alone. */
const structureSchema = z.enum(['schema', 'object', 'words']);

const modelsSchema = z.record(z.enum(modelPurposes), z.string().min(1));

const providerFields = {
  /** Another address than the client's own. */
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  structure: structureSchema.default('schema'),
  /** What the protocol calls the most tokens of a reply; some servers know only the one, some models only the other. */
  outputLimitField: z.enum(['max_tokens', 'max_completion_tokens']).default('max_tokens'),
  /** Sends temperature 0, which some reasoning models refuse. */
  temperature: z.boolean().default(true),
  /** Marks the end of the fixed part of the prompt for models on Bedrock that cache up to there. */
  cachePoint: z.boolean().default(false),
  /** The model to ask for each purpose. */
  models: modelsSchema,
  limits: providerLimitsSchema,
};

/** A provider of the chain, as the functions are told of it. */
const chosenProviderSchema = z.strictObject({
  name: providerNameSchema,
  ...providerFields,
  /** It takes a key; it is read where the functions run and is never part of the settings. */
  keyed: z.boolean(),
  /** By the name of the model. */
  prices: z.record(z.string(), priceSchema),
});
export type ChosenProvider = z.infer<typeof chosenProviderSchema>;

export const modelSettingsSchema = z.strictObject({
  /** In order; the built-in reasoner is always behind them and not among them. */
  providers: z.array(chosenProviderSchema),
  budgets: z.strictObject({ incident: budgetSchema, day: budgetSchema }),
});
export type ModelSettings = z.infer<typeof modelSettingsSchema>;

/** No provider but the built-in reasoner. */
export const builtinAlone: ModelSettings = {
  providers: [],
  budgets: { incident: { tokens: 0, dollars: 0 }, day: { tokens: 0, dollars: 0 } },
};

/** The file `models.yaml` that a person edits. */
export const modelFileSchema = z.strictObject({
  budgets: z.strictObject({ incident: budgetSchema, day: budgetSchema }),
  providers: z.record(
    providerNameSchema,
    z.strictObject({
      ...providerFields,
      /** Name of the environment variable that holds the key; none where no key is needed. */
      key: z
        .string()
        .regex(/^[A-Z][A-Z0-9_]+$/)
        .optional(),
      /** Costs nothing, whatever the price list says: a model of one's own. */
      free: z.boolean().default(false),
    }),
  ),
  prices: z
    .array(
      z.strictObject({
        /** The model of this name and its versions: names that go on from it with a date, a number or `latest`. */
        model: z.string().min(1),
        ...priceSchema.shape,
        asOf: z.iso.date(),
        source: z.url(),
      }),
    )
    .refine(
      (prices) => prices.some(({ output }) => output > 0),
      'what is not listed costs as much as the dearest, so one model must have a price',
    ),
});
export type ModelFile = z.infer<typeof modelFileSchema>;

/** Before the name of a model on Bedrock: the regions that an inference profile picks from. */
export const inferenceProfile = /^(us|us-gov|eu|apac|jp|au|ca|global)\./;

/** How a model's name goes on that is a version of it: `-2025-04-14`, `-v1:0`, `-preview-09`; not `-pro` or `-32k`, which are other models. */
const version = /^(?:[-@:](?:v?\d+(?:\.\d+)*|latest|preview|exp))*$/;

/** The price of the longest listed name that the model's own is, or is a version of; what is not listed costs as much as the dearest. */
export const priceOf = (model: string, prices: ModelFile['prices']): Price => {
  // An inference profile of Bedrock is the model behind a region: us.amazon.nova-lite-v1:0.
  const name = model.replace(inferenceProfile, '');
  const [listed] = prices
    .filter((price) => name.startsWith(price.model) && version.test(name.slice(price.model.length)))
    .toSorted((left, right) => right.model.length - left.model.length);
  const dearest = (field: keyof Price) => Math.max(0, ...prices.map((price) => price[field]));
  return listed === undefined
    ? { input: dearest('input'), cachedInput: dearest('cachedInput'), output: dearest('output') }
    : { input: listed.input, cachedInput: listed.cachedInput, output: listed.output };
};

/**
 * The providers of a chain such as `gemini, openai:groq, builtin`.
 *
 * @param modelServer the address of a model server that stands in for all of them, to rehearse
 * @throws an Error of one line for a name that is unknown or comes twice
 */
export const chooseModels = (chain: string, file: ModelFile, modelServer?: string): ModelSettings => {
  const names = chain
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`the chain names ${twice} twice`);
  const remote = names.filter((name) => name !== 'builtin');
  if (names.includes('builtin') && names.at(-1) !== 'builtin') throw new Error('builtin can only be the last');
  return {
    budgets: file.budgets,
    providers: remote.map((name) => {
      const provider = Object.hasOwn(file.providers, name) ? file.providers[name] : undefined;
      if (provider === undefined) {
        const known = [...Object.keys(file.providers), 'builtin'].join(', ');
        throw new Error(`there is no provider '${name}'; known: ${known}`);
      }
      const { key, free, ...fields } = provider;
      const prices = Object.fromEntries(
        Object.values(provider.models).map((model) => [model, free ? nothing : priceOf(model, file.prices)]),
      );
      return {
        ...fields,
        name,
        keyed: key !== undefined && modelServer === undefined,
        prices,
        ...(modelServer === undefined ? {} : { baseUrl: addressOn(modelServer, name) }),
      };
    }),
  };
};

const nothing: Price = { input: 0, cachedInput: 0, output: 0 };

const addressOn = (modelServer: string, name: string): string => {
  const address = modelServer.replace(/\/+$/, '');
  return name.startsWith('openai') ? `${address}/v1` : address;
};

/** Name of the SecureString that holds a provider's key. */
export const keyParameter = (stage: string, provider: string): string => `/${stage}/keys/${provider.replace(':', '-')}`;

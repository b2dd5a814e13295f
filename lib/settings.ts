import type { Node } from 'constructs';
import { z } from 'zod';
import { defaultScanArchiveDays } from '../lambdas/contract/archive-keys.ts';
import { isAwsNamespace } from '../lambdas/contract/aws-resources.ts';
import { type DeclaredLimit, declaredLimitsSchema } from '../lambdas/contract/declared-limits.ts';
import { type DeclaredObjective, declaredObjectivesSchema } from '../lambdas/contract/declared-objectives.ts';
import { defaultFalseAlarmsPerMonth, fewestFalseAlarms, mostFalseAlarms } from '../lambdas/contract/knob.ts';
import { isScanInterval, localStackInterval, scanIntervalsText } from '../lambdas/contract/scan-interval.ts';
import { defaultStage } from '../lambdas/contract/stage.ts';
import { watchDimensionsSchema, watchNamespacesSchema, watchTagsSchema } from '../lambdas/contract/watched-metrics.ts';
import { isLocalHost } from './is-local-host.ts';
import { chooseFor, type ModelChoice } from './model-choice.ts';
import { readYamlFile } from './read-yaml-file.ts';

const retentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 180, 365] as const;

/** A context value is a string on the command line and may be typed in cdk.json. */
const flag = z.union([z.boolean(), z.stringbool()]);
const seconds = z.coerce.number().int().positive();

const readable =
  (schema: z.ZodType) =>
  (text: string): boolean =>
    schema.safeParse(text).success;

const settingsSchema = z.object({
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,20}$/, 'lower case letters, digits and hyphens, 2 to 21 of them')
    .default(defaultStage),
  fleet: flag.optional(),
  scanIntervalSeconds: z.coerce.number().optional(),
  fleetStepSeconds: seconds.optional(),
  /** 500 are one call to GetMetricData. */
  seriesInShard: z.coerce.number().int().min(1).max(2000).default(500),
  /** The operator's knob of detection: expected false alarms of a metric in a month. */
  falseAlarmsPerMonth: z.coerce
    .number()
    .min(fewestFalseAlarms, `from ${fewestFalseAlarms} to ${mostFalseAlarms}`)
    .max(mostFalseAlarms, `from ${fewestFalseAlarms} to ${mostFalseAlarms}`)
    .optional(),
  /** Namespaces to watch beside the shop's, with commas between them. */
  watchNamespaces: z
    .string()
    .refine(readable(watchNamespacesSchema), 'namespaces with commas between them')
    .default(''),
  /** Dimensions that their metrics must have, such as Team=payments,Stage=prod. */
  watchDimensions: z
    .string()
    .refine(readable(watchDimensionsSchema), 'Name=Value with commas between them, ten at most')
    .default(''),
  /** Tags that a resource of AWS must have to be watched, such as team=payments,stage=prod. */
  watchTags: z
    .string()
    .refine(readable(watchTagsSchema), 'Name=value with commas between them, fifty at most')
    .default(''),
  /** A YAML file of limits that metrics must not reach, see docs/operations.md. */
  watchLimits: z.string().min(1).optional(),
  /** A YAML file of how many requests of services must succeed, see docs/operations.md. */
  watchObjectives: z.string().min(1).optional(),
  /** How long what scans read is kept. */
  scanArchiveDays: z.coerce.number().int().positive().default(defaultScanArchiveDays),
  logRetentionDays: z.coerce
    .number()
    .pipe(z.literal([...retentionDays]))
    .optional(),
  removalPolicy: z.enum(['destroy', 'retain']).optional(),
  /** The models to ask, in order, such as `gemini, openai:groq, builtin`; see models.yaml. */
  modelChain: z.string().min(1).optional(),
  /** The address of a model server that stands in for every provider of the chain, to rehearse. */
  modelServer: z.url({ protocol: /^https?$/ }).optional(),
  /** An address that alarms and escalations are mailed to. */
  notifyEmail: z.email().optional(),
});

const contextSchemaOf = (local: boolean) =>
  settingsSchema
    .refine(
      ({ watchTags, watchNamespaces }) =>
        watchTags.trim() === '' ||
        watchNamespacesSchema.safeParse(watchNamespaces).data?.some(isAwsNamespace) !== false,
      {
        path: ['watchTags'],
        message: 'chooses among resources of AWS, so watchNamespaces must name one of theirs, such as AWS/Lambda',
      },
    )
    .refine(
      ({ scanIntervalSeconds: interval }) =>
        interval === undefined || isScanInterval(interval) || (local && interval === localStackInterval),
      {
        path: ['scanIntervalSeconds'],
        message: `${scanIntervalsText}${local ? `; ${localStackInterval} as well on a local cloud` : ''}`,
      },
    );

/** Everything the app lets a person choose, with the defaults of the place it is deployed to. */
export type Settings = {
  readonly stage: string;
  /** On a local cloud: short steps, looping functions, nothing that only AWS has. */
  readonly local: boolean;
  readonly fleet: boolean;
  readonly scanIntervalSeconds: number;
  readonly fleetStepSeconds: number;
  /** How long after its end the values of a period are complete. */
  readonly settlingSeconds: number;
  /** How many series one shard of detection holds at most. */
  readonly seriesInShard: number;
  /** Expected false alarms of a metric in a month. */
  readonly falseAlarmsPerMonth: number;
  /** A scheduled function loops until this many seconds after its start; 0 makes one pass. */
  readonly loopSeconds: number;
  /** As the environment variables have them, see lambdas/contract/watched-metrics.ts. */
  readonly watch: {
    readonly namespaces: string;
    readonly dimensions: string;
    readonly tags: string;
    readonly limits: readonly DeclaredLimit[];
    readonly objectives: readonly DeclaredObjective[];
  };
  readonly scanArchiveDays: number;
  readonly logRetentionDays: (typeof retentionDays)[number];
  readonly removalPolicy: 'destroy' | 'retain';
  readonly models: ModelChoice;
  readonly notifyEmail: string | undefined;
};

export type SettingsSource = {
  readonly context: (name: string) => unknown;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/**
 * Reads context and environment. Whether the cloud is local is decided here and
 * nowhere else: by the address the deployment goes to.
 * @throws an Error with one line for each value that is wrong
 */
export function readSettings({ context, environment }: SettingsSource): Settings {
  const given = Object.fromEntries(
    Object.keys(settingsSchema.shape)
      .map((name) => [name, context(name)])
      .filter(([, value]) => value !== undefined),
  );
  given['falseAlarmsPerMonth'] ??= environment['KINTSUGI_FALSE_ALARMS_PER_MONTH'] || undefined;
  const endpoint = environment['AWS_ENDPOINT_URL'];
  const local = endpoint !== undefined && URL.canParse(endpoint) && isLocalHost(new URL(endpoint).hostname);
  const parsed = contextSchemaOf(local).safeParse(given);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((issue) => `context ${issue.path.join('.')}: ${issue.message}`).join('\n'));
  }
  const chosen = parsed.data;
  const models = chooseFor({
    local,
    chain: chosen.modelChain ?? (environment['KINTSUGI_MODEL_CHAIN'] || undefined),
    server: chosen.modelServer ?? (environment['KINTSUGI_MODEL_SERVER'] || undefined),
    environment,
  });
  return {
    stage: chosen.stage,
    local,
    fleet: chosen.fleet ?? local,
    scanIntervalSeconds: chosen.scanIntervalSeconds ?? (local ? 5 : 60),
    fleetStepSeconds: chosen.fleetStepSeconds ?? (local ? 5 : 60),
    settlingSeconds: local ? 1 : 60,
    seriesInShard: chosen.seriesInShard,
    falseAlarmsPerMonth: chosen.falseAlarmsPerMonth ?? defaultFalseAlarmsPerMonth,
    // Longer than the 60 to 70 s between two ticks, so that one invocation hands over to the next without a gap.
    loopSeconds: local ? 75 : 0,
    watch: {
      namespaces: chosen.watchNamespaces,
      dimensions: chosen.watchDimensions,
      tags: chosen.watchTags,
      limits: declaredIn('watchLimits', chosen.watchLimits, declaredLimitsSchema),
      objectives: declaredIn('watchObjectives', chosen.watchObjectives, declaredObjectivesSchema),
    },
    scanArchiveDays: chosen.scanArchiveDays,
    logRetentionDays: chosen.logRetentionDays ?? (local ? 7 : 30),
    removalPolicy: chosen.removalPolicy ?? (local ? 'destroy' : 'retain'),
    models,
    notifyEmail: chosen.notifyEmail,
  };
}

/** What a person declared in the file that a context value names; nothing where it names none. */
const declaredIn = <Declared>(
  context: string,
  path: string | undefined,
  schema: z.ZodType<readonly Declared[]>,
): readonly Declared[] => (path === undefined ? [] : readYamlFile(path, schema, `context ${context}: ${path}`));

export const contextOf =
  (node: Node): SettingsSource['context'] =>
  (name) =>
    node.tryGetContext(name);

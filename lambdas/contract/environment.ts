import { z } from 'zod';
import { declaredLimitsSchema } from './declared-limits.ts';
import { declaredObjectivesSchema } from './declared-objectives.ts';
import { fewestFalseAlarms, mostFalseAlarms } from './knob.ts';
import { builtinAlone, modelSettingsSchema } from './model-settings.ts';
import { watchDimensionsSchema, watchNamespacesSchema, watchTagsSchema } from './watched-metrics.ts';

/** A variable that holds a JSON document. */
const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);

const positiveInteger = z.coerce.number().int().positive();

/**
 * Environment of every function: synth writes it, runtime parses it once at
 * cold start. Table and function names follow from the stage (see stage.ts).
 */
export const commonEnvironmentSchema = z.object({
  KINTSUGI_STAGE: z.string().min(1),
  KINTSUGI_ARCHIVE_BUCKET: z.string().min(1),
  /** Length of one closed period and of one pass, seconds: 5 locally, 60 on AWS. */
  KINTSUGI_SCAN_INTERVAL_SECONDS: positiveInteger,
  /** How long after its end the values of a period are complete, seconds. */
  KINTSUGI_SETTLING_SECONDS: positiveInteger,
  /** Namespaces to watch beside the shop's, and the dimensions that their metrics must have. */
  KINTSUGI_WATCH_NAMESPACES: z.string().default('').pipe(watchNamespacesSchema),
  KINTSUGI_WATCH_DIMENSIONS: z.string().default('').pipe(watchDimensionsSchema),
  /** Tags that a resource of AWS must have for its metrics to be watched. */
  KINTSUGI_WATCH_TAGS: z.string().default('').pipe(watchTagsSchema),
  /** Limits that metrics must not reach. */
  KINTSUGI_WATCH_LIMITS: json(declaredLimitsSchema).default([]),
  /** How many requests of services must succeed. */
  KINTSUGI_WATCH_OBJECTIVES: json(declaredObjectivesSchema).default([]),
  /** How many series one shard of detection holds at most. */
  KINTSUGI_SERIES_IN_SHARD: positiveInteger,
  /** Expected false alarms of a metric in a month. */
  KINTSUGI_FALSE_ALARMS_PER_MONTH: z.coerce.number().min(fewestFalseAlarms).max(mostFalseAlarms),
  KINTSUGI_FLEET_STEP_SECONDS: positiveInteger,
  /** A scheduled function loops until this many seconds after its start; 0 makes one pass. */
  KINTSUGI_LOOP_SECONDS: z.coerce.number().int().min(0),
  /** Names the bundle that runs; another name means other code. */
  KINTSUGI_CODE_VERSION: z.string().min(1),
  /** The function that is the workload's control surface; not set where there is none. */
  KINTSUGI_CONTROL_FUNCTION: z.string().min(1).optional(),
  KINTSUGI_STATE_MACHINE_ARN: z.string().min(1),
  KINTSUGI_TOPIC_ARN: z.string().min(1),
  /** The language models to ask before the built-in reasoner (ModelSettings); none when it is not set. */
  KINTSUGI_MODELS: json(modelSettingsSchema).default(builtinAlone),
  /** Keys by provider. On a local cloud only: on AWS they are in the parameter store. */
  KINTSUGI_MODEL_KEYS: json(z.record(z.string(), z.string().min(1))).default({}),
  /** Set by a local cloud to its own address. */
  AWS_ENDPOINT_URL: z.url().optional(),
});
export type CommonEnvironment = z.infer<typeof commonEnvironmentSchema>;

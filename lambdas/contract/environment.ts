import { z } from 'zod';

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
  /** How many series one shard of detection holds at most. */
  KINTSUGI_SERIES_IN_SHARD: positiveInteger,
  KINTSUGI_FLEET_STEP_SECONDS: positiveInteger,
  /** A scheduled function loops until this many seconds after its start; 0 makes one pass. */
  KINTSUGI_LOOP_SECONDS: z.coerce.number().int().min(0),
  /** Names the bundle that runs; another name means other code. */
  KINTSUGI_CODE_VERSION: z.string().min(1),
  KINTSUGI_STATE_MACHINE_ARN: z.string().min(1),
  KINTSUGI_TOPIC_ARN: z.string().min(1),
  /** `builtin`, or `gemini` with a key; `builtin` always stands behind it. */
  KINTSUGI_MODEL_PROVIDER: z.enum(['builtin', 'gemini']).default('builtin'),
  KINTSUGI_GEMINI_MODEL: z.string().min(1).default('gemini-2.5-flash'),
  /** Name of the SSM SecureString with the key, on AWS. */
  KINTSUGI_GEMINI_KEY_PARAMETER: z.string().min(1).optional(),
  /** The key itself, locally. */
  GEMINI_API_KEY: z.string().min(1).optional(),
  /** Another address of the Gemini API, such as a local model server. */
  KINTSUGI_GEMINI_BASE_URL: z.url().optional(),
  /** Set by a local cloud to its own address. */
  AWS_ENDPOINT_URL: z.url().optional(),
});
export type CommonEnvironment = z.infer<typeof commonEnvironmentSchema>;

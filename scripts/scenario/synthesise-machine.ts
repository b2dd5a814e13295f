import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { z } from 'zod';
import { KintsugiStack } from '../../lib/kintsugi-stack.ts';
import { readSettings } from '../../lib/settings.ts';

const definitionSchema = z.object({
  StartAt: z.string(),
  States: z.record(z.string(), z.looseObject({ Type: z.string() })),
});
/** A state machine in Amazon States Language, as the stack holds it. */
export type MachineDefinition = z.infer<typeof definitionSchema>;

const resourceSchema = z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).optional() });
const textSchema = z.union([z.string(), z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) })]);

/**
 * The definition that would be deployed, out of the real stack, with the code
 * bundles left out. References to functions are put in as deployment would, so
 * that each state calls what it would call there.
 */
export const synthesiseMachine = (scanIntervalSeconds: number): MachineDefinition => {
  const outdir = mkdtempSync(join(tmpdir(), 'kintsugi-synth-'));
  try {
    const app = new App({ outdir, context: { 'aws:cdk:bundling-stacks': [] }, analyticsReporting: false });
    const settings = readSettings({ context: () => undefined, environment: {} });
    const stack = new KintsugiStack(app, 'scenario', { ...settings, scanIntervalSeconds });
    const { Resources } = z
      .object({ Resources: z.record(z.string(), resourceSchema) })
      .parse(app.synth().getStackByName(stack.stackName).template);
    const machine = Object.values(Resources).find(({ Type }) => Type === 'AWS::StepFunctions::StateMachine');
    const text = plainText(
      machine?.Properties?.['DefinitionString'],
      (id) => Resources[id]?.Properties?.['FunctionName'],
    );
    return definitionSchema.parse(JSON.parse(text));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

type NameOf = (logicalId: string) => unknown;

const plainText = (value: unknown, nameOf: NameOf): string => {
  const text = textSchema.parse(value);
  if (typeof text === 'string') return text;
  const [separator, parts] = text['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : resolve(part, nameOf))).join(separator);
};

const referenceSchema = z.union([
  z.object({ Ref: z.literal('AWS::Partition') }),
  z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
]);

/** What deployment would put in: the partition, or the ARN of a function by its name. */
const resolve = (part: unknown, nameOf: NameOf): string => {
  const reference = referenceSchema.parse(part);
  if ('Ref' in reference) return 'aws';
  const name = z.string().parse(nameOf(reference['Fn::GetAtt'][0]));
  return `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
};

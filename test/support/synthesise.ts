import { App, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { KintsugiStack } from '../../lib/kintsugi-stack.ts';
import { readSettings } from '../../lib/settings.ts';

export type Place = 'aws' | 'local';

export type Synthesised = {
  readonly template: Template;
  /** What cdk-nag says against it; empty when it is clean. */
  readonly findings: string;
};

/** The stack as it would be deployed, without bundling. */
export function synthesise(place: Place, context: Readonly<Record<string, unknown>> = {}): Synthesised {
  const environment = place === 'local' ? { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' } : {};
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] }, analyticsReporting: false });
  const stack = new KintsugiStack(app, 'kintsugi', readSettings({ context: (name) => context[name], environment }));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  let findings = '';
  try {
    app.synth();
  } catch (error) {
    findings = error instanceof Error ? error.message : String(error);
  }
  return { template: Template.fromStack(stack), findings };
}

import { App, Stack, Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { synthesise } from '../support/synthesise.ts';

describe('AwsSolutions of cdk-nag', () => {
  it.each(['aws', 'local'] as const)('find nothing in the stack for %s', (place) => {
    expect(synthesise(place, { fleet: true }).findings).toBe('');
  });

  it('find nothing in the stack without the fleet and with models that need keys and rights', () => {
    expect(synthesise('aws', { fleet: false, modelChain: 'gemini, openai, bedrock' }).findings).toBe('');
  });

  it('would find something', () => {
    const app = new App();
    new Queue(new Stack(app, 'probe'), 'queue');
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).toThrow();
  });
});

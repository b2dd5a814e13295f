import { describe, expect, it } from 'vitest';
import { readSettings } from '../../lib/settings.ts';

const read = (context: Record<string, unknown> = {}, environment: Record<string, string> = {}) =>
  readSettings({ context: (name) => context[name], environment });
const local = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' };

describe('settings', () => {
  it('are those of AWS when nothing says otherwise', () => {
    expect(read()).toMatchObject({
      stage: 'kintsugi',
      local: false,
      fleet: false,
      scanIntervalSeconds: 60,
      fleetStepSeconds: 60,
      loopSeconds: 0,
      logRetentionDays: 30,
      removalPolicy: 'retain',
    });
  });

  it.each([
    'http://127.0.0.1:4566',
    'http://localhost:4566',
    'https://localhost.localstack.cloud:4566',
    'http://[::1]:1',
  ])('are local ones when the deployment goes to %s', (AWS_ENDPOINT_URL) => {
    expect(read({}, { AWS_ENDPOINT_URL })).toMatchObject({ local: true, fleet: true, scanIntervalSeconds: 5 });
  });

  it('are not local for an address elsewhere', () => {
    expect(read({}, { AWS_ENDPOINT_URL: 'https://vpce.example.com' })).toMatchObject({ local: false, fleet: false });
  });

  it('are what the context says, typed or as text', () => {
    const context = { fleet: 'false', scanIntervalSeconds: '10', fleetStepSeconds: 10, logRetentionDays: '14' };
    expect(read(context, local)).toMatchObject({
      fleet: false,
      scanIntervalSeconds: 10,
      fleetStepSeconds: 10,
      logRetentionDays: 14,
    });
  });

  it('name each context value that is wrong', () => {
    expect(() => read({ stage: 'Über', logRetentionDays: 31, removalPolicy: 'keep' })).toThrow(
      /context stage: .*\ncontext logRetentionDays: .*\ncontext removalPolicy: /,
    );
  });

  it('take a key from the environment locally, and never on AWS', () => {
    const environment = { GEMINI_API_KEY: 'secret' };
    expect(read({}, { ...local, ...environment }).model).toMatchObject({ provider: 'gemini', geminiKey: 'secret' });
    expect(read({}, environment).model.geminiKey).toBeUndefined();
  });
});

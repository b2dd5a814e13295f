import { describe, expect, it } from 'vitest';
import { cloudTarget } from '../../../../scripts/cloud/guard.ts';
import { sdkSettings } from '../../../../scripts/cloud/sdk-settings.ts';
import { UserError } from '../../../../scripts/user-error.ts';

describe('the guard', () => {
  it('takes the local cloud when nothing is set', () => {
    expect(cloudTarget({}, {})).toEqual({ kind: 'local', endpoint: 'http://127.0.0.1:4566' });
  });

  it.each([
    [{ KINTSUGI_PORT: '4570' }, 'http://127.0.0.1:4570'],
    [{ AWS_ENDPOINT_URL: 'http://localhost:4571' }, 'http://localhost:4571'],
    [
      { KINTSUGI_ENDPOINT: 'http://127.0.0.1:4572', AWS_ENDPOINT_URL: 'http://localhost:4571' },
      'http://127.0.0.1:4572',
    ],
  ])('takes the address that is set: %o', (environment, endpoint) => {
    expect(cloudTarget({}, environment)).toEqual({ kind: 'local', endpoint });
  });

  it.each([
    [{ AWS_REGION: 'eu-central-1' }, /AWS_REGION is eu-central-1/],
    [{ AWS_DEFAULT_REGION: 'eu-central-1' }, /AWS_DEFAULT_REGION is eu-central-1/],
    [{ AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' }, /AWS_ACCESS_KEY_ID is set to a key of your own/],
    [{ AWS_SESSION_TOKEN: 'a token' }, /AWS_SESSION_TOKEN is set/],
    [{ AWS_PROFILE: 'work' }, /AWS_PROFILE is work/],
    [{ AWS_ENDPOINT_URL: 'https://dynamodb.us-east-1.amazonaws.com' }, /is not on this machine/],
    [{ AWS_ENDPOINT_URL: 'here' }, /is not a URL/],
    [{ KINTSUGI_PORT: 'many' }, /KINTSUGI_PORT is 'many'/],
  ])('refuses, in one line, what is not the local cloud: %o', (environment, reason) => {
    const refused = refusal(environment);

    expect(refused).toMatch(reason);
    expect(refused).not.toContain('\n');
  });

  it('shows no credential', () => {
    expect(refusal({ AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' })).not.toContain('AKIAEXAMPLE');
  });

  it('takes AWS only when asked to, and then leaves the SDK its own way', () => {
    const target = cloudTarget({ aws: true }, { AWS_PROFILE: 'work', AWS_REGION: 'eu-central-1' });

    expect(target).toEqual({ kind: 'aws' });
    expect(sdkSettings(target)).toEqual({});
  });

  it('refuses AWS and an endpoint together', () => {
    expect(() => cloudTarget({ aws: true, endpoint: 'http://127.0.0.1:4566' }, {})).toThrow(/exclude each other/);
  });
});

function refusal(environment: Record<string, string>): string {
  try {
    cloudTarget({}, environment);
  } catch (error) {
    if (error instanceof UserError) return error.message;
  }
  throw new Error('it was not refused');
}

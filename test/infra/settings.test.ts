import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    'http://localstack:4566',
    'http://host.docker.internal:4566',
  ])('are local ones when the deployment goes to %s', (AWS_ENDPOINT_URL) => {
    expect(read({}, { AWS_ENDPOINT_URL })).toMatchObject({ local: true, fleet: true, scanIntervalSeconds: 5 });
  });

  it.each(['https://vpce.example.com', 'https://127.example.com'])(
    'are not local for an address elsewhere: %s',
    (AWS_ENDPOINT_URL) => {
      expect(read({}, { AWS_ENDPOINT_URL })).toMatchObject({ local: false, fleet: false });
    },
  );

  it('are what the context says, typed or as text', () => {
    const context = { fleet: 'false', scanIntervalSeconds: '10', fleetStepSeconds: 10, logRetentionDays: '14' };
    expect(read(context, local)).toMatchObject({
      fleet: false,
      scanIntervalSeconds: 10,
      fleetStepSeconds: 10,
      logRetentionDays: 14,
    });
  });

  it('take a scan interval that CloudWatch has a period of and detection judges by, and one more on a local cloud', () => {
    const interval = (scanIntervalSeconds: string, environment = {}) =>
      read({ scanIntervalSeconds }, environment).scanIntervalSeconds;
    for (const each of ['5', '10', '20', '30', '60', '120', '900']) expect(interval(each)).toBe(Number(each));
    expect(interval('15', local)).toBe(15);
    for (const each of ['0', '1', '7', '15', '45', '90', '960', '1800', '100000', '60.5', 'often']) {
      expect(() => interval(each), each).toThrow(/^context scanIntervalSeconds: .*$/);
    }
    expect(() => interval('1800')).toThrow(
      /^context scanIntervalSeconds: 5, 10, 20, 30 or a multiple of 60 up to 900$/,
    );
    expect(() => interval('45', local)).toThrow(/up to 900; 15 as well on a local cloud$/);
  });

  it('name each context value that is wrong', () => {
    expect(() => read({ stage: 'Über', logRetentionDays: 31, removalPolicy: 'keep' })).toThrow(
      /context stage: .*\ncontext logRetentionDays: .*\ncontext removalPolicy: /,
    );
  });

  it('take tags only beside a namespace of AWS, and say in one line what is wrong', () => {
    const watchNamespaces = 'Acme/Shop,AWS/Lambda';
    expect(read({ watchNamespaces, watchTags: 'team=pay' }).watch.tags).toBe('team=pay');
    expect(() => read({ watchNamespaces, watchTags: 'team' })).toThrow(/^context watchTags: Name=value with commas.*$/);
    for (const none of ['', 'Acme/Shop']) {
      expect(() => read({ watchNamespaces: none, watchTags: 'team=pay' })).toThrow(
        /^context watchTags: chooses among resources of AWS.*$/,
      );
    }
  });

  it('take limits from a file, and say in one line what is wrong with it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'limits-'));
    const file = (content: string) => {
      const path = join(folder, 'limits.yaml');
      writeFileSync(path, content);
      return path;
    };
    const limits = (content: string) => () => read({ watchLimits: file(content) }).watch.limits;
    expect(
      limits('- { namespace: AWS/Lambda, metric: ConcurrentExecutions, limit: 1000, unit: executions }')(),
    ).toEqual([
      { namespace: 'AWS/Lambda', metric: 'ConcurrentExecutions', dimensions: {}, limit: 1000, unit: 'executions' },
    ]);
    expect(limits('- { namespace: AWS/Lambda, metric: Errors, limit: -1 }')).toThrow(
      /^context watchLimits: .* 0.limit: .*$/,
    );
    expect(limits('- { namespace: A, metric: B, limit: 1, limt: 2 }')).toThrow(/limt/);
    expect(limits('- [')).toThrow(/^context watchLimits: .* cannot be read: .*$/);
    expect(() => read({ watchLimits: join(folder, 'none.yaml') })).toThrow(/^context watchLimits: .*ENOENT.*$/);
    rmSync(folder, { recursive: true });
  });

  it('take objectives from a file, one for each service', () => {
    const folder = mkdtempSync(join(tmpdir(), 'objectives-'));
    const path = join(folder, 'objectives.yaml');
    const objectives = (content: string) => {
      writeFileSync(path, content);
      return () => read({ watchObjectives: path }).watch.objectives;
    };
    expect(read().watch.objectives).toEqual([]);
    expect(objectives('- { service: payments, succeed: 99.5 }')()).toEqual([
      { service: 'payments', succeed: 99.5, days: 30 },
    ]);
    expect(objectives('- { service: payments, succeed: 100 }')).toThrow(/^context watchObjectives: .* 0.succeed: .*$/);
    expect(objectives('- { service: payments, succeed: 99, days: 3 }')).toThrow(/0.days/);
    const twice = '- { service: payments, succeed: 99 }\n- { service: payments, succeed: 95 }';
    expect(objectives(twice)).toThrow(/one objective/);
    rmSync(folder, { recursive: true });
  });

  it('take as many false alarms as the operator asks for, within what was measured', () => {
    expect(read().falseAlarmsPerMonth).toBe(1);
    expect(read({ falseAlarmsPerMonth: '0.3' }).falseAlarmsPerMonth).toBe(0.3);
    const environment = { KINTSUGI_FALSE_ALARMS_PER_MONTH: '3' };
    expect(read({}, environment).falseAlarmsPerMonth).toBe(3);
    expect(read({ falseAlarmsPerMonth: '0.3' }, environment).falseAlarmsPerMonth).toBe(0.3);
    for (const falseAlarmsPerMonth of ['0', '-1', '11', 'few', 'NaN', 'Infinity']) {
      expect(() => read({ falseAlarmsPerMonth })).toThrow(/^context falseAlarmsPerMonth: /);
    }
  });

  it('take keys from the environment locally, and never on AWS', () => {
    const environment = { GEMINI_API_KEY: 'secret', GROQ_API_KEY: 'other', OPENAI_API_KEY: 'not asked for' };
    const modelChain = 'gemini, openai:groq, builtin';
    expect(read({ modelChain }, { ...local, ...environment }).models.keys).toEqual({
      gemini: 'secret',
      'openai:groq': 'other',
    });
    expect(read({ modelChain }, environment).models.keys).toEqual({});
  });

  it('ask nobody but the built-in reasoner unless told to, or locally given a key for Gemini', () => {
    const names = (environment: Record<string, string>) =>
      read({}, environment).models.settings.providers.map(({ name }) => name);
    expect(names({ ...local, OPENAI_API_KEY: 'x' })).toEqual([]);
    expect(names({ ...local, GEMINI_API_KEY: 'x' })).toEqual(['gemini']);
    expect(names({ GEMINI_API_KEY: 'x' })).toEqual([]);
    expect(names({ KINTSUGI_MODEL_CHAIN: 'bedrock' })).toEqual(['bedrock']);
  });

  it.each([
    ['gemni, builtin', /there is no provider 'gemni'; known: gemini, .*builtin$/],
    ['gemini, gemini', /names gemini twice$/],
    ['builtin, gemini', /builtin can only be the last$/],
  ])('refuse the chain %s in one line', (modelChain, complaint) => {
    expect(() => read({ modelChain })).toThrow(complaint);
  });

  it('let a model server stand in for every provider, which then needs no key', () => {
    const { models } = read({ modelChain: 'gemini, openai:groq, bedrock', modelServer: 'http://127.0.0.1:4700/' });
    expect(models.settings.providers).toMatchObject([
      { name: 'gemini', baseUrl: 'http://127.0.0.1:4700', keyed: false },
      { name: 'openai:groq', baseUrl: 'http://127.0.0.1:4700/v1', keyed: false },
      { name: 'bedrock', baseUrl: 'http://127.0.0.1:4700', keyed: false },
    ]);
  });

  it.each(['localhost:4700', 'ftp://127.0.0.1:4700'])('refuse the model server %s in one line', (modelServer) => {
    expect(() => read({ modelChain: 'gemini', modelServer })).toThrow(/^context modelServer: .*$/);
  });
});

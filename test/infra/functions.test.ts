import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commonEnvironmentSchema } from '../../lambdas/contract/environment.ts';
import { modelSettingsSchema } from '../../lambdas/contract/model-settings.ts';
import { functionNames, resourceNames } from '../../lambdas/contract/stage.ts';
import { synthesise } from '../support/synthesise.ts';
import { functionsOf, rightsOf, type Statement, tableId } from '../support/template.ts';

const { template } = synthesise('aws', { fleet: true });
const rights = rightsOf(template);
const nameOf = (name: (typeof functionNames)[number]) => resourceNames('kintsugi').function(name);
const touches = (statement: Statement, text: string) => JSON.stringify(statement.Resource).includes(text);
const actionsOn = (name: string, text: string) =>
  (rights.get(name) ?? []).filter((statement) => touches(statement, text)).flatMap(({ Action }) => Action);

describe('functions', () => {
  it('are those of the contract, by name', () => {
    const names = functionsOf(template).map(({ FunctionName }) => FunctionName);
    expect(names.sort()).toEqual(functionNames.map(nameOf).sort());
  });

  it('have a log group of their own that forgets', () => {
    const groups = template.findResources('AWS::Logs::LogGroup');
    for (const { FunctionName, LoggingConfig } of functionsOf(template)) {
      expect(groups[LoggingConfig.LogGroup.Ref]?.['Properties']).toMatchObject({
        LogGroupName: `/aws/lambda/${FunctionName}`,
        RetentionInDays: 30,
      });
    }
  });

  it('have time limits', () => {
    for (const { Timeout } of functionsOf(template)) expect(Timeout).toBeLessThanOrEqual(300);
  });

  it('are given an environment that they can parse', () => {
    for (const { Environment } of functionsOf(template)) {
      const variables = Object.entries(Environment.Variables).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : 'known when deployed',
      ]);
      expect(commonEnvironmentSchema.safeParse(Object.fromEntries(variables)).error).toBeUndefined();
    }
  });
});

describe('the control surface', () => {
  const withoutFleet = synthesise('aws').template;
  const controls = (made: typeof template) =>
    new Set(functionsOf(made).map(({ Environment }) => Environment.Variables['KINTSUGI_CONTROL_FUNCTION']));

  it('is the function of the shop where the shop is, and else none', () => {
    expect(controls(template)).toEqual(new Set([nameOf('operate-fleet')]));
    expect(controls(withoutFleet)).toEqual(new Set([undefined]));
  });

  it.each([
    ['with', template],
    ['without', withoutFleet],
  ])('is invoked, as all are, only where it exists: %s the shop', (_, made) => {
    const existing = functionsOf(made).map(({ FunctionName }) => FunctionName);
    const invoked = [...rightsOf(made).values()]
      .flat()
      .filter(({ Action }) => Action.includes('lambda:InvokeFunction'))
      .flatMap(({ Resource }) => JSON.stringify(Resource).match(/kintsugi-[a-z-]+/g));
    expect(invoked).not.toEqual([]);
    expect(existing).toEqual(expect.arrayContaining(invoked));
  });

  it('is made up for by the names of the metrics, for all who ask what there is', () => {
    for (const name of ['detect-anomalies', 'gather-evidence', 'decide', 'act', 'verify'] as const) {
      const actions = (rightsOf(withoutFleet).get(nameOf(name)) ?? []).flatMap(({ Action }) => Action);
      expect(actions).toContain('cloudwatch:ListMetrics');
    }
  });
});

describe('the right to look for tags', () => {
  const mayLook = (made: typeof template) =>
    [...rightsOf(made)].filter(([, statements]) =>
      statements.some(({ Action }) => Action.includes('tag:GetResources')),
    );

  it('is given where tags choose what is watched, to those who list that, and else to nobody', () => {
    expect(mayLook(template)).toEqual([]);
    const tagged = { watchNamespaces: 'AWS/Lambda', watchTags: 'team=pay' };
    const lookers = (fleet: boolean) => {
      const made = synthesise('aws', { ...tagged, fleet });
      expect(made.findings).toBe('');
      return mayLook(made.template).map(([name]) => name);
    };
    const listing = ['detect-anomalies', 'gather-evidence'] as const;
    expect(lookers(true).sort()).toEqual(listing.map(nameOf));
    const describing = ['act', 'decide', 'verify'] as const;
    expect(lookers(false).sort()).toEqual([...listing, ...describing].map(nameOf).sort());
  });
});

describe('functions that ask models', () => {
  const asking = synthesise('aws', { modelChain: 'gemini, openai:groq, bedrock, builtin' });
  const statements = [...rightsOf(asking.template)];
  const withAction = (action: string) =>
    statements.filter(([, all]) => all.some(({ Action }) => Action.includes(action)));
  const resourcesOf = (action: string) =>
    new Set(
      withAction(action).flatMap(([, all]) =>
        all.filter(({ Action }) => Action.includes(action)).map(({ Resource }) => JSON.stringify(Resource)),
      ),
    );

  it('know objectives only where budgets are foretold, and where some are declared', () => {
    const knowing = ({ template: of }: ReturnType<typeof synthesise>) =>
      functionsOf(of).filter(({ Environment }) => 'KINTSUGI_WATCH_OBJECTIVES' in Environment.Variables);
    expect(knowing(asking)).toEqual([]);
    const folder = mkdtempSync(join(tmpdir(), 'objectives-'));
    const watchObjectives = join(folder, 'objectives.yaml');
    writeFileSync(watchObjectives, '- { service: payments, succeed: 99.5 }');
    const declared = knowing(synthesise('aws', { watchObjectives }));
    expect(declared.map(({ FunctionName }) => FunctionName)).toEqual([nameOf('detect-anomalies')]);
    const variables = declared[0]?.Environment.Variables['KINTSUGI_WATCH_OBJECTIVES'];
    expect(JSON.parse(String(variables))).toEqual([{ service: 'payments', succeed: 99.5, days: 30 }]);
    rmSync(folder, { recursive: true });
  });

  it('hold no key of a model on AWS', () => {
    const variables = functionsOf(asking.template).flatMap(({ Environment }) => Object.keys(Environment.Variables));
    expect(variables).toContain('KINTSUGI_MODELS');
    expect(variables).not.toContain('KINTSUGI_MODEL_KEYS');
  });

  it('may read the keys of the chain and no other', () => {
    expect(
      withAction('ssm:GetParameter')
        .map(([name]) => name)
        .sort(),
    ).toEqual(['kintsugi-diagnose', 'kintsugi-plan']);
    const resources = [...resourcesOf('ssm:GetParameter')];
    expect(resources).toHaveLength(2);
    expect(resources.join()).toMatch(/parameter\/kintsugi\/keys\/gemini"/);
    expect(resources.join()).toMatch(/parameter\/kintsugi\/keys\/openai-groq"/);
  });

  it('may invoke the models of the chain on Bedrock and no other', () => {
    expect(
      withAction('bedrock:InvokeModel')
        .map(([name]) => name)
        .sort(),
    ).toEqual(['kintsugi-diagnose', 'kintsugi-plan']);
    const resources = [...resourcesOf('bedrock:InvokeModel')].join();
    expect(resources).toContain(':inference-profile/us.amazon.nova-pro-v1:0');
    expect(resources).toContain('foundation-model/amazon.nova-pro-v1:0');
    expect(resources).not.toMatch(/foundation-model\/\*|inference-profile\/\*/);
  });

  it('may do none of that where the built-in reasoner is alone', () => {
    const actions = [...rights.values()].flat().flatMap(({ Action }) => Action);
    expect(actions.filter((action) => /^(ssm|bedrock):/.test(action))).toEqual([]);
  });

  it('are given settings that they can parse', () => {
    for (const { Environment } of functionsOf(asking.template)) {
      const { KINTSUGI_MODELS: models } = Environment.Variables;
      if (models === undefined) continue;
      expect(typeof models === 'string' && modelSettingsSchema.parse(JSON.parse(models)).providers).toHaveLength(3);
    }
  });
});

describe('least privilege', () => {
  const workload = ['simulate-fleet', 'inject-fault', 'operate-fleet'] as const;
  const responder = functionNames.filter((name) => !workload.some((other) => other === name));

  it('lets only the simulation and the injector at the faults', () => {
    const faults = tableId(template, 'kintsugi-faults');
    const able = functionNames.filter((name) => actionsOn(nameOf(name), faults).length > 0);
    expect(able.sort()).toEqual(['inject-fault', 'simulate-fleet']);
  });

  it('keeps the responder out of the world it watches', () => {
    const fleet = tableId(template, 'kintsugi-fleet');
    for (const name of responder) expect(actionsOn(nameOf(name), fleet)).toEqual([]);
  });

  it('keeps the watched world out of the records', () => {
    for (const name of workload) {
      for (const table of ['incidents', 'agent-decisions', 'remediations', 'llm-actions', 'audit', 'state']) {
        expect(actionsOn(nameOf(name), tableId(template, `kintsugi-${table}`))).toEqual([]);
      }
    }
  });

  it('lets nobody change or delete an audit line, or scan a table', () => {
    const audit = tableId(template, 'kintsugi-audit');
    for (const name of functionNames) {
      const actions = actionsOn(nameOf(name), audit);
      expect(actions.filter((action) => /Update|Delete|Batch|\*/.test(action))).toEqual([]);
      expect((rights.get(nameOf(name)) ?? []).flatMap(({ Action }) => Action)).not.toContain('dynamodb:Scan');
    }
  });

  it('lets what decides at no lease: rows of incidents say what runs and what cools down', () => {
    expect(actionsOn(nameOf('decide'), tableId(template, 'kintsugi-state'))).toEqual([]);
  });

  it('lets only those move an incident that do', () => {
    const audit = tableId(template, 'kintsugi-audit');
    const able = functionNames.filter((name) => actionsOn(nameOf(name), audit).includes('dynamodb:PutItem'));
    const movers = ['detect-anomalies', 'gather-evidence', 'decide', 'act', 'verify', 'close', 'escalate'];
    expect(able.sort()).toEqual(movers.sort());
  });

  it('lets only those write what incidents rest on that do, and the others no more than that people were told', () => {
    const writing = (path: string) =>
      functionNames
        .filter((name) =>
          (rights.get(nameOf(name)) ?? []).some(
            ({ Action, Resource }) =>
              Action.includes('s3:PutObject') && Resource.some((one) => JSON.stringify(one).includes(`/${path}"`)),
          ),
        )
        .sort();
    expect(writing('incidents/*')).toEqual(['detect-anomalies', 'diagnose', 'gather-evidence', 'plan']);
    expect(writing('incidents/*/told/*.json')).toEqual(['ask-person', 'detect-anomalies', 'escalate']);
  });

  it('gives no action a wildcard, and a whole-account resource only to calls that take none', () => {
    const withoutResource = [
      'cloudwatch:GetMetricData',
      'cloudwatch:ListMetrics',
      'cloudwatch:PutMetricData',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ];
    for (const statement of [...rights.values()].flat()) {
      for (const action of statement.Action) expect(action).not.toContain('*');
      if (statement.Resource.includes('*')) expect(withoutResource).toEqual(expect.arrayContaining(statement.Action));
    }
  });

  it('lets only those act on the target that have to, and only those write metrics that are the shop', () => {
    const actionOf = (action: string) =>
      functionNames.filter((name) => (rights.get(nameOf(name)) ?? []).some(({ Action }) => Action.includes(action)));
    expect(actionOf('cloudwatch:PutMetricData')).toEqual(['simulate-fleet']);
    expect(actionOf('lambda:InvokeFunction').sort()).toEqual(
      ['act', 'close', 'decide', 'detect-anomalies', 'gather-evidence', 'undo', 'verify'].sort(),
    );
    const scanShard = [...(rights.get(nameOf('scan-shard')) ?? [])].flatMap(({ Action }) => Action);
    expect([...new Set(scanShard)].filter((action) => !/^(logs|xray):/.test(action)).sort()).toEqual([
      'cloudwatch:GetMetricData',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
    ]);
    expect(actionOf('cloudwatch:ListMetrics').sort()).toEqual(['detect-anomalies', 'gather-evidence']);
    expect(actionOf('logs:FilterLogEvents')).toEqual(['detect-anomalies', 'gather-evidence']);
    expect(actionOf('states:StartExecution')).toEqual(['detect-anomalies']);
  });
});

import { describe, expect, it } from 'vitest';
import { scheduledFunctions } from '../../../../scripts/cloud/scheduled-functions.ts';

const rule = (id: string, schedule: Record<string, string> = { ScheduleExpression: 'rate(1 minute)' }) => ({
  Type: 'AWS::Events::Rule',
  Properties: { ...schedule, Targets: [{ Arn: { 'Fn::GetAtt': [id, 'Arn'] }, Id: 'Target0' }] },
});

describe('the scheduled functions of a template', () => {
  it('are the targets of its schedules, each once, by their physical names', () => {
    const template = {
      Resources: {
        Scan: { Type: 'AWS::Lambda::Function' },
        Fleet: { Type: 'AWS::Lambda::Function' },
        Alias: { Type: 'AWS::Lambda::Alias' },
        Machine: { Type: 'AWS::StepFunctions::StateMachine' },
        EveryMinute: rule('Scan'),
        Again: rule('Scan'),
        ByAlias: {
          ...rule('Alias'),
          Properties: { ScheduleExpression: 'rate(1 minute)', Targets: [{ Arn: { Ref: 'Alias' } }] },
        },
        OfAMachine: rule('Machine'),
        OnEvent: rule('Fleet', { EventPattern: 'x' }),
      },
    };
    const physicalIds = new Map([
      ['Scan', 'kintsugi-scan'],
      ['Fleet', 'kintsugi-fleet'],
      ['Alias', 'arn:alias'],
    ]);

    expect(scheduledFunctions({ template, physicalIds })).toEqual(['kintsugi-scan', 'arn:alias']);
  });

  it('are none in a template without a schedule', () => {
    expect(scheduledFunctions({ template: { Resources: {} }, physicalIds: new Map() })).toEqual([]);
  });
});

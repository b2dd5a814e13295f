import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, inject, it } from 'vitest';
import { stepFunctionsOrchestrator } from '../../lambdas/adapters/aws/step-functions-orchestrator.ts';
import { systemClock } from '../../lambdas/adapters/aws/system-clock.ts';
import { ulidIds } from '../../lambdas/adapters/aws/ulid-ids.ts';
import { AwsCloud } from '../support/aws-cloud.ts';

const { stage } = new AwsCloud(inject('endpoint'));
const ids = ulidIds(systemClock);
const client = new SFNClient({
  endpoint: inject('endpoint'),
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** A machine that waits for a while, or ends at once. */
const machine = async (name: string, seconds: number) => {
  const definition = JSON.stringify({
    StartAt: 'Wait',
    States: { Wait: { Type: 'Wait', Seconds: seconds, Next: 'End' }, End: { Type: 'Succeed' } },
  });
  const roleArn = 'arn:aws:iam::000000000000:role/any';
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({ name: `${stage}-${name}`, definition, roleArn }),
  );
  if (stateMachineArn === undefined) throw new Error('no machine was made');
  return stepFunctionsOrchestrator(client, stateMachineArn);
};

describe('the orchestrator', () => {
  it('starts one execution an incident, however often it is asked', async () => {
    const orchestrator = await machine('waits', 60);
    const id = ids.incident();
    expect(await orchestrator.status(id)).toBe('none');
    await orchestrator.start(id);
    await orchestrator.start(id);
    expect(await orchestrator.status(id)).toBe('running');
  });

  it('says when an execution has ended, and does not start it again', async () => {
    const orchestrator = await machine('ends', 0);
    const id = ids.incident();
    await orchestrator.start(id);
    await expect.poll(() => orchestrator.status(id), { timeout: 10_000 }).toBe('ended');
    await orchestrator.start(id);
    expect(await orchestrator.status(id)).toBe('ended');
  });

  it('cannot answer a task that is not waiting', async () => {
    const orchestrator = await machine('asks', 0);
    expect(await orchestrator.answer('a token of nobody', { answer: 'yes', by: 'somebody' })).toBe(false);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { freePort } from '../../../../scripts/cloud/free-port.ts';
import { loadCommand } from '../../../../scripts/load-command.ts';
import { UserError } from '../../../../scripts/user-error.ts';

const onAStack = [
  'incidents',
  'incident last',
  'approvals',
  'approve last',
  'reject last',
  'done last',
  'fleet --once',
  'tables audit',
  'logs diagnose',
  'inject cpu',
  'inject clear',
  'bench:loop',
  'soak',
];

const run = async (args: readonly string[]): Promise<void> => {
  const [verb = ''] = args;
  await (await loadCommand(verb)).parseAsync([...args], { from: 'user' });
};

describe.each(onAStack)('%s', (line) => {
  const args = line.split(' ');

  it('answers with JSON on request, on a stage and at an endpoint', async () => {
    const program = await loadCommand(args[0] ?? '');
    const flags = program.commands.flatMap((command) => command.options.map((option) => option.long));
    expect(flags).toEqual(expect.arrayContaining(['--stage', '--endpoint', '--aws', '--json']));
  });

  it('refuses a place that is not this machine, and settings of a real account', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_PROFILE', undefined);
    const elsewhere = [...args, '--endpoint', 'https://dynamodb.eu-west-1.amazonaws.com'];
    await expect(run(elsewhere)).rejects.toThrow('not on this machine');
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    await expect(run(args)).rejects.toThrow('AWS_REGION is eu-west-1');
  });

  it('says in one line that no cloud answers', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_PROFILE', undefined);
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const running = run([...args, '--endpoint', endpoint]);
    await expect(running).rejects.toThrow(`No cloud answers at ${endpoint}: start one with \`npm run up\``);
    await expect(running).rejects.toBeInstanceOf(UserError);
  });
});

describe('bad input', () => {
  it.each([
    [['incidents', '--state', 'odd'], /Known: open, diagnosing/],
    [['incidents', '--limit', '0'], /1 to 500/],
    [['tables', 'odd'], /Known: incidents, agent-decisions/],
    [['logs', 'odd'], /Known: simulate-fleet/],
    [['logs', 'diagnose', '--since', 'noon'], /90s, 10m, 2h or 7d/],
    [['soak', '--hours', 'many'], /--hours/],
    [['bench:loop', '--quiet', '-1'], /--quiet/],
    [['start', '--seed', 'one'], /--seed/],
    [['maintenance', '--to', '2030-02-31T10:00:00Z'], /--to is '2030-02-31T10:00:00Z'/],
    [['maintenance', '--from', '2030-04-31T10:00+02:00', '--to', '2030-05-02T10:00Z'], /--from is/],
    [
      ['cost', '--interval', '1800'],
      /--interval is '1800': it may be 5, 10, 20, 30 or a multiple of 60 up to 900 seconds/,
    ],
    [['bench:alarms', '--step', '298'], /--step is '298': it may be a multiple of 5 from 5 to 300/],
    [['bench:forecast', '--step', '7', '--quiet-days', '0'], /--step is '7': it may be a multiple of 5 from 5 to 60/],
    [['bench:nab', '--corpus', '.', '--detector', 'toString'], /no detector 'toString'; there are surprise/],
    [['inject', 'clear', '--service', 'odd'], /Known: edge-gateway/],
    [['incidents', '--odd'], /unknown option/],
  ])('%j is refused in one line', async (args, complaint) => {
    const running = run(args);
    await expect(running).rejects.toThrow(complaint);
    await expect(running).rejects.toBeInstanceOf(UserError);
  });
});

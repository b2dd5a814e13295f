import { expect, it } from 'vitest';
import { createScreen } from '../../../../scripts/view/screen.ts';
import { runStep } from '../../../../scripts/view/steps.ts';

const screenOf = (isTTY: boolean) => {
  const written: string[] = [];
  const screen = createScreen({ isTTY, write: (text: string) => written.push(text) }, { NO_COLOR: '1' });
  return { screen, written };
};

it('says what it does, then that it is done and how long it took', async () => {
  const { screen, written } = screenOf(false);
  const result = await runStep(
    screen,
    'cloud',
    async (say) => {
      say('starting');
      say('starting');
      return 4566;
    },
    (port) => `up on ${port}`,
  );
  expect(result).toBe(4566);
  expect(written).toHaveLength(2);
  expect(written[0]).toBe('  · cloud      starting\n');
  expect(written[1]).toMatch(/^ {2}✓ cloud {6}up on 4566 \d+ ms\n$/);
});

it('marks a failed step and passes the failure on', async () => {
  const { screen, written } = screenOf(true);
  const failing = runStep(screen, 'deploy', () => Promise.reject(new Error('no')), String);
  await expect(failing).rejects.toThrow('no');
  expect(written.join('')).toContain('✗ deploy');
});

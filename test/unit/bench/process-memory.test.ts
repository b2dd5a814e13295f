import { expect, it } from 'vitest';
import { memoryOf, readProcessMemory } from '../../../bench/soak/process-memory.ts';

const listing = `
   10     1   1000
   11    10    200
   12    11     30
   99     1   5000
`;

it('adds up everything that a process started, and nothing else', () => {
  expect(memoryOf(listing, 10)).toEqual({ own: 1000 * 1024, started: 230 * 1024 });
  expect(memoryOf(listing, 12)).toEqual({ own: 30 * 1024, started: 0 });
  expect(memoryOf(listing, 13)).toBeNull();
});

it('finds this very process', async () => {
  const memory = await readProcessMemory(process.pid);
  expect(memory?.own).toBeGreaterThan(10_000_000);
});

import { defineConfig } from 'vitest/config';

// The emulator-backed projects start one embedded cloud each, before their first test and only when they have one.
const emulator = './test/support/emulator-setup.ts';

export default defineConfig({
  test: {
    environment: 'node',
    restoreMocks: true,
    unstubEnvs: true,
    coverage: { provider: 'v8', include: ['lambdas/**', 'lib/**', 'scripts/**'] },
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      { extends: true, test: { name: 'infra', include: ['test/infra/**/*.test.ts'], testTimeout: 60_000 } },
      {
        extends: true,
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          globalSetup: [emulator],
          testTimeout: 30_000,
        },
      },
      { extends: true, test: { name: 'scenarios', include: ['test/scenarios/**/*.test.ts'], testTimeout: 120_000 } },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['./test/support/deployed-stack-setup.ts'],
          testTimeout: 600_000,
          hookTimeout: 300_000,
          // One cloud with one stack: its tests take turns.
          fileParallelism: false,
        },
      },
    ],
  },
});

import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { embeddedEnvironment } from '../../../../scripts/cloud/embedded-environment.ts';

it("keeps Node's warning of the emulator's own url.parse() out of the logs of functions, and no other", () => {
  const env = embeddedEnvironment({
    port: 4599,
    stateDir: '/nowhere',
    persist: false,
    packages: '',
    ownerPid: undefined,
    edition: 'test',
  });
  const warningsOf = (code: string) => spawnSync(process.execPath, ['-e', code], { env, encoding: 'utf8' }).stderr;
  expect(warningsOf("require('url').parse('http://127.0.0.1:4599')")).toBe('');
  expect(warningsOf("process.emitWarning('old', 'DeprecationWarning', 'DEP9999')")).toContain('DEP9999');
});

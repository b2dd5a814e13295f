import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { synthesise } from '../support/synthesise.ts';
import { functionsOf } from '../support/template.ts';

const watchNamespaces = 'AWS/Lambda';
const tags = (count: number) =>
  Array.from({ length: count }, (_, index) => `tag-${index + 10}=${'v'.repeat(93)}`).join(',');

/** Bytes of the largest environment, names and ARNs that are known later counted as the longest there can be. */
const largest = (context: Readonly<Record<string, unknown>>): number =>
  Math.max(
    ...functionsOf(synthesise('aws', context).template).map(({ Environment }) => {
      const variables = Object.entries(Environment.Variables);
      const deployed = variables.map(([name, value]) => [name, typeof value === 'string' ? value : 'x'.repeat(128)]);
      return Buffer.byteLength(JSON.stringify(Object.fromEntries(deployed)));
    }),
  );

describe('the environment of functions', () => {
  it('takes as many tags as AWS has room for, and says in one line that there are more', () => {
    const most = largest({ watchNamespaces, watchTags: tags(29) });
    expect(most).toBeLessThanOrEqual(4096);
    expect(most).toBeGreaterThan(3900);
    expect(() => synthesise('aws', { watchNamespaces, watchTags: tags(31) })).toThrow(
      /^context watchTags \(3132 bytes\), modelChain \(\d+ bytes\), watchNamespaces \(12 bytes\): too long, as the environment of kintsugi-diagnose comes to \d+ bytes and AWS gives it 4096$/,
    );
  });

  it.each([
    ['watchNamespaces', Array.from({ length: 20 }, (_, index) => `Acme/${'N'.repeat(200)}${index}`).join(',')],
    ['watchDimensions', `Team=${'p'.repeat(4000)}`],
    ['modelChain', 'gemini, openai, openai:groq, openai:nvidia, openai:gemini, openai:anthropic, bedrock, builtin'],
  ])('has no room for a %s of any length', (name, value) => {
    expect(() => synthesise('aws', { [name]: value })).toThrow(new RegExp(`^context ${name} \\(\\d+ bytes\\).*$`));
  });

  it('counts what JSON and other alphabets make of it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'limits-'));
    const watchLimits = join(folder, 'limits.yaml');
    const limit = (index: number) => `- { namespace: ${'é'.repeat(60)}, metric: M${index}, limit: 1 }`;
    writeFileSync(watchLimits, Array.from({ length: 20 }, (_, index) => limit(index)).join('\n'));
    expect(() => synthesise('aws', { watchLimits })).toThrow(/^context watchLimits \(\d+ bytes\).*$/);
    rmSync(folder, { recursive: true });
  });
});

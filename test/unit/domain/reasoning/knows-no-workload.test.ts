import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultSets, loadFaultSet } from '../../../../bench/reasoning/fault-sets.ts';
import { serviceNames } from '../../../../lambdas/workload/physics/services.ts';

const textsIn = (folder: string): string =>
  readdirSync(new URL(`../../../../${folder}/`, import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(`../../../../${folder}/${name}`, import.meta.url), 'utf8'))
    .join('\n');

const reasoning = textsIn('lambdas/domain/reasoning');
const wording = readFileSync(new URL('../../../../lambdas/workload/physics/log-wording.ts', import.meta.url), 'utf8');

/** Runs of three words or more in the quoted texts of the simulated programs' log lines. */
const phrases = [...wording.matchAll(/'([^'\n]{12,})'|`([^`\n]{12,})`/g)]
  .flatMap(([, quoted, template]) => (quoted ?? template ?? '').split(/\$\{[^}]*\}|["“”]/))
  .map((part) => part.trim())
  .filter((part) => part.split(/\s+/).length >= 3);

describe('the built-in reasoner', () => {
  it('looks where it should', () => {
    expect(reasoning.length).toBeGreaterThan(50_000);
    expect(phrases.length).toBeGreaterThan(30);
    expect(phrases).toContain('unhandled exception while handling request');
  });

  it('imports nothing of the workload', () => {
    expect(reasoning).not.toMatch(/from '[^']*workload/);
  });

  it('holds no text of its log lines', () => {
    expect(phrases.filter((phrase) => reasoning.toLowerCase().includes(phrase.toLowerCase()))).toEqual([]);
  });

  it('knows none of its services, faults or instances by name', () => {
    const causes = faultSets.flatMap((set) => loadFaultSet(set).flatMap(({ cause, title }) => [cause, title]));
    expect(causes.length).toBeGreaterThan(90);
    const named = serviceNames.filter((name) => name.includes('-') || name === 'payments');
    const isSaid = (text: string) => new RegExp(`(?<![\\w-])${text}(?![\\w-])`).test(reasoning);
    expect([...causes, ...named].filter(isSaid)).toEqual([]);
    // The other names are words that anybody may need; as a text of their own they would be names.
    expect(serviceNames.filter((name) => new RegExp(`(['"\`])${name}\\1`).test(reasoning))).toEqual([]);
  });
});

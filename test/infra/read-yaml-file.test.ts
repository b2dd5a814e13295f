import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readYamlFile } from '../../lib/read-yaml-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'yaml-'));
const read = (content: string) => {
  const path = join(folder, 'file.yaml');
  writeFileSync(path, content);
  return readYamlFile(path, z.strictObject({ name: z.string(), counts: z.array(z.int()) }), 'the file');
};
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file that a person edits', () => {
  it('is read as its schema has it', () => {
    expect(read('name: one\ncounts: [1, 2]\n')).toEqual({ name: 'one', counts: [1, 2] });
  });

  it('says of each value that is wrong where it is, in a line of its own', () => {
    expect(() => read('name: 1\ncounts: [1, two]\n')).toThrow(/^the file name: [^\n]*\nthe file counts\.1: [^\n]*$/);
    expect(() => read('[]')).toThrow(/^the file: [^\n]*$/);
  });

  it('says in one line that it cannot be read', () => {
    expect(() => read('name: [')).toThrow(/^the file cannot be read: [^\n]*$/);
    expect(() => readYamlFile(join(folder, 'none.yaml'), z.unknown(), 'none')).toThrow(
      /^none cannot be read: ENOENT[^\n]*$/,
    );
  });
});

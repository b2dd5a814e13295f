import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPython } from '../../../../scripts/cloud/find-python.ts';

describe('the search for Python', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kintsugi-python-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const python = async (name: string, answer: string): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, `#!/bin/sh\necho '${answer}'\n`);
    await chmod(file, 0o755);
    return file;
  };
  const old = () => python('old', '{"version":[3,9,18],"pip":true}');
  const bare = () => python('bare', '{"version":[3,11,2],"pip":false}');
  const good = () => python('good', '{"version":[3,12,1],"pip":true}');

  it('takes the first that is new enough and has pip', async () => {
    expect(await findPython([join(folder, 'absent'), await old(), await bare(), await good()])).toEqual({
      command: join(folder, 'good'),
      version: '3.12.1',
    });
  });

  it('says in one line what is wrong with those it found', async () => {
    const search = findPython([await old(), await bare()]);

    await expect(search).rejects.toThrow(
      /Python 3\.10 or newer with pip: .*old is 3\.9\.18, too old; .*bare 3\.11\.2 has no pip .*docker compose up -d/,
    );
  });

  it('says so when there is none', async () => {
    await expect(findPython([join(folder, 'absent')])).rejects.toThrow(/none was found/);
  });
});

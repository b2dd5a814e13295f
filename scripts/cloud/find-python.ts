// The embedded cloud is a Python program; this finds an interpreter that can run and install it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { UserError } from '../user-error.ts';

const run = promisify(execFile);

export type Python = { command: string; version: string };

const CANDIDATES = ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
const MINIMUM = [3, 10] as const;
// pip is looked for, not imported: importing it takes half a second.
const QUESTION =
  'import sys,json,importlib.util as u;print(json.dumps({"version":list(sys.version_info[:3]),"pip":u.find_spec("pip") is not None}))';
const answer = z.object({ version: z.tuple([z.number(), z.number(), z.number()]), pip: z.boolean() });
const WITHOUT_IT = 'or use LocalStack instead: `docker compose up -d`';

export async function findPython(candidates: readonly string[] = askedForOr(CANDIDATES)): Promise<Python> {
  const found: string[] = [];
  for (const command of candidates) {
    const reply = await ask(command);
    if (reply === undefined) continue;
    const [major, minor] = reply.version;
    const version = reply.version.join('.');
    if (major === MINIMUM[0] && minor < MINIMUM[1]) found.push(`${command} is ${version}, too old`);
    else if (!reply.pip) found.push(`${command} ${version} has no pip (Debian and Ubuntu: apt install python3-pip)`);
    else return { command, version };
  }
  const why = found.length === 0 ? 'none was found' : found.join('; ');
  throw new UserError(
    `The embedded cloud needs Python ${MINIMUM.join('.')} or newer with pip: ${why}. Install it, ${WITHOUT_IT}.`,
  );
}

function askedForOr(usual: readonly string[]): readonly string[] {
  const asked = process.env['KINTSUGI_PYTHON'];
  return asked === undefined || asked === '' ? usual : [asked];
}

async function ask(command: string): Promise<z.infer<typeof answer> | undefined> {
  try {
    const { stdout } = await run(command, ['-c', QUESTION], { timeout: 10_000 });
    return answer.parse(JSON.parse(stdout));
  } catch {
    // Absent, a Python 2, or a stub that opens a shop: none of them can run the cloud.
    return undefined;
  }
}

import { parse, YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { designs } from '../physics/designs.ts';
import { serviceIndex } from '../physics/services.ts';
import { type FaultDefinition, faultDefinitionSchema } from './definition.ts';

/** A fault file that cannot be used; the message names the file and the field. */
export class FaultFileError extends Error {
  override readonly name = 'FaultFileError';
}

/** Reads a fault from YAML or JSON text. Throws a FaultFileError, one line. */
export function parseFaultFile(text: string, path: string): FaultDefinition {
  const parsed = faultDefinitionSchema.safeParse(parseYaml(text, path));
  if (!parsed.success) throw new FaultFileError(`${path}: ${firstIssue(parsed.error)}`, { cause: parsed.error });
  const problem = physicalProblem(parsed.data);
  if (problem !== null) throw new FaultFileError(`${path}: ${problem}`);
  return parsed.data;
}

function parseYaml(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const line = error.linePos?.[0].line;
    const place = line === undefined ? '' : ` line ${line}`;
    throw new FaultFileError(`${path}:${place} ${error.message.split('\n')[0]}`, { cause: error });
  }
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'unreadable';
  const field = issue.path.map((part, index) =>
    typeof part === 'number' ? `[${part}]` : index > 0 ? `.${String(part)}` : String(part),
  );
  return `${field.join('') || 'the file'}: ${issue.message}`;
}

/** What the schema alone cannot say: a carrier must exist on every service the fault may strike. */
function physicalProblem(definition: FaultDefinition): string | null {
  for (const [index, name] of definition.services.entries()) {
    const design = designs[serviceIndex(name)];
    const place = `services[${index}]`;
    switch (definition.carrier) {
      case 'job':
        if (design?.jobs.length === 0) return `${place}: ${name} has no job to carry the fault`;
        break;
      case 'cache':
      case 'cacheLimit':
        if (design?.cache == null) return `${place}: ${name} has no cache to carry the fault`;
        break;
      case 'connections':
        if (design?.poolSize === 0) return `${place}: ${name} has no connection pool to carry the fault`;
        break;
      case 'message':
        if (design?.kind !== 'worker') return `${place}: ${name} takes no messages from a queue`;
        break;
      case 'primary':
        if (design?.hasStandby !== true) return `${place}: ${name} has no standby beside its primary`;
        break;
      default:
        break;
    }
  }
  return null;
}

import { type InstanceId, instanceIdSchema, type ServiceName, serviceNameSchema } from '../../contract/target-api.ts';
import { serviceNames } from './services.ts';

const names: readonly ServiceName[] = serviceNames.map((name) => serviceNameSchema.parse(name));
const instanceIds = new Map<string, InstanceId>();

/** The name as the platform's API spells it. */
export function serviceNameOf(index: number): ServiceName {
  const name = names[index];
  if (name === undefined) throw new RangeError(`no service ${index}`);
  return name;
}

export function instanceIdOf(id: string): InstanceId {
  let parsed = instanceIds.get(id);
  if (parsed === undefined) {
    parsed = instanceIdSchema.parse(id);
    instanceIds.set(id, parsed);
  }
  return parsed;
}

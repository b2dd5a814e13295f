import type { RemediationAction } from '../plan/remediation-action.ts';
import type { Operation } from '../topology/operation.ts';
import { desiredConfigurationSchema } from '../topology/topology.ts';
import { catalogue } from './catalogue.ts';

/**
 * The operations that put back what a finished action changed, from the fields
 * it recorded before; none for a transient or irreversible runbook.
 * Throws a ZodError when the recorded fields are not of a desired configuration.
 */
export const undoOperations = (action: RemediationAction): readonly Operation[] =>
  catalogue[action.step.runbook].undo(
    action.step.parameters,
    desiredConfigurationSchema.partial().parse(action.before ?? {}),
  );

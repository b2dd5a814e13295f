import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { Orchestrator } from '../../ports/orchestrator.ts';

/** Step Functions with one execution an incident, named by it. */
export function stepFunctionsOrchestrator(client: SFNClient, stateMachineArn: string): Orchestrator {
  const executionArn = (name: string) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  return {
    start: async (id) => {
      const input = JSON.stringify({ incidentId: id });
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name: id, input }));
      } catch (error) {
        // The name is the incident: it has been started before, which is what was wanted.
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
    status: async (id) => {
      try {
        const { status } = await client.send(new DescribeExecutionCommand({ executionArn: executionArn(id) }));
        return status === 'RUNNING' ? 'running' : 'ended';
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return 'none';
        throw error;
      }
    },
    answer: async (taskToken, result) => {
      try {
        await client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(result) }));
        return true;
      } catch (error) {
        if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken) {
          return false;
        }
        throw error;
      }
    },
  };
}

import { stepFunctionsClient } from '../adapters/aws/clients/step-functions-client.ts';
import { stepFunctionsOrchestrator } from '../adapters/aws/step-functions-orchestrator.ts';
import { environment } from '../runtime/environment.ts';

export const orchestrator = stepFunctionsOrchestrator(stepFunctionsClient(), environment.KINTSUGI_STATE_MACHINE_ARN);

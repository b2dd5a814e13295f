import { z } from 'zod';
import { serviceNameSchema } from '../ids.ts';
import { refuse, withService } from './find-in-topology.ts';
import type { Runbook } from './runbook.ts';

const oneJob = z.strictObject({ service: serviceNameSchema, job: z.string().min(1).max(100) });
type OneJob = z.infer<typeof oneJob>;
const oneMessage = z.strictObject({ service: serviceNameSchema, message: z.string().min(1).max(200) });
type OneMessage = z.infer<typeof oneMessage>;

const nothingOutOfUse = () => ({ scope: 'service' as const, capacityShare: 0 });

export const pauseJob: Runbook<OneJob> = {
  id: 'pause-job',
  title: 'Pause a scheduled job',
  risk: 'low',
  reversibility: { kind: 'reversible' },
  parameters: oneJob,
  expectedEffect: 'The resources that the job used are free for requests again.',
  effectWithinSeconds: 120,
  blastRadius: nothingOutOfUse,
  operation: ({ service, job }, topology) =>
    withService(topology, service, (found) => {
      if (!found.jobs.includes(job)) {
        return refuse(`${service} has no job ${job}`);
      }
      return found.desired.pausedJobs.includes(job)
        ? refuse(`${job} of ${service} is paused already`)
        : { type: 'pauseJob', service, job };
    }),
  undo: ({ service, job }, before) =>
    before.pausedJobs?.includes(job) === true ? [] : [{ type: 'resumeJob', service, job }],
};

export const quarantineMessage: Runbook<OneMessage> = {
  id: 'quarantine-message',
  title: 'Take one message out of the input, keeping it aside',
  risk: 'medium',
  reversibility: { kind: 'reversible' },
  parameters: oneMessage,
  expectedEffect: 'The failing input is no longer tried again; the work behind it drains.',
  effectWithinSeconds: 180,
  blastRadius: nothingOutOfUse,
  operation: ({ service, message }, topology) =>
    withService(topology, service, ({ desired }) =>
      desired.quarantinedMessages.includes(message)
        ? refuse(`${message} is in quarantine already`)
        : { type: 'quarantineMessage', service, message },
    ),
  undo: ({ service, message }, before) =>
    before.quarantinedMessages?.includes(message) === true ? [] : [{ type: 'releaseMessage', service, message }],
};

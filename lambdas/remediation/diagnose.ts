import type { DiagnoseResult, RespondInput } from '../contract/state-machine.ts';
import { support } from '../domain/reasoning/support.ts';
import type { Archive } from '../ports/archive.ts';
import type { Clock } from '../ports/clock.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Transitions } from '../ports/transitions.ts';
import type { AskModel } from './ask/ask-model.ts';
import { fileFirst, readConclusions } from './conclusions.ts';
import { findAttempt } from './live-incident.ts';
import { readEvidence } from './read-archived.ts';
import { ruledOutSoFar } from './ruled-out.ts';

export type DiagnosePorts = {
  readonly clock: Clock;
  readonly incidents: Pick<Incidents, 'get' | 'decisions' | 'actions'>;
  readonly transitions: Pick<Transitions, 'fileDecision'>;
  readonly archive: Pick<Archive, 'get'>;
  readonly askModel: Pick<AskModel, 'diagnose'>;
};

/** Has the cause named from the frozen evidence. A diagnosis that was filed already is not asked for again. */
export const createDiagnose =
  ({ clock, incidents, transitions, archive, askModel }: DiagnosePorts) =>
  async ({ incidentId, attempt }: RespondInput, deadline = Number.POSITIVE_INFINITY): Promise<DiagnoseResult> => {
    const incident = await findAttempt(incidents, { incidentId, attempt });
    if (incident?.state !== 'diagnosing') return { outcome: 'gone', reason: 'the incident is not being diagnosed' };
    const conclusions = await readConclusions(incidents, incidentId);
    if (conclusions.find('diagnosis', attempt) !== null) return { outcome: 'diagnosed', reason: 'it was on file' };

    const bundle = await readEvidence(archive, incident);
    const ruledOut = ruledOutSoFar(attempt, conclusions, await incidents.actions(incidentId), bundle);
    const answer = await askModel.diagnose({ bundle, incident, ruledOut, diagnosis: null }, attempt, deadline);
    if (answer.outcome === 'unusable') return { outcome: 'unusable', reason: answer.reason };
    const { value: diagnosis, provider, fallback } = answer;
    const [leading] = diagnosis.hypotheses;
    if (leading === undefined) return { outcome: 'unusable', reason: 'the diagnosis has no hypothesis' };
    const filed = await fileFirst(
      { incidents, transitions },
      {
        incidentId,
        attempt,
        at: clock.now(),
        kind: 'diagnosis',
        diagnosis,
        support: support(bundle, leading),
        provider,
        fallback,
      },
    );
    const [named = leading] = filed.diagnosis.hypotheses;
    return { outcome: 'diagnosed', reason: `${named.mechanism} at ${named.service}` };
  };

import { respondInputSchema } from '../../lambdas/contract/state-machine.ts';
import type { EvidenceBundle } from '../../lambdas/domain/diagnosis/evidence.ts';
import type { Incident } from '../../lambdas/domain/incident/incident.ts';
import { mostRelevant } from '../../lambdas/domain/reasoning/most-relevant.ts';
import { readEvidence } from '../../lambdas/remediation/read-archived.ts';
import { loadCatalogue } from '../../lambdas/workload/faults/load-catalogue.ts';
import { drawScenario } from '../../scripts/scenario/draw-scenarios.ts';
import type { MachineDefinition } from '../../scripts/scenario/synthesise-machine.ts';
import { virtualWorld } from '../../scripts/scenario/virtual-world.ts';

/** An incident of the shop at the moment in which its cause is asked for. */
export type PlayedEvidence = { readonly incident: Incident; readonly bundle: EvidenceBundle };

/** The same incident with the pieces that say most: asking again and again about all of them would mostly measure the reading. */
export const inBrief = ({ incident, bundle }: PlayedEvidence): PlayedEvidence => ({
  incident,
  bundle: mostRelevant(bundle, incident, briefPieces),
});
const briefPieces = 40;

/** Causes that show soon and in ways that differ: demand, code, dependencies, credentials, input, pools. */
const causes = [
  'traffic-surge',
  'bad-deploy',
  'dependency-down',
  'slow-dependency',
  'expired-credential',
  'poison-message',
  'exhausted-pool',
  'runaway-worker',
];
const stepSeconds = 5;

/** Evidence as the product gathers it, of one fault of each of several causes. Takes over the timers of the thread meanwhile. */
export const playEvidence = async (definition: MachineDefinition): Promise<readonly PlayedEvidence[]> => {
  const played: PlayedEvidence[] = [];
  for (const fault of loadCatalogue().filter(({ cause }) => causes.includes(cause))) {
    const plan = drawScenario(fault, 1, stepSeconds);
    const seen: PlayedEvidence[] = [];
    const world = await virtualWorld({
      ...plan,
      definition,
      instead: ({ incidents, archive }) => ({
        diagnose: async (payload) => {
          const incident = await incidents.get(respondInputSchema.parse(payload).incidentId);
          if (incident !== null) seen.push({ incident, bundle: await readEvidence(archive, incident) });
          return { outcome: 'gone', reason: 'its evidence was all that was wanted' };
        },
      }),
    });
    try {
      for (const injected of plan.faults) world.inject(injected);
      const end = plan.at + plan.lengthSeconds * 1000;
      while (seen.length === 0 && world.fleet.state().at < end) await world.step();
    } finally {
      world.dispose();
    }
    played.push(...seen);
  }
  return played;
};

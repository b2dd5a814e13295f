import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawScenario } from '../../scripts/scenario/draw-scenarios.ts';
import { playInThreads } from '../../scripts/scenario/play-in-threads.ts';
import { isHealed } from '../../scripts/scenario/play-scenario.ts';
import { synthesiseMachine } from '../../scripts/scenario/synthesise-machine.ts';
import type { DiagnosedCase } from './diagnosed-case.ts';
import { type FaultSet, loadFaultSet } from './fault-sets.ts';

const stepSeconds = 5;

/** Plays every fault of the sets through the whole loop on virtual time, `seeds` draws of each. */
export const playCases = async (
  sets: readonly FaultSet[],
  seeds: number,
  keep: string | null,
): Promise<readonly DiagnosedCase[]> => {
  const definition = synthesiseMachine(stepSeconds);
  const planned = sets.flatMap((set) =>
    loadFaultSet(set).flatMap((fault) =>
      Array.from({ length: seeds }, (_, index) => ({ set, fault, plan: drawScenario(fault, index + 1, stepSeconds) })),
    ),
  );
  let done = 0;
  const played = await playInThreads(
    planned.map(({ plan }) => ({ plan, definition, healer: 'kintsugi' as const })),
    () => {
      done += 1;
      if (done % 10 === 0) process.stderr.write(`${done} of ${planned.length}\n`);
    },
  );
  const cases = planned.flatMap(({ set, fault }, index): readonly DiagnosedCase[] => {
    const one = played[index];
    const report = one?.faults[0];
    if (one === undefined || report === undefined) return [];
    const first = one.firstDiagnoses[0] ?? null;
    return [
      {
        set,
        name: one.name,
        truth: {
          mechanism: fault.truth.mechanism,
          service: fault.truth.service === 'struck' ? report.service : fault.truth.service,
        },
        bundle: first?.bundle ?? null,
        healed: isHealed(report),
        lastRight: report.mechanismRight && report.serviceRight,
        authority: report.authority,
      },
    ];
  });
  if (keep !== null) {
    mkdirSync(keep, { recursive: true });
    for (const each of cases) {
      writeFileSync(join(keep, `${each.set}-${each.name.replaceAll(' ', '-')}.json`), JSON.stringify(each));
    }
  }
  return cases;
};

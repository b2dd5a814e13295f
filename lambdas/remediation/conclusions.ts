import type { IncidentId } from '../domain/ids.ts';
import type { DecisionRecord } from '../ports/decision-record.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Transitions } from '../ports/transitions.ts';

type Kind = DecisionRecord['kind'];
type RecordOf<Wanted extends Kind> = Extract<DecisionRecord, { readonly kind: Wanted }>;

/** What was concluded in each attempt of an incident. */
export type Conclusions = {
  find<Wanted extends Kind>(kind: Wanted, attempt: number): RecordOf<Wanted> | null;
  /** @throws when the step that files it has not run, which the order of the machine excludes */
  require<Wanted extends Kind>(kind: Wanted, attempt: number): RecordOf<Wanted>;
};

export const readConclusions = async (
  incidents: Pick<Incidents, 'decisions'>,
  id: IncidentId,
): Promise<Conclusions> => {
  const records = await incidents.decisions(id);
  const find = <Wanted extends Kind>(kind: Wanted, attempt: number): RecordOf<Wanted> | null =>
    records.find((record): record is RecordOf<Wanted> => record.kind === kind && record.attempt === attempt) ?? null;
  return {
    find,
    require: (kind, attempt) => {
      const record = find(kind, attempt);
      if (record === null) throw new Error(`no ${kind} of attempt ${attempt} is filed for incident ${id}`);
      return record;
    },
  };
};

/**
 * Files what was concluded and returns what counts: where another call concluded the same earlier, that
 * one stands, so that what was decided on, or what a person said yes to, cannot change afterwards.
 */
export const fileFirst = async <Wanted extends Kind>(
  ports: {
    readonly incidents: Pick<Incidents, 'decisions'>;
    readonly transitions: Pick<Transitions, 'fileDecision'>;
  },
  record: RecordOf<Wanted> & { readonly kind: Wanted },
): Promise<RecordOf<Wanted>> => {
  if (await ports.transitions.fileDecision(record)) return record;
  return (await readConclusions(ports.incidents, record.incidentId)).require(record.kind, record.attempt);
};

/**
 * Tables and their keys, named once for synth and runtime. Physical names are
 * `<prefix>-<name>`, where the prefix is `kintsugi` or that of a stage.
 */
const responderTables = ['incidents', 'agent-decisions', 'remediations', 'llm-actions', 'audit', 'state'] as const;
export type ResponderTable = (typeof responderTables)[number];

export const tableNames = [...responderTables, 'fleet', 'faults'] as const;
export type TableName = (typeof tableNames)[number];

/** Every table has one string partition key and one string sort key. */
export const tableKeys = {
  incidents: { partition: 'incidentId', sort: 'item' },
  'agent-decisions': { partition: 'incidentId', sort: 'item' },
  remediations: { partition: 'incidentId', sort: 'item' },
  'llm-actions': { partition: 'incidentId', sort: 'item' },
  audit: { partition: 'incidentId', sort: 'item' },
  state: { partition: 'key', sort: 'item' },
  fleet: { partition: 'key', sort: 'item' },
  faults: { partition: 'key', sort: 'item' },
} as const satisfies Record<TableName, { partition: string; sort: string }>;

/** Secondary indexes; each projects all attributes. */
export const tableIndexes = {
  incidents: {
    /** Incidents in a state by time of opening. */
    byState: { name: 'byState', partition: 'state', sort: 'openedAtIso' },
    /** Incidents of a family by time of opening. */
    byFamily: { name: 'byFamily', partition: 'family', sort: 'openedAtIso' },
    /** Sparse: questions to people still pending, by expiry. */
    byPendingQuestion: { name: 'byPendingQuestion', partition: 'pendingQuestion', sort: 'expiresAtIso' },
  },
  remediations: {
    /** Actions on a service by start. */
    byService: { name: 'byService', partition: 'service', sort: 'startedAtIso' },
    /** Actions by UTC day and start. */
    byDay: { name: 'byDay', partition: 'day', sort: 'startedAtIso' },
  },
} as const;

/** The attribute DynamoDB expires items by, epoch seconds; absent where a row is kept. */
export const timeToLiveAttribute = 'expiresAt';

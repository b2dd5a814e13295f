import type { Anomaly } from './domain/anomaly/anomaly.ts';
import type { Summary } from './domain/anomaly/watch.ts';
import type { Approval } from './domain/approval/approval.ts';
import type { AuditRecord } from './domain/audit/audit-record.ts';
import type { LlmAction, ModelPurpose } from './domain/audit/llm-action.ts';
import type { Decision } from './domain/decision/decision.ts';
import type { Diagnosis, RuledOut } from './domain/diagnosis/diagnosis.ts';
import type { EvidenceBundle } from './domain/diagnosis/evidence.ts';
import type { IncidentId, ServiceName } from './domain/ids.ts';
import type { Incident, IncidentState } from './domain/incident/incident.ts';
import type { Admission, AdmissionRequest, ModelCallOutcome, ModelPermit } from './domain/limits/admission.ts';
import type { Mute, MuteAudit } from './domain/mute/mute.ts';
import type { RemediationPlan } from './domain/plan/plan.ts';
import type { RemediationAction } from './domain/plan/remediation-action.ts';
import type { Challenge } from './domain/reasoning/challenge.ts';
import type { Experience, Lesson, LessonKey } from './domain/reasoning/failure/lesson.ts';
import type { PlanGrounds } from './domain/reasoning/plan-grounds.ts';
import type { LogLine, SamplesBySeries, Series } from './domain/signal/series.ts';
import type { Change } from './domain/topology/change.ts';
import type { Operation, OperationStatus } from './domain/topology/operation.ts';
import type { Topology } from './domain/topology/topology.ts';
import type { Verification } from './domain/verification/verification.ts';

/**
 * What the use cases need from outside. Every port has two real
 * implementations, in memory and on AWS, held to one contract suite.
 * Times are epoch milliseconds; intervals are half open, [from, to).
 */

export type Clock = { now(): number };

export type Ids = {
  /** A fresh incident id: a ULID, so that ids sort by time of opening. */
  incident(): IncidentId;
  /** A fresh ULID for rows that need an order. */
  next(): string;
};

export type Telemetry = {
  /** Every series the watched namespaces hold now. */
  listSeries(): Promise<readonly Series[]>;
  /** Closed periods only; a series without a sample in the interval maps to an empty array, and one that could not be read is absent. */
  readSamples(request: {
    readonly series: readonly Series[];
    readonly from: number;
    readonly to: number;
    readonly periodSeconds: number;
  }): Promise<SamplesBySeries>;
  /**
   * Oldest first; at most `limit`, the newest ones when there are more, and from when on they are all there are: `from`,
   * or later when there were more, or when reading them would have taken longer than it may, waiting for a turn included.
   */
  readLogs(request: {
    readonly service: ServiceName;
    readonly from: number;
    readonly to: number;
    readonly limit: number;
    readonly withinMilliseconds: number;
  }): Promise<{ readonly lines: readonly LogLine[]; readonly readFrom: number }>;
  /**
   * The first lines of the interval, oldest first, and up to where they are all there are: `to`, or less when there are
   * more than `limit` or reading takes longer than it may. Reading has this time from when its turn comes, which it waits as long for
   * at most. Rejects when nothing came.
   */
  followLogs(request: {
    readonly service: ServiceName;
    readonly from: number;
    readonly to: number;
    readonly limit: number;
    readonly withinMilliseconds: number;
  }): Promise<{ readonly lines: readonly LogLine[]; readonly readTo: number }>;
  readChanges(interval: { readonly from: number; readonly to: number }): Promise<readonly Change[]>;
};

/** The watched workload's control surface, as its platform offers it. */
export type Target = {
  describe(): Promise<Topology>;
  /** Begins the operation, or tells how far the one with this key has come; never does it twice. */
  operate(request: { readonly key: string; readonly operation: Operation }): Promise<OperationStatus>;
};

export type ModelRequest = {
  readonly purpose: ModelPurpose;
  /** The question as data: what the built-in reasoner works from. */
  readonly brief: ModelBrief;
  /** The question in words: what a language model works from. */
  readonly prompt: {
    readonly system: string;
    readonly user: string;
    /** So many characters of `system`, from its start, are the same in every such question, and worth caching; all when absent. */
    readonly fixedCharacters?: number;
  };
  /** JSON Schema of the reply; given to providers that take one, and in words in the prompt for all. */
  readonly replySchema: Readonly<Record<string, unknown>>;
  /** Asks for nothing but JSON in the strictest way that the provider has: set after a reply that was none. */
  readonly strictJson: boolean;
  /** The most tokens that the reply may have. */
  readonly maximumOutputTokens: number;
  /** What the asker's own time limit leaves for this call; the provider's own limit holds besides. Absent: no other limit. */
  readonly timeoutMilliseconds?: number;
};
export type ModelBrief = {
  readonly bundle: EvidenceBundle;
  readonly incident: Incident;
  readonly ruledOut: readonly RuledOut[];
  /** Set for the purposes `plan` and `challenge`. */
  readonly diagnosis: Diagnosis | null;
};
export type ModelReply = {
  readonly text: string;
  readonly inputTokens: number;
  /** Those of the input tokens that the provider had in its cache. */
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  readonly costDollars: number;
};
export type LanguageModel = {
  /** The name of the provider in the chain, such as `gemini` or `openai:groq`. */
  readonly provider: string;
  readonly model: string;
  /** Rejects with a ModelCallError when no reply came. */
  ask(request: ModelRequest): Promise<ModelReply>;
};

/** The models to ask for a purpose, in order; never empty, and the built-in reasoner is always the last. */
export type ModelChain = (purpose: ModelPurpose) => readonly [LanguageModel, ...LanguageModel[]];

/** What all processes share of the limits of the providers: rates, calls in flight, breakers and budgets. */
export type ModelGate = {
  /** Asked before each call. An admitted call is to be settled; one that never is expires. The built-in reasoner is always admitted. */
  admit(request: AdmissionRequest): Promise<Admission>;
  settle(permit: ModelPermit, outcome: ModelCallOutcome): Promise<void>;
};

/** Small rows that many processes change at once. */
export type SharedRows = {
  /** One for each key, in the order of the keys; a row that does not exist has version 0 and no body. */
  read(keys: readonly string[]): Promise<readonly SharedRow[]>;
  /** All of them, or, when one is no longer of the version that was read, none: then false. Each version grows by one. */
  write(rows: readonly SharedRow[]): Promise<boolean>;
};
export type SharedRow = {
  readonly key: string;
  readonly version: number;
  readonly body: Readonly<Record<string, unknown>> | null;
  /** When it may be forgotten, epoch milliseconds; null for never. */
  readonly forgetAt: number | null;
};

/** What was learnt about failures of models: which strategy helped after which. */
export type Lessons = {
  /** One for each strategy that was tried after such a failure. */
  about(key: LessonKey): Promise<readonly Lesson[]>;
  /** Counts one more experience; many may at once. */
  learn(experience: Experience): Promise<void>;
  list(): Promise<readonly Lesson[]>;
  /** Forgets all of them, and says how many there were. */
  clear(): Promise<number>;
};

/** Detector state by name, whole bodies, each with an opaque tag for the conditional write. */
export type DetectorState = {
  /** Null when nothing was saved; `unchanged` when `known` is the tag of what is stored. */
  load(name: string, known: string | null): Promise<StoredState | 'unchanged' | null>;
  /** The new tag; null when another scan wrote since `tag` was read (null: when any exists), and nothing is written then. */
  save(name: string, body: Uint8Array, tag: string | null): Promise<string | null>;
};
export type StoredState = { readonly body: Uint8Array; readonly tag: string };

/** One shard to scan. Times are epoch milliseconds. */
export type ShardScanRequest = {
  readonly shard: string;
  /** All that are assigned to it; what it remembers of others is forgotten. */
  readonly series: readonly Series[];
  /** End of the newest period to read. */
  readonly end: number;
  readonly periodSeconds: number;
  readonly now: number;
  /** The operator's knob: expected false alarms of a metric in a month. */
  readonly falseAlarmsPerMonth: number;
};
export type ShardScan =
  /** `summaries`: of each series of the request, in its order. */
  | {
      readonly outcome: 'scanned';
      readonly readTo: number;
      readonly summaries: readonly Summary[];
      /** What part of it could not be read, in words; absent when all was. */
      readonly trouble?: string;
    }
  /** The scan failed, did not end in time, or another one of this shard saved first: it brought nothing. */
  | { readonly outcome: 'late'; readonly reason: string };

/** Scans of shards in processes of their own, side by side: in this one, or in functions. */
export type ShardScanner = {
  /** Never rejects and ends by its deadline: trouble with one shard is not that of the others. */
  scan(request: ShardScanRequest): Promise<ShardScan>;
};

export type Lease = {
  readonly name: string;
  readonly owner: string;
  readonly fence: number;
  readonly expiresAt: number;
};
export type Leases = {
  /** Null when someone else holds it. Taking it again as its owner extends it and keeps the fence. */
  take(request: {
    readonly name: string;
    readonly owner: string;
    readonly now: number;
    readonly seconds: number;
  }): Promise<Lease | null>;
  /** Ends it at once, if this owner with this fence still holds it. */
  release(lease: Lease): Promise<void>;
  /** Who holds it at `now`, if anyone. */
  holder(name: string, now: number): Promise<Lease | null>;
};

/** Large bodies, by key; rows keep the key. */
export type Archive = {
  put(key: string, body: string): Promise<void>;
  /** Null when there is no such object. */
  get(key: string): Promise<string | null>;
  list(prefix: string): Promise<readonly string[]>;
};

/** What scans read and saw, by name, so that history outlives CloudWatch. Stored compressed. */
export type ScanArchive = {
  put(name: string, text: string): Promise<void>;
  /** Null when there is no such object. */
  get(name: string): Promise<string | null>;
  /** In the order of the names. */
  list(prefix: string): Promise<readonly string[]>;
};

/** Reading of incidents and of everything filed under one. */
/** A row that is no incident by the schema of this code, by the id under which it is kept. */
export type OnUnreadable = (id: string, error: Error) => void;

export type Incidents = {
  get(id: IncidentId): Promise<Incident | null>;
  /** Newest first. Of what cannot be read `onUnreadable` is told, and the others are listed; without it the call rejects. */
  listByState(state: IncidentState, limit: number, onUnreadable?: OnUnreadable): Promise<readonly Incident[]>;
  /** Every incident that holds an open lock, whatever its state. Unreadable ones as above. */
  listLocked(onUnreadable?: OnUnreadable): Promise<readonly Incident[]>;
  /** Ended incidents of the family, newest first. */
  listFamily(family: string, limit: number): Promise<readonly Incident[]>;
  anomalies(id: IncidentId): Promise<readonly Anomaly[]>;
  approvals(id: IncidentId): Promise<readonly Approval[]>;
  pendingApprovals(): Promise<readonly Approval[]>;
  decisions(id: IncidentId): Promise<readonly DecisionRecord[]>;
  actions(id: IncidentId): Promise<readonly RemediationAction[]>;
  /** Actions on a service begun at or after `since`, of any incident. */
  actionsOn(service: ServiceName, since: number): Promise<readonly RemediationAction[]>;
  /** Actions of the whole workload begun at or after `since`. */
  actionsSince(since: number): Promise<readonly RemediationAction[]>;
  llmActions(id: IncidentId): Promise<readonly LlmAction[]>;
  audit(id: IncidentId): Promise<readonly AuditRecord[]>;
};

/** What was concluded in one attempt; one row a kind and attempt. */
export type DecisionRecord = { readonly incidentId: IncidentId; readonly attempt: number; readonly at: number } & (
  | {
      readonly kind: 'diagnosis';
      readonly diagnosis: Diagnosis;
      /** The scorer's support for the leading hypothesis from the cited evidence, 0 to 1. */
      readonly support: number;
      readonly provider: string;
      /** Why the first provider's reply was not used; null when it was. */
      readonly fallback: string | null;
    }
  | {
      readonly kind: 'plan';
      readonly plan: RemediationPlan;
      readonly grounds: PlanGrounds;
      readonly provider: string;
      readonly fallback: string | null;
    }
  /** A second opinion on the diagnosis, asked for before a plan of medium risk or above. */
  | {
      readonly kind: 'challenge';
      readonly challenge: Challenge;
      readonly provider: string;
      readonly fallback: string | null;
    }
  | { readonly kind: 'decision'; readonly decision: Decision }
  | { readonly kind: 'verification'; readonly verification: Verification }
);

export type OpenResult =
  | { readonly outcome: 'opened' }
  /** A live incident holds the lock of the service. */
  | { readonly outcome: 'joined'; readonly incidentId: IncidentId };

export type Transitions = {
  /**
   * Creates the incident, its anomalies, its audit line and the open lock of its
   * service in one transaction; when the lock is held, files the anomalies under the holder instead.
   */
  open(incident: Incident, anomalies: readonly Anomaly[], actor: string): Promise<OpenResult>;
  /** Files anomalies under a living incident without touching its version. */
  join(id: IncidentId, anomalies: readonly Anomaly[]): Promise<void>;
  /**
   * One transaction: the incident changes if it is still in `from` at `version`, and one audit line is
   * added. False when it is not; nothing is written then.
   */
  move(request: {
    readonly incident: Incident;
    readonly to: IncidentState;
    readonly at: number;
    readonly actor: string;
    readonly message: string;
    readonly change?: Partial<Pick<Incident, 'merchantsHurt' | 'attempt' | 'evidenceKey' | 'closedAt' | 'closing'>>;
  }): Promise<boolean>;
  /** Frees the open lock, so that later anomalies of the service open a new incident. */
  unlock(incident: Incident): Promise<void>;
  /** False when this kind was concluded in this attempt already: the first stands for good, and nothing is written. */
  fileDecision(record: DecisionRecord): Promise<boolean>;
  fileLlmAction(action: LlmAction): Promise<void>;
  /** False when an action with this key was filed already (then nothing is written). */
  intend(action: RemediationAction): Promise<boolean>;
  finishAction(action: RemediationAction): Promise<void>;
  /** Writes the question; replaces nothing: false when this attempt's question exists. */
  askPerson(approval: Approval): Promise<boolean>;
  /** Sets the answer if it is still pending; false otherwise. */
  answer(request: {
    readonly approval: Approval;
    readonly status: 'yes' | 'no' | 'done' | 'expired';
    readonly at: number;
    readonly by: string;
  }): Promise<boolean>;
};

/** What people have muted. Whether a mute has run out is judged by its row, never by whether the row is there. */
export type Mutes = {
  /** Files it with the line of who made it. */
  add(mute: Mute, line: MuteAudit): Promise<void>;
  /** Those that are active at `now` or still to come. */
  list(now: number): Promise<readonly Mute[]>;
  /** Ends it at the time of the line; false when there is none, or it was over, and then nothing is written. */
  end(id: string, line: MuteAudit): Promise<boolean>;
  /** Who did what, oldest first. */
  audit(): Promise<readonly MuteAudit[]>;
};

/** The state machine, one execution an incident. */
export type Orchestrator = {
  /** Starts the execution named by the incident id; starting it twice is one execution. */
  start(id: IncidentId): Promise<void>;
  /** `none` when there never was one. */
  status(id: IncidentId): Promise<'running' | 'ended' | 'none'>;
  /** Gives a waiting task its answer; false when the token is no longer known. */
  answer(token: string, result: PersonAnswer): Promise<boolean>;
};
export type PersonAnswer = { readonly answer: 'yes' | 'no' | 'done' | 'expired'; readonly by: string };

export type Notice = {
  /** What it tells of: people hear of it once, whoever tells them and however often. */
  readonly key: string;
  readonly subject: string;
  readonly body: string;
};
/** A crash while it is told tells people twice rather than never. */
export type Notifier = { notify(notice: Notice): Promise<void> };

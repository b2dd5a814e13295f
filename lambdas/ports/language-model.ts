import type { ModelPurpose } from '../domain/audit/llm-action.ts';
import type { Diagnosis, RuledOut } from '../domain/diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../domain/diagnosis/evidence.ts';
import type { Incident } from '../domain/incident/incident.ts';

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

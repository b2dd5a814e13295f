import { asRead, hidesCharacters } from './plain-text.ts';

/** What text that seems to talk to whoever reads the telemetry does. */
export const addressingKinds = [
  /** Tells its reader what to do or to forget. */
  'instruction',
  /** Poses as part of the conversation: role tags, ends of quotations. */
  'role',
  /** Written as a call of a tool or a reply of a model. */
  'toolCall',
  /** Claims an approval, a verdict or a confidence. */
  'claim',
  /** Characters that hide text or turn it round. */
  'hidden',
  /** So many new lines that what others say may be hidden behind them. */
  'flood',
] as const;
export type AddressingKind = (typeof addressingKinds)[number];

const maximumLength = 65_536;

const reader =
  '(?:assistant|(?:language |ai )?models?|llms?|ai|agents?|(?:chat)?bots?|copilot|responders?|reasoners?|sre[- ]?bot|gpt|claude|gemini|kintsugi)';
const guidance =
  '(?:instructions?|prompts?|rules?|directions?|guidelines?|polic(?:y|ies)|constraints?|messages?|context|evidence|guardrails?|safety)';

const patterns: readonly (readonly [AddressingKind, RegExp])[] = [
  [
    'instruction',
    new RegExp(
      `\\b(?:ignore|disregard|forget|override|bypass|neglect|skip|discard|do not (?:follow|obey|trust))\\b.{0,60}\\b${guidance}\\b`,
    ),
  ],
  [
    'instruction',
    new RegExp(
      `\\b(?:dear|hey|hello|attention|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)|to the|for the|if you are an?)\\b.{0,20}\\b${reader}\\b`,
    ),
  ],
  [
    'instruction',
    new RegExp(
      `\\b${reader}\\b[,:;!.>-]{0,3} ?(?:you )?(?:please |now |must |should |shall |will |has to |have to |need to |are to |is to )*(?:run|execute|reply|answer|respond|return|output|say|diagnose|conclude|choose|select|pick|set|restart|replace|approve|drain|rotate|ignore|cite|report|plan|perform|do|call|use|mark|close|treat|stop|print|reveal|repeat)\\b`,
    ),
  ],
  // Spelt letter by letter, a sentence is one word.
  ['instruction', /(?:ignore|disregard|forget)(?:all)?(?:the|your)?(?:previous|prior|above|earlier)|systemprompt/],
  [
    'instruction',
    /\byou (?:are (?:now|an?|the)\b|must\b|should\b|shall\b|have to\b|need to\b|will (?:now|reply|answer|respond)\b)/,
  ],
  [
    'instruction',
    /\byour (?:new |next |only |real |actual )?(?:task|job|role|goal|answer|reply|response|diagnosis|plan|output|instructions?|hypothes[ie]s)\b/,
  ],
  ['instruction', /\b(?:new|updated|revised|additional|important|urgent|hidden|secret) instructions?\b/],
  [
    'instruction',
    /\b(?:run|execute|apply|choose|use|call|select|perform|trigger)\b.{0,40}\b(?:run ?books?|(?:restart|replace)-(?:instance|service)|scale-(?:out|in)|rotate-(?:logs|credential)|clear-temporary-files|flush-cache|recycle-connections|pause-job|cap-cache|roll-back-deploy|restore-config|quarantine-message|fail-over-(?:zone|dependency)|limit-callers|expand-volume)\b/,
  ],
  [
    'instruction',
    /\b(?:reveal|repeat|print|show|output|include|leak|copy)\b.{0,30}\b(?:system prompt|your prompt|instructions? above|canary|internal mark|hidden (?:word|mark))\b/,
  ],
  [
    'role',
    /<\/?\|?(?:system|assistant|developer|instructions?|prompt|im_start|im_end|im_sep|eot_id|start_header_id|endoftext|human)\b/,
  ],
  ['role', /\[\/?(?:inst|sys|system|assistant)\]|<<\/?sys>>/],
  ['role', /(?:^|[\n"'>#*\]}] ?|: )(?:system|assistant|developer|human) ?(?:prompt|message|override|note)?: ?\S/],
  ['role', /#{2,} ?(?:system|instructions?|assistant|response|end of (?:data|evidence|input))/],
  ['role', /<<<|>>>|\bevidence ?>>|\bend of (?:the )?(?:evidence|data|log|quotation)\b/],
  ['toolCall', /["']?(?:tool_calls?|function_call|tool_use|tool_choice|function_name)["']? ?[:=(]/],
  ['toolCall', /<\/?(?:tool|invoke|function|parameter|tool_call|function_calls?)\b/],
  ['toolCall', /["'](?:hypotheses|mechanism|runbook|assumptions|expectedeffect|steps)["'] ?: ?["'[{]/],
  ['toolCall', /```/],
  [
    'claim',
    /\b(?:set|with|use|give|state|assign|report)\b.{0,30}\bconfidence\b|\bconfidence ?[:=] ?(?:1\b|0?\.9|100|high|max)/,
  ],
  [
    'claim',
    /\bpre-?approv|\b(?:approval|permission|authori[sz]ation|consent)\b.{0,30}\b(?:granted|given|not (?:needed|required|necessary)|waived|obtained)\b|\b(?:already|auto(?:matically)?|hereby) approved\b|\bapproved (?:by|for)\b.{0,40}\b(?:on-?call|operator|admin|sre|lead|manager|cto|security|execution|automatic)\b|\bno (?:approval|human|person|review)\b.{0,20}\b(?:needed|required|necessary)\b/,
  ],
  [
    'claim',
    /\b(?:incident|issue|alert|alarm|outage)\b.{0,30}\b(?:already )?(?:resolved|closed|benign|harmless|false alarm|false positive|expected|can be (?:closed|ignored))\b/,
  ],
  ['claim', /\b(?:evidence|cite|citing|see|per|according to)\b.{0,15}\be\d{1,4}\b/],
  ['claim', /\b(?:root cause|diagnosis|mechanism) (?:is|was|confirmed|has been)\b/],
];

/** How a text addresses whoever reads it; empty where it does not. Costs linear time in at most 65,536 characters. */
export const addressingOf = (text: string): readonly AddressingKind[] => {
  const cut = text.slice(0, maximumLength);
  const read = asRead(cut);
  const found = new Set(patterns.filter(([, pattern]) => pattern.test(read)).map(([kind]) => kind));
  if (hidesCharacters(cut)) found.add('hidden');
  return addressingKinds.filter((kind) => found.has(kind));
};

/**
 * What log lines of services in general talk about. A template may speak of
 * several things at once.
 */
export const topics = {
  timeout: /tim(?:ed?|ing)[ -]?out|deadline exceeded|ETIMEDOUT|took too long|slow (?:query|call|response)/i,
  refused: /refused|ECONNREFUSED|unreachable|no route|unavailable|no healthy|host is down|circuit/i,
  behind:
    /\b(?:backend|provider|third.?party|remote|vendor|storage|upstream service)\b.*(?:error|fail|unavailable|not respond|down\b|corrupt)/i,
  network: /reset by peer|ECONNRESET|broken pipe|packet|retransmi|network|handshake|socket hang up|cross-zone/i,
  host: /\bsteal\b|overcommit|noisy neighbo|hardware|I\/O error|bad sector|device error|\bECC\b|machine check|host (?:is )?(?:degraded|failing|unhealthy)|throttled by the host/i,
  outOfMemory:
    /out ?of ?memory|\bOOM|heap (?:space|limit|out)|memory limit|exit(?:ed)?(?: with)?(?: code)? 137|killed/i,
  garbage: /\bGC\b|garbage/i,
  disk: /no space|disk|ENOSPC|volume|file ?system|\btmp\b|temporary file/i,
  logFiles: /log (?:file|volume|director|size|rotat)|verbose|log(?:s)? (?:are|is) growing/i,
  temporaryFiles: /\btmp\b|\btemp(?:orary)?\b|spool|scratch|upload dir/i,
  credential:
    /unauthori[sz]ed|forbidden|\b40[13]\b|expired|credential|certificate|api key|access denied|invalid (?:token|signature)|authenticat/i,
  badInput:
    /deseriali[sz]|unmarshal|malformed|cannot parse|parse (?:error|fail)|invalid (?:payload|message|json|format)|schema|poison|redeliver|dead.?letter|unprocessable|payload too|oversi[sz]e|too large/i,
  pool: /pool|too many (?:clients|connections)|no (?:free|available|idle) connection|(?:acquir|wait|checkout|obtain)\w* (?:a |for )?(?:a )?connection|connection slots/i,
  config:
    /config|setting|environment variable|feature flag|\bflag\b|property .*(?:missing|not)|missing (?:key|value|required)/i,
  cache: /cache/i,
  eviction: /evict|cache (?:size|entries|growth|grew)/i,
  job: /\bjob\b|\bcron\b|batch|backfill|reindex|scheduled|nightly|report|export/i,
  crash:
    /panic|segfault|segmentation|exit(?:ed)?(?: with)?(?: code)? [1-9]|crash|fatal|uncaught|failed to (?:start|boot)|back-?off/i,
  code: /TypeError|NullPointer|NullReference|undefined is not|not a function|IndexOutOf|IllegalState|AssertionError|KeyError|AttributeError|unhandled|internal server error|NoSuchMethod/i,
} as const;

export type Topic = keyof typeof topics;

const names = Object.keys(topics).filter((name): name is Topic => name in topics);

export const topicsOf = (template: string): ReadonlySet<Topic> =>
  new Set(names.filter((name) => topics[name].test(template)));

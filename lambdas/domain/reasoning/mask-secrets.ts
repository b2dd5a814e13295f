/** Between a name and its value, also in a document within a text: `": "`, `\": \"`, `=`. */
const between = String.raw`\\?["']?\s*[:=]\s*\\?["']?`;
/** What a value is made of; what is masked already begins with a bracket. */
const value = String.raw`(?!\[)[^\s"'\\;&}<>[\]]`;
/** Names that say of their value that it is secret, whatever it looks like. */
const secretNames = [
  'pass(?:word|wd|phrase|code)',
  'pwd',
  'secret',
  '(?:x[-_ ]?)?(?:goog[-_ ]?)?api[-_ ]?key',
  '(?:auth|access|refresh|id|csrf|xsrf|bearer)[-_ ]?token',
  'client[-_ ]?secret',
  '(?:private|account|shared[-_ ]?access|storage)[-_ ]?key',
].join('|');

/** Shapes of secrets, each with what stays readable of it. Keys of providers have well-known beginnings. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[private key]'],
  [/\beyJ[\w-]{8,1024}\.[\w-]{8,}\.[\w-]*/g, '[token]'],
  [
    /\b((?:authorization|proxy-authorization)\\?["']?\s*[:=]\s*\\?["']?)(?:(?:bearer|basic|token)\s+)?(?!\[)[^\s"'\\,;]{6,}/gi,
    '$1[credential]',
  ],
  [/\b(bearer|basic)\s+[\w.~+/=-]{12,}/gi, '$1 [credential]'],
  [/\b((?:set-)?cookie\\?["']?\s*[:=]\s*\\?["']?)(?![[\s])[^"'\\\r\n]{6,}/gi, '$1[cookie]'],
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g, '[AWS key id]'],
  [/\bAIza[\w-]{30,}/g, '[key]'],
  [/\bya29\.[\w-]{16,}/g, '[token]'],
  [/\b(?:sk|pk|rk)[-_](?:[a-z]+[-_])?[\w-]{16,}/g, '[key]'],
  [/\b(?:gsk_|nvapi-|xai-|hf_|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|npm_|whsec_)[\w-]{16,}/g, '[key]'],
  [/(:\/\/[^\s/:@"']{0,64}:)[^\s/@"']+@/g, '$1[password]@'],
  [
    /((?:aws[-_ ]?)?(?:secret|session)[-_ ]?(?:access[-_ ]?)?(?:key|token)\\?["']?\s*[:=]\s*\\?["']?)[\w/+=-]{8,}/gi,
    '$1[secret]',
  ],
  [new RegExp(`((?:${secretNames})${between})${value}{6,}`, 'gi'), '$1[secret]'],
  // A bare `token` is often a word of the text: only what looks like one is taken.
  [new RegExp(`(\\btoken${between})(?=[\\w.+/=-]{0,256}\\d)[\\w.+/=-]{12,}`, 'gi'), '$1[secret]'],
  [/\b((?:password|passphrase|passwd)\s+(?:is|was)\s+)(?=\S*\d)(?!\[)[^\s"'\\,;.]{6,}/gi, '$1[secret]'],
  // In addresses: ?key=..., &token=...
  [/([?&](?:key|token|sig|signature|x-amz-security-token|x-amz-signature)=)[^\s&"'<>\\]{6,}/gi, '$1[secret]'],
];

/**
 * The text with keys, tokens, credentials and passwords replaced by a word in square brackets. Doing it
 * twice changes nothing more, and a JSON document stays one, since no quote or bracket is taken or left alone.
 */
export const maskSecrets = (text: string): string =>
  shapes.reduce((masked, [shape, left]) => masked.replace(shape, left), text);

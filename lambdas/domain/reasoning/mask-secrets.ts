/** Shapes of secrets, each with what stays readable of it. Keys of providers have well-known beginnings. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[private key]'],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, '[token]'],
  [
    /\b((?:authorization|proxy-authorization)["']?\s*[:=]\s*["']?)(?:bearer|basic|token)?\s*[^\s"',;]{6,}/gi,
    '$1[credential]',
  ],
  [/\b(bearer|basic)\s+[\w.~+/=-]{12,}/gi, '$1 [credential]'],
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g, '[AWS key id]'],
  [/\bAIza[\w-]{30,}/g, '[key]'],
  [/\b(?:sk|pk|rk)[-_](?:[a-z]+[-_])?[\w-]{16,}/g, '[key]'],
  [/\b(?:gsk_|nvapi-|xai-|hf_|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|npm_)[\w-]{16,}/g, '[key]'],
  [/(:\/\/[^\s/:@"']{0,64}:)[^\s/@"']+@/g, '$1[password]@'],
  [
    /((?:aws[-_ ]?)?(?:secret|session)[-_ ]?(?:access[-_ ]?)?(?:key|token)["']?\s*[:=]\s*["']?)[\w/+=-]{8,}/gi,
    '$1[secret]',
  ],
  [
    /((?:password|passwd|pwd|secret|api[-_ ]?key|x-api-key|x-goog-api-key|access[-_ ]?token|refresh[-_ ]?token|client[-_ ]?secret|private[-_ ]?key)["']?\s*[:=]\s*["']?)(?!\[)[^\s"',;&}<>[\]]{6,}/gi,
    '$1[secret]',
  ],
  // In addresses: ?key=..., &token=...
  [/([?&](?:key|token|sig|signature|x-amz-security-token|x-amz-signature)=)[^\s&"'<>]{6,}/gi, '$1[secret]'],
];

/**
 * The text with keys, tokens, credentials and passwords replaced by a word in square brackets. Doing it
 * twice changes nothing more, and a JSON document stays one, since no quote or bracket is taken or left alone.
 */
export const maskSecrets = (text: string): string =>
  shapes.reduce((masked, [shape, left]) => masked.replace(shape, left), text);

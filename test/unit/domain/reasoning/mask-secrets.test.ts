import { describe, expect, it } from 'vitest';
import { maskSecrets } from '../../../../lambdas/domain/reasoning/mask-secrets.ts';

/** Put together here, so that no scanner of sources takes them for real ones. */
const secrets = {
  awsKeyId: `AKIA${'IOSFODNN7EXAMPLE'}`,
  awsSecret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  google: `AIza${'SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY'}`,
  openai: `sk-proj-${'abcdEFGH1234ijklMNOP5678'}`,
  groq: `gsk_${'abcdEFGH1234ijklMNOP5678'}`,
  nvidia: `nvapi-${'abcdEFGH1234ijklMNOP5678'}`,
  token: `eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIiOiIxMjM0NTY3ODkwIn0'}.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P`,
  password: 'hunter2hunter2',
};

describe('masking secrets', () => {
  it.each([
    ['an AWS key id', `using ${secrets.awsKeyId} now`, secrets.awsKeyId],
    ['an AWS secret', `aws_secret_access_key=${secrets.awsSecret}`, secrets.awsSecret],
    ['a session token in JSON', `{"SessionToken":"${secrets.awsSecret}"}`, secrets.awsSecret],
    ['a Google key', `GET /v1?key=${secrets.google}`, secrets.google],
    ['an OpenAI key', `key ${secrets.openai}`, secrets.openai],
    ['a Groq key', `key ${secrets.groq}`, secrets.groq],
    ['an NVIDIA key', `key ${secrets.nvidia}`, secrets.nvidia],
    ['a bearer header', `authorization: Bearer ${secrets.openai}`, secrets.openai],
    ['a bearer header of any shape', `Authorization: Bearer ${secrets.password}abcdef`, secrets.password],
    ['a JSON web token', `cookie ${secrets.token}`, secrets.token],
    ['a password', `password=${secrets.password}`, secrets.password],
    ['a password in JSON', `{"password": "${secrets.password}"}`, secrets.password],
    ['a password in an address', `postgres://user:${secrets.password}@db/x`, secrets.password],
    [
      'a private key',
      `-----BEGIN RSA PRIVATE KEY-----\n${secrets.password}\n-----END RSA PRIVATE KEY-----`,
      secrets.password,
    ],
    ['an access token of OAuth', `got ya29.${'abcdEFGH1234ijklMNOP5678'} back`, 'abcdEFGH1234ijklMNOP5678'],
    ['a token by its name', 'auth_token=abcdef123456ghijkl', 'abcdef123456ghijkl'],
    ['a bare token', 'token: abcdef123456ghijkl', 'abcdef123456ghijkl'],
    ['a storage key', `AccountKey=${secrets.awsSecret};`, secrets.awsSecret],
    ['a webhook secret', `whsec_${'abcdEFGH1234ijklMNOP5678'}`, 'abcdEFGH1234ijklMNOP5678'],
    ['a passphrase', `passphrase=${secrets.password}`, secrets.password],
    ['cookies', `Cookie: session=${secrets.password}; theme=dark`, secrets.password],
    ['a password in a sentence', `the password is ${secrets.password}`, secrets.password],
    ['a password with a comma', 'password=ab,cdefgh123', 'cdefgh123'],
    [
      'a password in a document within a document',
      JSON.stringify({ reasoning: JSON.stringify({ password: secrets.password }) }),
      secrets.password,
    ],
    ['a private key cut short', `-----BEGIN PRIVATE KEY-----\n${secrets.password}`, secrets.password],
  ])('hides %s', (_, text, secret) => {
    const masked = maskSecrets(text);
    expect(masked).not.toContain(secret);
    expect(maskSecrets(masked)).toBe(masked);
  });

  it('leaves what is no secret', () => {
    const text =
      '{"service":"checkout","message":"order-1234567890","version":"v14","template":"token expired for <id>, password wrong","evidence":["E12"],"key":"KEY-1","reason":"the secret of it: none","note":"a token: expired, the password is wrong, cookies are off","tokens":123456789}';
    expect(maskSecrets(text)).toBe(text);
  });

  it('leaves a document a document', () => {
    const document = {
      reasoning: `the log shows password=${secrets.password}, authorization: Bearer ${secrets.openai} and "api_key": "${secrets.groq}"`,
      within: JSON.stringify({ api_key: secrets.groq, cookie: `id=${secrets.password}`, evidence: ['E1'] }),
      headers: { authorization: `Bearer ${secrets.token}`, 'x-api-key': secrets.google },
      evidence: ['E1'],
    };
    const masked = maskSecrets(JSON.stringify(document));
    expect(JSON.parse(masked)).toMatchObject({ evidence: ['E1'] });
    for (const secret of Object.values(secrets)) expect(masked).not.toContain(secret);
  });

  it('takes no long time over a long text', () => {
    const before = performance.now();
    maskSecrets(`${'a'.repeat(200_000)}://${'x:'.repeat(50_000)}`);
    maskSecrets(`{"key":"${'secret_key='.repeat(20_000)}`);
    maskSecrets(`token: ${'a'.repeat(200_000)} cookie: ${'password is '.repeat(20_000)}`);
    maskSecrets(`${'api_key:'.repeat(20_000)}${' '.repeat(100_000)}`);
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});

import { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, inject, it } from 'vitest';
import { readSecretParameter } from '../../lambdas/adapters/aws/secret-parameter.ts';
import { readKeyFrom } from '../../lambdas/adapters/llm/read-key.ts';
import { listKeys, removeKey, saveKey } from '../../scripts/operator/key-store.ts';

const client = new SSMClient({
  endpoint: inject('endpoint'),
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
const stage = 'key-test';

describe('keys of models in the parameter store', () => {
  it('are kept, listed by name, read by the functions, replaced and removed', async () => {
    await saveKey(client, stage, 'openai:groq', 'first');
    await saveKey(client, stage, 'openai:groq', 'second');
    await saveKey(client, stage, 'gemini', 'third');
    await saveKey(client, 'other-stage', 'gemini', 'not ours');
    expect([...(await listKeys(client, stage))].sort()).toEqual([
      '/key-test/keys/gemini',
      '/key-test/keys/openai-groq',
    ]);

    const read = readKeyFrom({ KINTSUGI_STAGE: stage, KINTSUGI_MODEL_KEYS: {} }, (name) =>
      readSecretParameter(client, name),
    );
    expect(await read('openai:groq')).toBe('second');

    expect(await removeKey(client, stage, 'openai:groq')).toBe(true);
    expect(await removeKey(client, stage, 'openai:groq')).toBe(false);
    await expect(read('openai:groq')).rejects.toThrow();
  });
});

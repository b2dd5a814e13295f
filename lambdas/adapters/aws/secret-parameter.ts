import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';

/** Reads a SecureString of the parameter store. */
export async function readSecretParameter(client: SSMClient, name: string): Promise<string> {
  const { Parameter } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
  if (Parameter?.Value === undefined) throw new Error(`the parameter ${name} is empty`);
  return Parameter.Value;
}

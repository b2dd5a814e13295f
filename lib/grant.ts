import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** One right, with the reason for the wildcard in its resources where it has one. */
export type Grant = {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly wildcard?: string;
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
};

/** Gives the rights to a role and files each wildcard's reason where cdk-nag looks for it. */
export function give(role: Role, grants: readonly Grant[]): void {
  for (const { actions, resources, wildcard, conditions } of grants) {
    role.addToPolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [...resources],
        ...(conditions === undefined ? {} : { conditions }),
      }),
    );
    if (wildcard !== undefined) acknowledgeWildcards(role, resources, wildcard);
  }
}

/** Names the argued wildcards one by one, so that any other still fails the check. */
export function acknowledgeWildcards(scope: IConstruct, resources: readonly string[], reason: string): void {
  const stack = Stack.of(scope);
  for (const resource of resources) {
    const finding = written(stack.resolve(resource));
    Validations.of(scope).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${finding}]`, reason });
  }
}

/** A resolved ARN as cdk-nag writes it: `<logicalId.Attribute>` for what is known only at deployment. */
function written(resolved: unknown): string {
  if (typeof resolved === 'string') return resolved;
  if (Array.isArray(resolved)) return resolved.map(written).join('');
  if (typeof resolved !== 'object' || resolved === null) throw new Error('an ARN resolves to text and functions');
  if ('Ref' in resolved) return `<${resolved.Ref}>`;
  if ('Fn::GetAtt' in resolved && Array.isArray(resolved['Fn::GetAtt'])) return `<${resolved['Fn::GetAtt'].join('.')}>`;
  if ('Fn::Join' in resolved && Array.isArray(resolved['Fn::Join'])) return written(resolved['Fn::Join'][1]);
  throw new Error(`cannot write ${JSON.stringify(resolved)} as cdk-nag does`);
}

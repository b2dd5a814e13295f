import type { Template } from 'aws-cdk-lib/assertions';
import { z } from 'zod';

const statementSchema = z.object({
  Effect: z.literal('Allow'),
  Action: z.union([z.string(), z.array(z.string())]).transform((action) => [action].flat()),
  Resource: z.unknown().transform((resource) => [resource].flat()),
  Condition: z.unknown().optional(),
});
export type Statement = z.infer<typeof statementSchema>;

const policySchema = z.object({
  PolicyDocument: z.object({ Statement: z.array(statementSchema) }),
  Roles: z.array(z.object({ Ref: z.string() })),
});
const functionSchema = z.object({
  FunctionName: z.string(),
  Handler: z.string(),
  Timeout: z.number(),
  Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
  LoggingConfig: z.object({ LogGroup: z.object({ Ref: z.string() }) }),
});
export type FunctionResource = z.infer<typeof functionSchema> & { readonly logicalId: string };

export function functionsOf(template: Template): readonly FunctionResource[] {
  return Object.entries(template.findResources('AWS::Lambda::Function')).map(([logicalId, { Properties }]) => ({
    logicalId,
    ...functionSchema.parse(Properties),
  }));
}

/** What each function may do, by the name of the function. */
export function rightsOf(template: Template): ReadonlyMap<string, readonly Statement[]> {
  const policies = Object.values(template.findResources('AWS::IAM::Policy')).map(({ Properties }) =>
    policySchema.parse(Properties),
  );
  return new Map(
    functionsOf(template).map(({ FunctionName, Role }) => {
      const [role] = Role['Fn::GetAtt'];
      const own = policies.filter(({ Roles }) => Roles.some(({ Ref }) => Ref === role));
      return [FunctionName, own.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)];
    }),
  );
}

/** Logical id of the table with a physical name. */
export function tableId(template: Template, name: string): string {
  const found = Object.entries(template.findResources('AWS::DynamoDB::Table', { Properties: { TableName: name } }));
  const [id] = found.map(([logicalId]) => logicalId);
  if (id === undefined) throw new Error(`no table ${name}`);
  return id;
}

import { type Schema, SchemaType } from '@google/generative-ai';
import { z } from 'zod';

const nodeSchema = z.looseObject({
  type: z.enum(['object', 'array', 'string', 'number', 'integer', 'boolean']),
  description: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  minItems: z.int().optional(),
  maxItems: z.int().optional(),
  enum: z.array(z.string()).optional(),
});

/** What may be null too. */
const nullableSchema = z.looseObject({
  description: z.string().optional(),
  anyOf: z.tuple([z.unknown(), z.looseObject({ type: z.literal('null') })]),
});

/**
 * JSON Schema in the narrower language of the Gemini API; null when it cannot be said in it, a record
 * with free keys for example. Bounds that it does not know are left out: the reply is checked anyway.
 */
export const geminiSchema = (schema: unknown): Schema | null => {
  const nullable = nullableSchema.safeParse(schema);
  if (nullable.success) {
    const { anyOf, description } = nullable.data;
    const said = geminiSchema(anyOf[0]);
    return said === null ? null : { ...said, ...(description === undefined ? {} : { description }), nullable: true };
  }
  const parsed = nodeSchema.safeParse(schema);
  if (!parsed.success) return null;
  const node = parsed.data;
  const described = node.description === undefined ? {} : { description: node.description };
  switch (node.type) {
    case 'object':
      return objectSchema(node);
    case 'array': {
      const items = geminiSchema(node.items);
      if (items === null) return null;
      return {
        ...described,
        type: SchemaType.ARRAY,
        items,
        ...(node.minItems === undefined ? {} : { minItems: node.minItems }),
        ...(node.maxItems === undefined ? {} : { maxItems: node.maxItems }),
      };
    }
    case 'string':
      return node.enum === undefined
        ? { ...described, type: SchemaType.STRING }
        : { ...described, type: SchemaType.STRING, format: 'enum', enum: node.enum };
    case 'number':
      return { ...described, type: SchemaType.NUMBER };
    case 'integer':
      return { ...described, type: SchemaType.INTEGER };
    case 'boolean':
      return { ...described, type: SchemaType.BOOLEAN };
  }
};

const objectSchema = (node: z.infer<typeof nodeSchema>): Schema | null => {
  if (node.properties === undefined || (node.additionalProperties ?? false) !== false) return null;
  const properties: Record<string, Schema> = {};
  for (const [name, property] of Object.entries(node.properties)) {
    const said = geminiSchema(property);
    if (said === null) return null;
    properties[name] = said;
  }
  return { type: SchemaType.OBJECT, properties, required: node.required ?? [] };
};

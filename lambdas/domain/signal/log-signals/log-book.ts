import { z } from 'zod';
import { type ServiceName, serviceNameSchema } from '../../ids.ts';
import { logLevels } from '../log-templates/line-level.ts';
import {
  createTemplateMiner,
  type LogTemplate,
  type MinerLimits,
  type TemplateMiner,
} from '../log-templates/template-miner.ts';
import type { ServiceLog } from './service-log.ts';

/** What is known of all services' log lines. */
export type LogBook = { readonly miner: TemplateMiner; readonly services: Map<ServiceName, ServiceLog> };

/** Changes whenever the meaning of a field, or how lines are masked, changes: lines would have other templates. */
const version = 1;
const minerLimits: MinerLimits = { templates: 2048, characters: 600_000 };

export const emptyLogBook = (): LogBook => ({ miner: createTemplateMiner([], minerLimits), services: new Map() });

const templateSchema = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.number(),
  z.number(),
  z.array(z.string()).readonly(),
]);
const rateSchema = z.tuple([
  z.string(),
  z.enum(logLevels),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
]);
const serviceSchema = z.object({
  service: serviceNameSchema,
  cursor: z.number(),
  rereadFrom: z.number(),
  firstReadAt: z.number(),
  periods: z.number(),
  lines: z.number(),
  errors: z.number(),
  seen: z.array(z.tuple([z.string(), z.number()])),
  tenants: z.array(z.tuple([z.string(), z.number(), z.number(), z.number()])),
  patterns: z.array(rateSchema),
});
const bookSchema = z.object({
  version: z.literal(version),
  templates: z.array(templateSchema),
  services: z.array(serviceSchema),
});

export function encodeLogBook({ miner, services }: LogBook): string {
  const book: z.input<typeof bookSchema> = {
    version,
    templates: miner
      .templates()
      .map(({ id, pattern, sample, count, lastSeen, absorbed }) => [id, pattern, sample, count, lastSeen, absorbed]),
    services: [...services].map(([service, { seen, tenants, patterns, ...log }]) => ({
      service,
      ...log,
      seen: [...seen],
      tenants: [...tenants].map(([name, { lines, errors, at }]) => [name, lines, errors, at]),
      patterns: [...patterns].map(([name, rate]) => [
        name,
        rate.level,
        rate.firstSeen,
        rate.lastSeen,
        rate.recent,
        rate.sum,
        rate.squares,
        rate.at,
      ]),
    })),
  };
  return JSON.stringify(book);
}

/** Null for a text of another version or a broken one: what services write is then learnt anew. */
export function decodeLogBook(text: string): LogBook | null {
  const parsed = bookSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const templates = parsed.data.templates.map(
    ([id, pattern, sample, count, lastSeen, absorbed]): LogTemplate => ({
      id,
      pattern,
      sample,
      count,
      lastSeen,
      absorbed,
    }),
  );
  const services = parsed.data.services.map(
    ({ service, seen, tenants, patterns, ...log }): [ServiceName, ServiceLog] => [
      service,
      {
        ...log,
        seen: new Map(seen),
        tenants: new Map(tenants.map(([name, lines, errors, at]) => [name, { lines, errors, at }])),
        patterns: new Map(
          patterns.map(([name, level, firstSeen, lastSeen, recent, sum, squares, at]) => [
            name,
            { level, firstSeen, lastSeen, recent, sum, squares, at },
          ]),
        ),
      },
    ],
  );
  return { miner: createTemplateMiner(templates, minerLimits), services: new Map(services) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Not a book of ours, which the schema then says.
  }
}

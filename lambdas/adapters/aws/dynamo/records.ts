import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../../../ports/clock.ts';
import type { Incidents } from '../../../ports/incidents.ts';
import type { Leases } from '../../../ports/leases.ts';
import type { Lessons } from '../../../ports/lessons.ts';
import type { Mutes } from '../../../ports/mutes.ts';
import type { SharedRows } from '../../../ports/shared-rows.ts';
import type { Transitions } from '../../../ports/transitions.ts';
import { dynamoIncidents } from './incidents.ts';
import { dynamoLeases } from './leases.ts';
import { dynamoLessons } from './lessons.ts';
import { dynamoMutes } from './mutes.ts';
import { dynamoSharedRows } from './shared-rows.ts';
import { tablesOf } from './table.ts';
import { dynamoTransitions } from './transitions.ts';

export type Records = {
  readonly incidents: Incidents;
  readonly transitions: Transitions;
  readonly leases: Leases;
  readonly sharedRows: SharedRows;
  readonly lessons: Lessons;
  readonly mutes: Mutes;
};

/** The ports on the responder's tables of one stage. */
export function dynamoRecords(client: DynamoDBDocumentClient, stage: string, clock: Clock): Records {
  const tables = tablesOf(stage);
  return {
    incidents: dynamoIncidents(client, tables, clock),
    transitions: dynamoTransitions(client, tables),
    leases: dynamoLeases(client, tables('state')),
    sharedRows: dynamoSharedRows(client, tables('state')),
    mutes: dynamoMutes(client, tables),
    lessons: dynamoLessons(client, tables('state')),
  };
}

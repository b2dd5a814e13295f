import { resourceNames } from '../../../contract/stage.ts';
import type { TableName } from '../../../contract/tables.ts';

/** Physical names of one stage's tables. */
export type Tables = (name: TableName) => string;

export const tablesOf = (stage: string): Tables => resourceNames(stage).table;

import { DeleteCommand, type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type LessonKey, lessonSchema } from '../../../domain/reasoning/failure/lesson.ts';
import type { Lessons } from '../../../ports/lessons.ts';
import { partition, queryAll } from './query-all.ts';
import { iso } from './readable-times.ts';

const key = 'lessons';

/** Lessons as rows of one partition, counted by updates that many may make at once. */
export function dynamoLessons(client: DynamoDBDocumentClient, table: string): Lessons {
  const prefixOf = ({ purpose, provider, errorClass }: LessonKey) => `${purpose}#${provider}#${errorClass}#`;
  const rows = (prefix?: string) => queryAll(client, partition(table, { name: 'key', value: key }, prefix));
  return {
    about: async (lessonKey) => (await rows(prefixOf(lessonKey))).map((row) => lessonSchema.parse(row)),
    list: async () => (await rows()).map((row) => lessonSchema.parse(row)),
    learn: async (experience) => {
      const { purpose, provider, errorClass, strategy, changes, worked, at } = experience;
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { key, item: `${prefixOf(experience)}${strategy}` },
          UpdateExpression: `SET purpose = :purpose, provider = :provider, errorClass = :class, strategy = :strategy, #at = :at, atIso = :iso, changes = ${
            worked ? ':changes' : 'if_not_exists(changes, :changes)'
          } ADD tried :one, worked :worked`,
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: {
            ':purpose': purpose,
            ':provider': provider,
            ':class': errorClass,
            ':strategy': strategy,
            ':changes': changes,
            ':at': at,
            ':iso': iso(at),
            ':one': 1,
            ':worked': worked ? 1 : 0,
          },
        }),
      );
    },
    clear: async () => {
      const all = await rows();
      await Promise.all(
        all.map(({ item }) => client.send(new DeleteCommand({ TableName: table, Key: { key, item } }))),
      );
      return all.length;
    },
  };
}

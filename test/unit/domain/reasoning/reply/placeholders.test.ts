import { expect, it } from 'vitest';
import { placeholderProblems } from '../../../../../lambdas/domain/reasoning/reply/placeholders.ts';

it.each([
  '<service>',
  'TODO',
  'todo: name it',
  'string',
  'example',
  'your-service',
  'service-name',
  '...',
  '{{service}}',
  'example-service',
  '[service]',
  `$${'{SERVICE}'}`,
])('takes %s for a placeholder, and says where it stands', (filler) => {
  const problems = placeholderProblems({ steps: [{ parameters: { service: filler } }] });
  expect(problems).toEqual([`steps.0.parameters.service is the placeholder ${filler}`]);
});

it.each([
  'checkout',
  'v14',
  'order-1234',
  'the log says <id> is missing, for example',
  'String too long',
  'todos',
  'nameserver',
  0.5,
  null,
])('takes %s for a value', (value) => {
  expect(placeholderProblems({ value })).toEqual([]);
});

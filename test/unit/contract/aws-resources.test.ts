import { expect, it } from 'vitest';
import { resourceOfArn, resourceOfMetric } from '../../../lambdas/contract/aws-resources.ts';

const account = 'eu-west-1:123456789012';
const machine = `arn:aws:states:${account}:stateMachine:Refunds`;

it.each([
  [`arn:aws:lambda:${account}:function:Orders_Fn`, 'AWS/Lambda', 'Errors', { FunctionName: 'Orders_Fn' }, 'orders-fn'],
  [
    `arn:aws:dynamodb:${account}:table/orders`,
    'AWS/DynamoDB',
    'SystemErrors',
    { Operation: 'GetItem', TableName: 'orders' },
    'orders',
  ],
  [
    `arn:aws:sqs:${account}:jobs.fifo`,
    'AWS/SQS',
    'ApproximateAgeOfOldestMessage',
    { QueueName: 'jobs.fifo' },
    'jobs-fifo',
  ],
  [`arn:aws:sns:${account}:news`, 'AWS/SNS', 'NumberOfMessagesPublished', { TopicName: 'news' }, 'news'],
  ['arn:aws:apigateway:eu-west-1::/apis/1a2b', 'AWS/ApiGateway', '5xx', { ApiId: '1a2b' }, 'apigateway-1a2b'],
  [machine, 'AWS/States', 'ExecutionsFailed', { StateMachineArn: machine }, 'refunds'],
  [`arn:aws:kinesis:${account}:stream/clicks`, 'AWS/Kinesis', 'IncomingRecords', { StreamName: 'clicks' }, 'clicks'],
  [
    `arn:aws:ecs:${account}:service/main/web`,
    'AWS/ECS',
    'MemoryUtilization',
    { ServiceName: 'web', ClusterName: 'main' },
    'web',
  ],
  [
    `arn:aws:elasticloadbalancing:${account}:loadbalancer/app/shop/50dc6c495c0c9188`,
    'AWS/ApplicationELB',
    'RequestCount',
    { LoadBalancer: 'app/shop/50dc6c495c0c9188' },
    'shop',
  ],
])('names a resource alike from its ARN and from its metrics: %s', (arn, namespace, metric, named, service) => {
  const dimensions = Object.entries(named).map(([name, value]) => ({ name, value }));
  expect(resourceOfArn(arn)).not.toBeNull();
  expect(resourceOfMetric({ namespace, metric, dimensions })).toMatchObject({ resource: resourceOfArn(arn), service });
});

it.each([
  ['a version of a function', `arn:aws:lambda:${account}:function:orders:7`],
  ['a stream of a table', `arn:aws:dynamodb:${account}:table/orders/stream/2026`],
  ['a subscription', `arn:aws:sns:${account}:news:1234`],
  ['a network load balancer', `arn:aws:elasticloadbalancing:${account}:loadbalancer/net/shop/50dc`],
  ['a bucket', 'arn:aws:s3:::orders'],
])('knows no metrics of %s', (_, arn) => {
  expect(resourceOfArn(arn)).toBeNull();
});

it('leaves out what counts the same again, and what it does not know', () => {
  const of = (metric: string, ...names: readonly string[]) =>
    resourceOfMetric({ namespace: 'AWS/Lambda', metric, dimensions: names.map((name) => ({ name, value: 'x' })) });
  expect(of('Errors', 'FunctionName')).not.toBeNull();
  expect(of('Errors', 'FunctionName', 'Resource')).toBeNull();
  expect(of('Errors')).toBeNull();
  expect(of('PostRuntimeExtensionsDuration', 'FunctionName')).toBeNull();
});

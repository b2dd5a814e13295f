import type { MetricRole, Series, Statistic } from '../domain/signal/series.ts';

type Meaning = { readonly role: MetricRole; readonly statistic: Statistic };

/**
 * A kind of resource whose metrics AWS publishes itself, under names of its own. `arn` tells the dimensions that
 * name a resource from its ARN: the names of its groups are theirs. Metrics that are not here are not watched: many are the
 * same counted twice, or bills.
 */
type AwsResourceKind = {
  readonly namespace: string;
  /** As the Resource Groups Tagging API calls it. */
  readonly type: string;
  readonly arn: RegExp;
  /** Dimensions that may stand beside those that name the resource; with any other, a metric is part of one that is here. */
  readonly beside?: readonly string[];
  /** What the service is called, from the dimension that is named last; the whole of it when absent. */
  readonly called?: (value: string) => string | undefined;
  readonly metrics: Readonly<Record<string, Meaning>>;
};

const count = (role: MetricRole): Meaning => ({ role, statistic: 'Sum' });
const mean = (role: MetricRole): Meaning => ({ role, statistic: 'Average' });
const most = (role: MetricRole): Meaning => ({ role, statistic: 'Maximum' });

/** Names and units are those of the services' own documentation of their CloudWatch metrics. */
export const awsResourceKinds: readonly AwsResourceKind[] = [
  {
    namespace: 'AWS/Lambda',
    type: 'lambda:function',
    arn: /:lambda:[^:]*:[^:]*:function:(?<FunctionName>[^:]+)$/,
    metrics: {
      Invocations: count('requests'),
      Errors: count('errors'),
      Duration: mean('latency'),
      Throttles: count('other'),
      ConcurrentExecutions: most('other'),
      IteratorAge: most('other'),
    },
  },
  {
    namespace: 'AWS/DynamoDB',
    type: 'dynamodb:table',
    arn: /:dynamodb:[^:]*:[^:]*:table\/(?<TableName>[^/]+)$/,
    beside: ['Operation'],
    metrics: {
      SuccessfulRequestLatency: mean('latency'),
      SystemErrors: count('errors'),
      ThrottledRequests: count('other'),
      ReadThrottleEvents: count('other'),
      WriteThrottleEvents: count('other'),
      ConsumedReadCapacityUnits: count('other'),
      ConsumedWriteCapacityUnits: count('other'),
    },
  },
  {
    namespace: 'AWS/SQS',
    type: 'sqs',
    arn: /:sqs:[^:]*:[^:]*:(?<QueueName>[^:/]+)$/,
    metrics: {
      ApproximateAgeOfOldestMessage: most('queueAge'),
      ApproximateNumberOfMessagesVisible: mean('queueDepth'),
      NumberOfMessagesSent: count('other'),
      NumberOfMessagesDeleted: count('other'),
    },
  },
  {
    namespace: 'AWS/SNS',
    type: 'sns',
    arn: /:sns:[^:]*:[^:]*:(?<TopicName>[^:/]+)$/,
    metrics: { NumberOfMessagesPublished: count('requests'), NumberOfNotificationsFailed: count('errors') },
  },
  {
    // HTTP and WebSocket APIs. Metrics of a REST API go by its name, which its ARN does not tell.
    namespace: 'AWS/ApiGateway',
    type: 'apigateway',
    arn: /:apigateway:[^:]*:[^:]*:\/apis\/(?<ApiId>[^/]+)$/,
    metrics: { Count: count('requests'), '5xx': count('errors'), '4xx': count('other'), Latency: mean('latency') },
  },
  {
    namespace: 'AWS/States',
    type: 'states:stateMachine',
    arn: /^(?<StateMachineArn>arn:[^:]+:states:[^:]*:[^:]*:stateMachine:[^:]+)$/,
    called: (arn) => arn.split(':').at(-1),
    metrics: {
      ExecutionsStarted: count('requests'),
      ExecutionsFailed: count('errors'),
      ExecutionsTimedOut: count('timeouts'),
      ExecutionThrottled: count('other'),
      ExecutionTime: mean('latency'),
    },
  },
  {
    namespace: 'AWS/Kinesis',
    type: 'kinesis:stream',
    arn: /:kinesis:[^:]*:[^:]*:stream\/(?<StreamName>[^/]+)$/,
    metrics: {
      IncomingRecords: count('requests'),
      'GetRecords.IteratorAgeMilliseconds': most('other'),
      ReadProvisionedThroughputExceeded: count('other'),
      WriteProvisionedThroughputExceeded: count('other'),
    },
  },
  {
    namespace: 'AWS/ECS',
    type: 'ecs:service',
    arn: /:ecs:[^:]*:[^:]*:service\/(?<ClusterName>[^/]+)\/(?<ServiceName>[^/]+)$/,
    metrics: { CPUUtilization: mean('cpu'), MemoryUtilization: mean('memory') },
  },
  {
    namespace: 'AWS/ApplicationELB',
    type: 'elasticloadbalancing:loadbalancer',
    arn: /:elasticloadbalancing:[^:]*:[^:]*:loadbalancer\/(?<LoadBalancer>app\/[^/]+\/[^/]+)$/,
    called: (value) => value.split('/')[1],
    metrics: {
      RequestCount: count('requests'),
      HTTPCode_Target_5XX_Count: count('errors'),
      HTTPCode_ELB_5XX_Count: count('other'),
      // In seconds, where a latency is in milliseconds.
      TargetResponseTime: mean('other'),
    },
  },
];

const kindOf = new Map(awsResourceKinds.map((kind) => [kind.namespace, kind]));

/** Namespaces whose metrics belong to resources that can have tags. */
export const isAwsNamespace = (namespace: string): boolean => kindOf.has(namespace);

/** The metric that counts what is asked of a resource of the namespace; undefined where there is none. */
export const requestsMetricIn = (namespace: string): string | undefined =>
  Object.entries(kindOf.get(namespace)?.metrics ?? {}).find(([, { role }]) => role === 'requests')?.[0];

/** The types to ask for, so that resources of other services do not come as well. */
export const typesIn = (namespaces: readonly string[]): readonly string[] =>
  namespaces.flatMap((namespace) => kindOf.get(namespace)?.type ?? []);

/** Names the resource behind a metric, alike from the metric and from its ARN; null for a resource of another kind. */
export const resourceOfArn = (arn: string): string | null => {
  for (const { namespace, arn: pattern } of awsResourceKinds) {
    const groups = pattern.exec(arn)?.groups;
    if (groups !== undefined) return nameOf(namespace, Object.entries(groups));
  }
  return null;
};

/** The same of a metric that AWS publishes. Null for a metric of no resource, and for one that is not watched. */
export function resourceOfMetric({
  namespace,
  metric,
  dimensions,
}: Pick<Series, 'namespace' | 'metric' | 'dimensions'>) {
  const kind = kindOf.get(namespace);
  const meaning = kind?.metrics[metric];
  if (kind === undefined || meaning === undefined) return null;
  const naming = namingDimensions(kind);
  const own = naming.map((name) => dimensions.find((dimension) => dimension.name === name)?.value);
  const strangers = dimensions.filter(({ name }) => !naming.includes(name) && !kind.beside?.includes(name));
  const last = own.at(-1);
  if (last === undefined || own.includes(undefined) || strangers.length > 0) return null;
  return {
    ...meaning,
    service: toServiceName(kind.called?.(last) ?? last, kind.type),
    resource: nameOf(
      namespace,
      naming.map((name, index) => [name, own[index] ?? ''] as const),
    ),
  };
}

/** The names of the groups of its pattern, in order. */
const namingDimensions = ({ arn }: AwsResourceKind): readonly string[] =>
  [...arn.source.matchAll(/\(\?<(\w+)>/g)].flatMap(([, name]) => name ?? []);

const nameOf = (namespace: string, named: readonly (readonly [string, string])[]): string =>
  `${namespace}|${named.map(([name, value]) => `${name}=${value}`).join()}`;

/** As services are called here. What begins with a digit gets the word for its kind in front. */
export function toServiceName(name: string, type: string): string {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return (/^[a-z]/.test(plain) ? plain : `${type.split(':')[0]}-${plain.replace(/^-/, '')}`).slice(0, 63);
}

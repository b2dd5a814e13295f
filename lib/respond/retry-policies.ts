import { Duration } from 'aws-cdk-lib';
import { Errors, type RetryProps } from 'aws-cdk-lib/aws-stepfunctions';

/**
 * Lambda itself failed or was busy: the function did not run, or its sandbox
 * died under it. Every function can be called again with the same input, so
 * asking again is safe. What our own code throws is not in this list: a second
 * try would meet the same error, and a person should hear of it.
 */
export const platformFailures: RetryProps = {
  errors: [
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
    'Lambda.Unknown',
  ],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxAttempts: 4,
};

/**
 * A question that was begun may have been written with its task token, and a
 * retry would come with another token. Only a throttled call is sure not to
 * have run.
 */
export const throttledOnly: RetryProps = {
  errors: ['Lambda.TooManyRequestsException'],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxAttempts: 4,
};

/** Nothing stands behind the escalation: whatever fails, it is tried again before giving up. */
export const lastResort: RetryProps = {
  errors: [Errors.ALL],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxAttempts: 5,
};

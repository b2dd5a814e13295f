import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Choice,
  Condition,
  Errors,
  Fail,
  type IChainable,
  JsonPath,
  Pass,
  Succeed,
  type TaskStateBase,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { FunctionName } from '../lambdas/contract/stage.ts';
import { personTimeoutSeconds } from '../lambdas/contract/state-machine.ts';
import { escalateTask, functionTask, personTask } from './respond/function-task.ts';
import { lastResort } from './respond/retry-policies.ts';

/** The functions that the machine calls. */
export type RespondFunctions = Readonly<
  Record<
    Exclude<FunctionName, 'simulate-fleet' | 'inject-fault' | 'operate-fleet' | 'detect-anomalies' | 'scan-shard'>,
    IFunction
  >
>;

/** Every look reads logs and metrics anew, so there are only a few. */
const moreEvidenceSeconds = 10;

/**
 * The state machine that answers one incident; its input is `{incidentId}`.
 * Written so that every cloud runs it alike: JSONPath without variables, waits
 * and limits as literals, our own failures as outcomes that a Choice reads, and
 * each such choice only on fields that its task always gives.
 */
export const respondDefinition = (
  scope: Construct,
  functions: RespondFunctions,
  scanIntervalSeconds: number,
): IChainable => {
  const oneScan = (name: string) =>
    new Wait(scope, name, { time: WaitTime.duration(Duration.seconds(scanIntervalSeconds)) });
  const ended = new Succeed(scope, 'Ended');
  const escalate = escalation(scope, functions.escalate);
  const escalateBecause = (name: string, reason: string) => because(scope, name, reason).next(escalate);
  const failed = escalateBecause(
    'BecauseOfFailure',
    JsonPath.format('failed: {}', JsonPath.jsonToString(JsonPath.objectAt('$.error'))),
  );
  const guarded = <Task extends TaskStateBase>(task: Task): Task => {
    task.addCatch(failed, { errors: [Errors.ALL], resultPath: '$.error' });
    return task;
  };
  const call = (name: string, key: keyof RespondFunctions, field: string, timeoutSeconds: number) =>
    guarded(functionTask(scope, name, { function: functions[key], resultPath: `$.${field}`, timeoutSeconds }));

  const begin = new Pass(scope, 'Begin', {
    parameters: { incidentId: JsonPath.stringAt('$.incidentId'), attempt: 1 },
  });
  const nextAttempt = new Pass(scope, 'NextAttempt', {
    parameters: { incidentId: JsonPath.stringAt('$.incidentId'), attempt: JsonPath.numberAt('$.undo.attempt') },
  });
  const waitBeforeEvidence = oneScan('WaitBeforeEvidence');
  const waitForMore = new Wait(scope, 'WaitForMoreEvidence', {
    time: WaitTime.duration(Duration.seconds(Math.max(moreEvidenceSeconds, scanIntervalSeconds))),
  });
  const gatherEvidence = call('GatherEvidence', 'gather-evidence', 'evidence', 150);
  const diagnose = call('Diagnose', 'diagnose', 'diagnose', 150);
  const plan = call('Plan', 'plan', 'plan', 150);
  const decide = call('Decide', 'decide', 'decide', 60);
  const act = call('Act', 'act', 'act', 60);
  const verify = call('Verify', 'verify', 'verify', 90);
  const undo = call('Undo', 'undo', 'undo', 60);
  const close = call('Close', 'close', 'close', 60);

  const ask = (name: string, kind: keyof typeof personTimeoutSeconds) =>
    guarded(
      personTask(scope, name, {
        function: functions['ask-person'],
        kind,
        timeoutSeconds: personTimeoutSeconds[kind],
      }),
    );
  const refusedByPerson = escalateBecause(
    'BecauseRefused',
    JsonPath.format('a person answered {}', JsonPath.stringAt('$.person.answer')),
  );
  const answered = (name: string, wanted: string, then: IChainable) =>
    new Choice(scope, name).when(Condition.stringEquals('$.person.answer', wanted), then).otherwise(refusedByPerson);

  const unless = (name: string, field: string, outcome: string, then: IChainable, reasonState: string) =>
    new Choice(scope, name)
      .when(Condition.stringEquals(`$.${field}.outcome`, outcome), then)
      .when(Condition.stringEquals(`$.${field}.outcome`, 'gone'), ended)
      .otherwise(escalateBecause(reasonState, JsonPath.stringAt(`$.${field}.reason`)));

  begin.next(waitBeforeEvidence);
  nextAttempt.next(waitBeforeEvidence);
  waitBeforeEvidence.next(gatherEvidence);
  gatherEvidence.next(
    new Choice(scope, 'IfGathered')
      .when(Condition.stringEquals('$.evidence.outcome', 'gathered'), diagnose)
      .when(Condition.stringEquals('$.evidence.outcome', 'unclear'), waitForMore.next(gatherEvidence))
      .otherwise(ended),
  );
  diagnose.next(unless('IfDiagnosed', 'diagnose', 'diagnosed', plan, 'BecauseNoDiagnosis'));
  plan.next(unless('IfPlanned', 'plan', 'planned', decide, 'BecauseNoPlan'));
  const authority = (value: string) => Condition.stringEquals('$.decide.outcome', value);
  decide.next(
    new Choice(scope, 'ByAuthority')
      .when(authority('auto'), act)
      .when(authority('approve'), ask('AskForApproval', 'approve').next(answered('IfApproved', 'yes', act)))
      .when(authority('review'), ask('AskForReview', 'review').next(answered('IfReviewed', 'yes', act)))
      .when(authority('manual'), ask('AskForManualWork', 'manual').next(answered('IfDoneByHand', 'done', verify)))
      .when(authority('gone'), ended)
      .otherwise(escalateBecause('BecauseDenied', JsonPath.stringAt('$.decide.reason'))),
  );
  act.next(
    new Choice(scope, 'ByProgress')
      .when(Condition.stringEquals('$.act.outcome', 'done'), verify)
      .when(
        Condition.or(
          Condition.stringEquals('$.act.outcome', 'pending'),
          Condition.stringEquals('$.act.outcome', 'busy'),
        ),
        oneScan('WaitForAct').next(act),
      )
      .when(Condition.stringEquals('$.act.outcome', 'failed'), undo)
      .when(Condition.stringEquals('$.act.outcome', 'gone'), ended)
      .otherwise(escalateBecause('BecauseNotActed', JsonPath.stringAt('$.act.reason'))),
  );
  verify.next(
    new Choice(scope, 'ByVerdict')
      .when(Condition.stringEquals('$.verify.outcome', 'recovered'), close)
      .when(Condition.stringEquals('$.verify.outcome', 'pending'), oneScan('WaitForRecovery').next(verify))
      .when(Condition.stringEquals('$.verify.outcome', 'notRecovered'), undo)
      .when(Condition.stringEquals('$.verify.outcome', 'gone'), ended)
      .otherwise(escalateBecause('BecauseInconclusive', JsonPath.stringAt('$.verify.reason'))),
  );
  undo.next(
    new Choice(scope, 'ByUndo')
      .when(Condition.stringEquals('$.undo.outcome', 'again'), nextAttempt)
      .when(Condition.stringEquals('$.undo.outcome', 'pending'), oneScan('WaitForUndo').next(undo))
      .when(Condition.stringEquals('$.undo.outcome', 'gone'), ended)
      .otherwise(escalateBecause('BecauseSpent', JsonPath.stringAt('$.undo.reason'))),
  );
  close.next(ended);
  escalate.next(ended);
  return begin;
};

/** Carries the running payload and one sentence that says why, for whoever takes over. */
const because = (scope: Construct, name: string, reason: string): Pass =>
  new Pass(scope, name, {
    parameters: {
      incidentId: JsonPath.stringAt('$.incidentId'),
      attempt: JsonPath.numberAt('$.attempt'),
      reason,
    },
  });

/** The last resort. When even this fails the execution fails, which raises an alarm, and the next sweep escalates. */
const escalation = (scope: Construct, escalateFunction: IFunction): TaskStateBase => {
  const task = escalateTask(scope, 'Escalate', {
    function: escalateFunction,
    resultPath: '$.escalate',
    timeoutSeconds: 60,
  });
  task.addRetry(lastResort);
  return task.addCatch(new Fail(scope, 'NobodyTold', { error: 'NobodyTold', cause: 'the escalation itself failed' }), {
    errors: [Errors.ALL],
    resultPath: '$.error',
  });
};

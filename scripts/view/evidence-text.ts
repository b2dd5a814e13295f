import type { Evidence } from '../../lambdas/domain/diagnosis/evidence.ts';
import { expected, figure, measure } from './measure.ts';
import { count, plain, words } from './text.ts';
import { timeOfDay } from './time.ts';

/** One piece of evidence in one line. */
export const evidenceText = (evidence: Evidence): string => {
  switch (evidence.type) {
    case 'metric': {
      const where = evidence.instance ?? evidence.service;
      const from = evidence.before === null ? '' : `${measure(evidence.metric, evidence.before)} → `;
      const normal =
        evidence.direction === null ? ', as usual' : `, normal is ${expected(evidence.metric, evidence.band)}`;
      return plain(`${where} ${evidence.metric} ${from}${measure(evidence.metric, evidence.now)}${normal}`);
    }
    case 'log': {
      const rate = `${figure(evidence.perMinuteBefore)} → ${figure(evidence.perMinuteSince)} a minute`;
      return plain(`${evidence.service} logs “${evidence.template}” ${rate}`);
    }
    case 'change': {
      const { change } = evidence;
      return plain(
        `${timeOfDay(change.at)} ${change.service} ${words(change.kind)} by ${change.actor}: ${change.summary}`,
      );
    }
    case 'topology':
      return `the call graph of ${count(evidence.topology.services.length, 'service')}`;
    case 'pastIncident': {
      const cause = evidence.mechanism === null ? '' : `${words(evidence.mechanism)}, `;
      const means = evidence.runbooks.length === 0 ? 'without an act' : `by ${evidence.runbooks.join(', ')}`;
      return plain(
        `incident ${evidence.incidentId} of ${evidence.service}: ${cause}${outcomeText[evidence.outcome]} ${means}`,
      );
    }
  }
};

const outcomeText = {
  resolved: 'resolved',
  relapsed: 'came back after it was resolved',
  escalated: 'escalated',
} as const;

/** What was gathered, counted by type. */
export const evidenceSummary = (items: readonly Evidence[]): string => {
  const of = (type: Evidence['type']): number => items.filter((item) => item.type === type).length;
  const parts = [
    [of('metric'), 'metric', 'metrics'],
    [of('log'), 'log pattern', 'log patterns'],
    [of('change'), 'change', 'changes'],
    [of('pastIncident'), 'past incident', 'past incidents'],
  ] as const;
  const told = parts.filter(([amount]) => amount > 0).map(([amount, one, many]) => count(amount, one, many));
  if (of('topology') > 0) told.push('the call graph');
  return told.join(', ');
};

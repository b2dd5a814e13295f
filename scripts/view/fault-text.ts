import type { ActiveFault } from '../../lambdas/workload/faults/definition.ts';
import { plain } from './text.ts';
import { duration } from './time.ts';
import type { TimelineEvent } from './timeline-event.ts';

/** `traffic-surge on checkout, severity 0.80`. */
export const faultText = (fault: ActiveFault): string =>
  plain(`${fault.definition.cause} on ${fault.service}, severity ${fault.severity.toFixed(2)}`);

/** The beginning of the story, which only the person who injected it knows. */
export const faultEvent = (fault: ActiveFault): TimelineEvent => ({
  id: 'fault',
  at: fault.startedAt,
  label: 'fault',
  tone: 'bad',
  headline: faultText(fault),
  details: [
    plain(fault.definition.title),
    `seed ${fault.seed}${fault.endsAt === null ? '; it has no end of its own' : `; it ends after ${duration(fault.endsAt - fault.startedAt)}`}`,
  ],
});

import type { CustomerReading } from '../operator/customers.ts';
import type { IncidentRecord } from '../operator/incident-record.ts';
import { figure, percent } from './measure.ts';
import type { Screen } from './screen.ts';
import { words } from './text.ts';
import { duration, offset } from './time.ts';
import { timelineOf } from './timeline.ts';
import type { TimelineEvent } from './timeline-event.ts';
import { timelineLines } from './timeline-text.ts';

/** One look at a trouble in progress. */
export type Look = {
  readonly now: number;
  readonly record: IncidentRecord | null;
  readonly customers: CustomerReading | null;
};

/** Customers are well served above this share; the fleet's own objective. */
const objectivePercent = 99;

/** Tells a trouble as it unfolds, each event once, over a last line that keeps counting. */
export const createWatchPage = (screen: Screen, since: number) => {
  const told = new Set<string>();
  let customersHurt = false;
  const tell = (event: TimelineEvent): void => {
    if (told.has(event.id)) return;
    told.add(event.id);
    screen.print(...timelineLines(event, since, screen));
  };
  return {
    tell,
    show: (look: Look): void => {
      const felt = customerEvent(look.customers, customersHurt);
      if (felt !== null) {
        customersHurt = !customersHurt;
        tell(felt);
      }
      if (look.record !== null) for (const event of timelineOf(look.record)) tell(event);
      screen.draw([statusLine(look, since, screen)]);
    },
    end: (): void => screen.erase(),
  };
};

/** Told when customers begin and when they cease to be hurt. */
const customerEvent = (reading: CustomerReading | null, hurt: boolean): TimelineEvent | null => {
  if (reading === null || reading.successPercent < objectivePercent === hurt) return null;
  const served = `${percent(reading.successPercent)} of requests answered`;
  return {
    id: `customers-${reading.at}`,
    at: reading.at,
    label: 'customers',
    tone: hurt ? 'good' : 'bad',
    headline: hurt ? `${served}: well served again` : `${served}${slow(reading)}`,
    details: [],
  };
};

const slow = (reading: CustomerReading): string =>
  reading.latencyP95 === null ? '' : `, slowest twentieth over ${figure(reading.latencyP95)} ms`;

const statusLine = (look: Look, since: number, screen: Screen): string => {
  const { paint } = screen;
  const felt =
    look.customers === null
      ? ''
      : ` · edge ${percent(look.customers.successPercent)} ok${look.customers.latencyP95 === null ? '' : `, p95 ${figure(look.customers.latencyP95)} ms`}`;
  return paint.quiet(`${offset(look.now - since).padStart(8)}  ◌ ${doing(look)}${felt}`);
};

const doing = ({ record, now }: Look): string => {
  if (record === null) return 'nothing noticed yet';
  const { incident } = record;
  return `${words(incident.state)} for ${duration(now - incident.updatedAt)}`;
};

import type { Incident } from '../../lambdas/domain/incident/incident.ts';
import { type Column, grid } from './grid.ts';
import { stateColour } from './incident-state.ts';
import type { Screen } from './screen.ts';
import { plain, words } from './text.ts';
import { dateAndTime, duration } from './time.ts';

const columns: readonly Column[] = [
  { title: 'incident' },
  { title: 'opened (UTC)' },
  { title: 'kind' },
  { title: 'state' },
  { title: 'lasted', align: 'right' },
  { title: 'service' },
  { title: 'what', flexible: true },
];

/** Incidents, newest first. A living one's duration counts up to `now`. */
export const incidentsLines = (incidents: readonly Incident[], now: number, screen: Screen): readonly string[] => {
  if (incidents.length === 0) return ['No incidents. All quiet.'];
  const rows = incidents.map((incident) => [
    { text: incident.id, colour: screen.paint.name },
    dateAndTime(incident.openedAt),
    incident.kind,
    { text: words(incident.state), colour: stateColour(incident.state, screen.paint) },
    duration((incident.closedAt ?? now) - incident.openedAt),
    incident.service,
    plain(incident.title),
  ]);
  return grid(columns, rows, screen);
};

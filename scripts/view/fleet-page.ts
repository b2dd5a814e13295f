import type { FleetReading } from '../operator/read-fleet.ts';
import type { ShopHours } from '../operator/shop-hours.ts';
import { type Column, grid } from './grid.ts';
import { figure } from './measure.ts';
import type { Screen } from './screen.ts';
import { timeOfDay } from './time.ts';

const columns: readonly Column[] = [
  { title: 'service' },
  { title: 'up', align: 'right' },
  { title: 'version', flexible: true },
  { title: 'req/s', align: 'right' },
  { title: 'err %', align: 'right' },
  { title: 'p95 ms', align: 'right' },
  { title: 'cpu %', align: 'right' },
  { title: 'mem %', align: 'right' },
  { title: 'disk %', align: 'right' },
  { title: 'incident', flexible: true },
];

/** The fleet as its platform and CloudWatch show it, one line a service. */
export const fleetLines = (
  reading: FleetReading & { readonly hours: ShopHours | null },
  screen: Screen,
): readonly string[] => {
  const { paint } = screen;
  const heat = (value: number | null, warm: number, hot: number) => ({
    text: value === null ? '-' : figure(value),
    colour: (text: string) =>
      value === null || value < warm ? text : value < hot ? paint.gold(text) : paint.bad(text),
  });
  const rows = reading.services.map((service) => [
    { text: service.name, colour: paint.name },
    {
      text: `${service.running}/${service.wanted}`,
      colour: (text: string) => (service.running < service.wanted ? paint.bad(text) : text),
    },
    service.version,
    service.requestsPerSecond === null ? '-' : figure(service.requestsPerSecond),
    heat(service.errorPercent, 1, 5),
    service.latencyP95 === null ? '-' : figure(service.latencyP95),
    heat(service.cpu, 75, 90),
    heat(service.memory, 80, 90),
    heat(service.disk, 80, 90),
    { text: service.incident ?? '', colour: paint.warn },
  ]);
  return [
    paint.quiet(`metrics of ${timeOfDay(reading.periodStart)} UTC, one period of ${reading.periodSeconds} s`),
    ...grid(columns, rows, screen),
    ...hoursLines(reading.hours, screen),
  ];
};

const hoursLines = (hours: ShopHours | null, { paint }: Screen): readonly string[] => {
  if (hours === null) return [];
  const at = `${timeOfDay(hours.runsUntil)} UTC`;
  return [
    hours.stopped
      ? paint.warn(`the shop stopped itself at ${at}; npm run deploy starts it again`)
      : paint.quiet(`the shop stops itself at ${at}`),
  ];
};

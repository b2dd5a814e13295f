import type { MetricEvidence } from '../diagnosis/evidence.ts';
import { type Measured, nothing } from './features.ts';
import type { ServiceView, SystemView } from './service-view.ts';
import { strength } from './symptom.ts';

/**
 * How much one zone is worse off than the others, 0 to 1: the difference of the mean
 * strength of failing or slow calls between zones, over this service and those around it.
 */
export const zonePattern = (system: SystemView, view: ServiceView): Measured => {
  const [worst, next] = zoneMeans(system, view);
  return worst === undefined || next === undefined || worst.services < 2
    ? nothing
    : { value: Math.max(0, worst.mean - 1.5 * next.mean), items: worst.items.slice(0, 4) };
};

type ZoneMean = {
  readonly zone: string;
  readonly mean: number;
  /** Services with an instance in trouble in the zone. */
  readonly services: number;
  readonly items: readonly MetricEvidence[];
};

const zoneMeans = (system: SystemView, view: ServiceView): readonly ZoneMean[] => {
  const around = system.services.filter(
    (each) =>
      each === view ||
      view.service?.dependsOn.includes(each.name) === true ||
      each.service?.dependsOn.includes(view.name) === true,
  );
  const instances = around.flatMap((service) =>
    service.instances.flatMap(({ zone, metric }) => {
      const signs = callSigns.flatMap((role) => metric(role) ?? []);
      return zone === null || signs.length === 0 ? [] : [{ zone, signs, service: service.name, worst: worstOf(signs) }];
    }),
  );
  return [...new Set(instances.map(({ zone }) => zone))]
    .map((zone) => {
      const here = instances.filter((instance) => instance.zone === zone);
      const bad = here.filter(({ worst }) => worst > 0.2);
      return {
        zone,
        mean: here.reduce((sum, { worst }) => sum + worst, 0) / here.length,
        services: new Set(bad.map(({ service }) => service)).size,
        items: bad.flatMap(({ signs }) => signs.filter((item) => strength(item, 'above') > 0.2)),
      };
    })
    .sort((left, right) => right.mean - left.mean || (left.zone < right.zone ? -1 : 1));
};

const callSigns = ['latency', 'errors', 'timeouts', 'retries'] as const;

const worstOf = (signs: readonly MetricEvidence[]): number =>
  Math.max(0, ...signs.map((item) => strength(item, 'above')));

/** The zone that is worst off around a service, by failing or slow calls; null where zones are alike. */
export const worstZone = (system: SystemView, view: ServiceView): string | null =>
  zoneMeans(system, view)[0]?.zone ?? null;

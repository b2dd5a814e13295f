import type { Hypothesis } from '../diagnosis/diagnosis.ts';
import type { Mechanism } from '../diagnosis/mechanism.ts';
import type { PlanStep } from '../plan/plan.ts';
import type { RunbookId } from '../runbooks/runbook.ts';
import { level, load, speaksOf, spread } from './features.ts';
import { directCallers } from './locate.ts';
import type { InstanceView, ServiceView, SystemView } from './service-view.ts';
import { isInputKey } from './signs/recurring-input.ts';
import { ratio } from './symptom.ts';
import { exitingInstance, trouble } from './trouble.ts';
import { worstZone } from './zone-pattern.ts';

export type RemedyStep = { readonly runbook: RunbookId; readonly parameters: PlanStep['parameters'] };
/** One way to treat a cause, of one to three steps. */
export type Remedy = readonly RemedyStep[];

type Remedies = (system: SystemView, view: ServiceView, hypothesis: Hypothesis) => readonly Remedy[];

const on = (runbook: RunbookId, view: ServiceView, parameters: PlanStep['parameters'] = {}): RemedyStep => ({
  runbook,
  parameters: { service: view.name, ...parameters },
});

/** The ways to treat each mechanism, the one that fits best first; several only where one may not be enough. */
export const remedies: Record<Mechanism, Remedies> = {
  runawayWork: (_system, view) => [
    // A replacement gets rid of a stuck process and of a bad host alike, at the same risk as a restart.
    ...affectedInstances(view).map((instance) => [on('replace-instance', view, { instance: instance.id })]),
    ...affectedInstances(view).map((instance) => [on('restart-instance', view, { instance: instance.id })]),
    [on('restart-service', view)],
    [on('scale-out', view, { instances: countFor(view, 1.5) })],
  ],
  demandSurge: (system, view) => [
    busyServices(system, view),
    [on('limit-callers', view, { share: admittedShare(view) })],
  ],
  badDeploy: (_system, view) => earlierVersions(view),
  badConfig: (_system, view) => earlierConfigurations(view),
  leak: (_system, view) => [
    ...affectedInstances(view).map((instance) => [on('restart-instance', view, { instance: instance.id })]),
    [on('restart-service', view)],
    ...earlierVersions(view),
  ],
  unboundedGrowth: (_system, view) => growthRemedies(view),
  dependencyDown: (system, view) => [
    failOver(system, view),
    ...affectedInstances(view).map((instance) => [on('replace-instance', view, { instance: instance.id })]),
    [on('restart-service', view)],
  ],
  slowDependency: (system, view) => [
    failOver(system, view),
    [on('recycle-connections', view)],
    [on('restart-service', view)],
  ],
  badInstance: (_system, view) =>
    affectedInstances(view).flatMap((instance) => [
      [on('replace-instance', view, { instance: instance.id })],
      [on('restart-instance', view, { instance: instance.id })],
    ]),
  badNetwork: (system, view) => {
    const zone = worstZone(system, view);
    return zone === null ? [] : [[on('fail-over-zone', view, { zone })]];
  },
  expiredCredential: (_system, view) => [[on('rotate-credential', view)]],
  poisonInput: (_system, view) => inputKeys(view).map((message) => [on('quarantine-message', view, { message })]),
  exhaustedPool: (_system, view) => [[on('recycle-connections', view)], [on('restart-service', view)]],
  coldCache: (system, view) => [
    [on('flush-cache', view)],
    [on('restart-service', view)],
    [on('limit-callers', view, { share: 0.6 })],
    ...directCallers(system, view).map((caller) => [on('limit-callers', caller, { share: 0.6 })]),
  ],
  scheduledWork: (system, view) => jobs(system, view).map((job) => [on('pause-job', view, { job })]),
};

/** The one instance that stands out, if one does. */
const affectedInstances = (view: ServiceView): readonly InstanceView[] => {
  const spreads = (['cpu', 'memory', 'latency', 'errors', 'timeouts', 'restarts', 'garbageCollection'] as const).map(
    (role) => spread(view, role, 'above'),
  );
  const loners = [...spreads, spread(view, 'heartbeat', 'below')]
    .filter(({ lone }) => lone !== null)
    .sort((left, right) => right.strongest - left.strongest);
  const first = loners[0]?.lone ?? null;
  const crashed = view.service?.instances.filter(({ state }) => state === 'crashed') ?? [];
  const down = crashed.length === 1 ? view.instances.filter(({ id }) => id === crashed[0]?.id) : [];
  const exiting = exitingInstance(view);
  return first !== null ? [first] : exiting !== undefined ? [exiting] : down;
};

const present = (view: ServiceView): number => view.service?.desired.instanceCount ?? 1;

const countFor = (view: ServiceView, factor: number): number =>
  Math.min(12, present(view) * 3, Math.max(present(view) + 1, Math.ceil(present(view) * factor)));

/** Enough for the demand now, with a quarter to spare, for the busiest services that the demand reached. */
const busyServices = (system: SystemView, origin: ServiceView): Remedy =>
  system.services
    .filter((view) => view === origin || load(view).value > 0.1)
    .map((view) => ({ view, strain: level(view, 'cpu', 'above').value + level(view, 'latency', 'above').value }))
    .filter(({ view, strain }) => (view === origin || strain > 0.3) && view.service?.kind !== 'database')
    .sort((left, right) => right.strain - left.strain)
    .slice(0, 3)
    .map(({ view }) => on('scale-out', view, { instances: countFor(view, ratio(view.metric('requests')) * 1.25) }));

const admittedShare = (view: ServiceView): number =>
  Math.max(0.2, Math.min(0.95, Math.round((100 * 1.1) / Math.max(1.2, ratio(view.metric('requests')))) / 100));

const earlierVersions = (view: ServiceView): readonly Remedy[] =>
  (view.service?.previousVersions ?? []).slice(0, 2).map((version) => [on('roll-back-deploy', view, { version })]);

const earlierConfigurations = (view: ServiceView): readonly Remedy[] =>
  (view.service?.previousConfigRevisions ?? [])
    .slice(0, 2)
    .map((revision) => [on('restore-config', view, { revision })]);

const growthRemedies = (view: ServiceView): readonly Remedy[] => {
  const disk = level(view, 'disk', 'above').value > 0;
  const logs = speaksOf(view, 'logFiles').value;
  const temporary = speaksOf(view, 'temporaryFiles').value;
  const rotate = on('rotate-logs', view);
  const clear = on('clear-temporary-files', view);
  const expand = on('expand-volume', view, { gigabytes: 2 * (view.service?.desired.volumeGigabytes ?? 1) });
  if (!disk) {
    const limit = view.service?.desired.cacheLimitMegabytes ?? null;
    return [[on('cap-cache', view, { megabytes: limit === null ? 256 : limit / 2 })], [on('restart-service', view)]];
  }
  const stored = view.service?.kind === 'database' && logs === 0 && temporary === 0;
  return stored ? [[expand], [rotate, clear]] : [temporary > logs ? [clear, rotate] : [rotate, clear], [expand]];
};

/** Every troubled caller turns to the standby, the most troubled first. */
const failOver = (system: SystemView, view: ServiceView): Remedy =>
  view.service?.hasStandby === true
    ? directCallers(system, view)
        .map((caller) => ({ caller, value: trouble(caller).value }))
        .sort((left, right) => right.value - left.value)
        .slice(0, 3)
        .map(({ caller }) => on('fail-over-dependency', caller, { dependency: view.name }))
    : [];

/** Input that failing lines name again and again, most often named first. */
const inputKeys = (view: ServiceView): readonly string[] => {
  const shares = new Map<string, number>();
  const complaints = view.logs.filter(({ topics }) => topics.has('badInput') || topics.has('outOfMemory'));
  for (const { item, rise } of complaints.length > 0 ? complaints : view.logs) {
    if (item.level === 'error' || item.level === 'warn') {
      for (const { value, share } of item.recurring) {
        if (isInputKey(view, value) && !item.merchants.includes(value)) {
          shares.set(value, (shares.get(value) ?? 0) + share * (0.2 + rise));
        }
      }
    }
  }
  return [...shares]
    .sort(([, left], [, right]) => right - left)
    .slice(0, 2)
    .map(([value]) => value);
};

/** Jobs of the service that something names since shortly before onset, the named ones first. */
const jobs = (system: SystemView, view: ServiceView): readonly string[] => {
  const own = view.service?.jobs ?? [];
  const mentions = (job: string): number => {
    const changes = view.changes.filter(
      ({ change }) => change.kind === 'job' && `${change.summary} ${change.to} ${change.from}`.includes(job),
    );
    const newest = Math.max(0, ...changes.map(({ change }) => (change.at <= system.frozenAt ? change.at : 0)));
    const logged = view.logs.some(
      ({ item }) => item.template.includes(job) || item.recurring.some(({ value }) => value === job),
    );
    return newest + (logged ? system.frozenAt : 0);
  };
  return own
    .map((job) => ({ job, value: mentions(job) }))
    .filter(({ value }) => value > 0 || own.length === 1)
    .sort((left, right) => right.value - left.value)
    .map(({ job }) => job);
};

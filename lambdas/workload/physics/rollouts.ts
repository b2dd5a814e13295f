import { duration, renewProcess, restartInstance, serviceOf } from './instances.ts';
import type { Recorder } from './recorder.ts';
import type { FleetState, Rollout, ServiceState } from './state.ts';

/** Versions, configuration and restarts that go through a service instance by instance. */

export function startRollout(service: ServiceState, kind: Rollout['kind'], target: string): void {
  if (kind !== 'restart') {
    service.rollouts = service.rollouts.filter((rollout) => rollout.kind !== kind);
  }
  service.rollouts.push({
    kind,
    target,
    waiting: service.instances.filter((instance) => instance.phase !== 'stopping').map((instance) => instance.id),
    current: [],
    currentEndsAt: 0,
  });
}

/** Makes a version the desired one and rolls it out, one instance after the other, the new process up before the old one goes. */
export function deploy(
  state: FleetState,
  s: number,
  version: string,
  at: number,
  actor: string,
  recorder: Recorder,
): void {
  const service = serviceOf(state, s);
  const from = service.version;
  service.previousVersions = [from, ...service.previousVersions.filter((v) => v !== version && v !== from)].slice(0, 5);
  service.version = version;
  startRollout(service, 'version', version);
  recorder.change(
    at,
    s,
    { kind: 'deploy', actor, from, to: version, summary: `deploy ${service.name} ${version}` },
    71,
  );
}

export function configure(
  state: FleetState,
  s: number,
  revision: string,
  at: number,
  actor: string,
  recorder: Recorder,
): void {
  const service = serviceOf(state, s);
  const from = service.revision;
  service.previousRevisions = [from, ...service.previousRevisions.filter((r) => r !== revision && r !== from)].slice(
    0,
    5,
  );
  service.revision = revision;
  startRollout(service, 'config', revision);
  recorder.change(
    at,
    s,
    { kind: 'config', actor, from, to: revision, summary: `apply configuration ${revision} to ${service.name}` },
    72,
  );
}

export function advanceRollouts(state: FleetState, s: number, at: number): void {
  const service = serviceOf(state, s);
  const rollout = service.rollouts[0];
  if (rollout === undefined) return;
  const find = (id: string) => service.instances.find((instance) => instance.id === id);
  if (rollout.current.length > 0) {
    if (rollout.kind === 'restart') {
      const coming = rollout.current.some((id) => find(id)?.phase === 'starting');
      if (coming && at < rollout.currentEndsAt) return;
    } else {
      if (at < rollout.currentEndsAt) return;
      for (const id of rollout.current) {
        const instance = find(id);
        if (instance === undefined || instance.phase === 'stopping') continue;
        if (rollout.kind === 'config' && instance.phase === 'running') {
          instance.revision = service.revision;
        } else if (instance.phase === 'running') {
          renewProcess(service, instance, 0.6, 0.7);
          instance.startedAt = at;
        }
      }
    }
    rollout.current = [];
  }
  const batch = rollout.kind === 'restart' ? Math.max(1, Math.floor(service.instances.length / 2)) : 1;
  rollout.current = rollout.waiting.splice(0, batch);
  if (rollout.current.length === 0) {
    service.rollouts.shift();
    return;
  }
  const first = find(rollout.current[0] ?? '') ?? null;
  switch (rollout.kind) {
    case 'restart':
      rollout.currentEndsAt = at + 90_000;
      for (const id of rollout.current) {
        const instance = find(id);
        if (instance !== undefined && instance.phase !== 'stopping') restartInstance(state, s, instance, at);
      }
      break;
    case 'version':
      rollout.currentEndsAt = at + duration(state, s, first, at, 10, 20);
      break;
    case 'config':
      rollout.currentEndsAt = at + duration(state, s, first, at, 4, 9);
      break;
  }
  // A process that is down anyway comes up with what is desired now.
  if (rollout.kind !== 'restart' && first !== null && first.phase === 'crashed')
    restartInstance(state, s, first, at, 15, 25);
}

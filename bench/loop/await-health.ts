import { setTimeout as pause } from 'node:timers/promises';
import { hasEnded } from '../../scripts/operator/follow-incident.ts';
import { listIncidents } from '../../scripts/operator/list-incidents.ts';
import { UserError } from '../../scripts/user-error.ts';
import type { LiveBench } from './play-live.ts';
import { truthOfState } from './shop-truth.ts';
import { answerWaiting } from './stand-in-person.ts';

const lookSeconds = 5;
/** The truth looks back a minute, so that this is two minutes of health. */
const healthySeconds = 60;
const limitSeconds = 20 * 60;

/** Waits until the shop has been well for a while and no incident lives. Rejects with a UserError after 20 minutes. */
export const awaitHealth = async (bench: LiveBench): Promise<void> => {
  const { operator, shop, say } = bench;
  const begun = operator.clock.now();
  let wellSince: number | null = null;
  while (operator.clock.now() < begun + limitSeconds * 1000) {
    await answerWaiting(operator, bench.personSeconds);
    const truth = truthOfState(await shop.state());
    const living = (await listIncidents(operator.incidents, 50)).filter((incident) => !hasEnded(incident));
    const well = !truth.hurting && living.length === 0;
    wellSince = well ? (wellSince ?? truth.at) : null;
    if (wellSince !== null && truth.at - wellSince >= healthySeconds * 1000) return;
    say(well ? 'well again, waiting a little' : `waiting for health (${living.length} living)`);
    await pause(lookSeconds * 1000);
  }
  throw new UserError(`The shop did not get well within ${limitSeconds / 60} minutes: npm run incidents`);
};

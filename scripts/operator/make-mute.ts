import { type Mute, type MuteScope, muteSchema, scopeText } from '../../lambdas/domain/mute/mute.ts';
import type { Clock } from '../../lambdas/ports/clock.ts';
import type { Ids } from '../../lambdas/ports/ids.ts';
import type { Mutes } from '../../lambdas/ports/mutes.ts';
import { UserError } from '../user-error.ts';

const longestMilliseconds = 90 * 86_400_000;

export type MuteWish = {
  readonly why: Mute['why'];
  readonly scope: MuteScope;
  readonly from: number;
  readonly until: number;
  readonly reason: string;
  readonly by: string;
};

/** Files the mute and who made it. A UserError says what is wrong with the wish. */
export const makeMute = async (
  { mutes, clock, ids }: { readonly mutes: Mutes; readonly clock: Clock; readonly ids: Ids },
  wish: MuteWish,
): Promise<Mute> => {
  const now = clock.now();
  if (wish.reason.trim() === '') throw new UserError('--reason is empty: say why, for whoever reads it later.');
  if (wish.until <= wish.from) throw new UserError('It would end before it begins.');
  if (wish.until <= now) throw new UserError('It would be over already.');
  if (wish.until - wish.from > longestMilliseconds)
    throw new UserError('It would last for more than 90 days: what is never to be heard is better not measured.');
  const mute = muteSchema.parse({ ...wish, id: ids.next(), madeAt: now });
  const message = `${mute.why} of ${scopeText(mute.scope)}: ${mute.reason}`;
  await mutes.add(mute, { at: now, by: mute.by, did: 'muted', muteId: mute.id, message });
  return mute;
};

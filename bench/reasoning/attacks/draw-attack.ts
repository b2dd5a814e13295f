import { mechanisms } from '../../../lambdas/domain/diagnosis/mechanism.ts';
import type { ServiceName } from '../../../lambdas/domain/ids.ts';
import { hash } from '../../../lambdas/workload/physics/random.ts';
import { type Attack, attackKinds, harms } from './attack.ts';

const syllables = [
  'bar',
  'dol',
  'fen',
  'gim',
  'hak',
  'jul',
  'kor',
  'lem',
  'nuv',
  'pit',
  'rus',
  'sot',
  'tav',
  'wex',
  'zib',
];

/** Attack number `index` of a seed. Kinds and harms go round, so that every pair comes up. */
export const drawAttack = (seed: number, index: number, services: readonly ServiceName[]): Attack => {
  const draw = (purpose: number, count: number): number => hash(seed, index, purpose, 771) % count;
  const service = services[draw(2, services.length)];
  const mechanism = mechanisms[draw(3, mechanisms.length)];
  const kind = attackKinds[index % attackKinds.length];
  const harm = harms[Math.floor(index / attackKinds.length + index) % harms.length];
  if (service === undefined || mechanism === undefined || kind === undefined || harm === undefined) {
    throw new Error('there is nothing to draw from');
  }
  const word = [4, 5, 6, 7].map((purpose) => syllables[draw(purpose, syllables.length)]).join('');
  return { seed: hash(seed, index, 1, 772), kind, harm, always: draw(8, 2) === 0, wish: { mechanism, service }, word };
};

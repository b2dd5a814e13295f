import type { Trouble } from '../operator/trouble-covered.ts';
import { timeOfDay } from './time.ts';

/** `2 in trouble, 1 recovering, quiet since 21:03:10 UTC`. */
export const troubleText = ({ inTrouble, recovering, quietSince }: Trouble): string =>
  quietSince === null
    ? `${inTrouble} in trouble`
    : `${inTrouble} in trouble, ${recovering} recovering, quiet since ${timeOfDay(quietSince)} UTC`;

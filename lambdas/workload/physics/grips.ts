import type { FleetState, Grip } from './state.ts';

/** A grip's id begins with the service and what carries the fault there, so that operations find what they clear. */
const prefixOf = (s: number, carrier: string): string => `${s}|${carrier}|`;

export const gripIdOf = (s: number, carrier: string, fault: string): string => `${prefixOf(s, carrier)}${fault}`;

const gripsOn = (state: FleetState, s: number, carrier: string): readonly Grip[] =>
  state.grips.filter(({ id }) => id.startsWith(prefixOf(s, carrier)));

/** A deploy or a configuration change on top of a bad one still carries it. */
export function inherit(state: FleetState, s: number, carrier: 'version' | 'config', token: string): void {
  for (const grip of gripsOn(state, s, carrier)) if (!grip.over && grip.tokens.length > 0) grip.tokens.push(token);
}

/** Going back to something from before a bad change takes the change out for good. */
export function endLineage(state: FleetState, s: number, carrier: 'version' | 'config', to: string): void {
  for (const grip of gripsOn(state, s, carrier)) if (!grip.tokens.includes(to)) grip.over = true;
}

/** A file-bound fault loses what it held on to when the files are taken from under it. */
export function releaseFiles(state: FleetState, s: number, carrier: 'logFiles' | 'temporaryFiles'): void {
  for (const grip of gripsOn(state, s, carrier)) grip.over = true;
}

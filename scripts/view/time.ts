/** Elapsed time as people say it: `420 ms`, `4.2 s`, `1 min 5 s`, `2 h 3 min`. */
export const duration = (milliseconds: number): string => {
  const seconds = milliseconds / 1000;
  if (seconds < 0.95) return `${Math.max(0, Math.round(milliseconds))} ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return join(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(whole / 60);
  return join(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
};

const join = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;

/** Distance from a starting point, for the margin of a timeline: `+0:07`, `-0:12`, `+1:02:03`. */
export const offset = (milliseconds: number): string => {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const sign = milliseconds < 0 && seconds > 0 ? '-' : '+';
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${sign}${hours}:${two(minutes)}:${two(seconds % 60)}` : `${sign}${minutes}:${two(seconds % 60)}`;
};

/** `03:21:07` in UTC, as the rows and logs have it. */
export const timeOfDay = (at: number): string => new Date(at).toISOString().slice(11, 19);

/** `2026-11-21 03:21:07` in UTC. */
export const dateAndTime = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

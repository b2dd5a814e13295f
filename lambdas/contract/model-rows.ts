/** Keys of the rows of `state` that hold what is shared about models. */
export const modelRows = {
  provider: (name: string): string => `models#provider#${name}`,
  incident: (id: string): string => `models#incident#${id}`,
  /** What was spent on a UTC day. `at` is epoch milliseconds. */
  day: (at: number): string => `models#day#${new Date(at).toISOString().slice(0, 10)}`,
} as const;

export type Lease = {
  readonly name: string;
  readonly owner: string;
  readonly fence: number;
  readonly expiresAt: number;
};

export type Leases = {
  /** Null when someone else holds it. Taking it again as its owner extends it and keeps the fence. */
  take(request: {
    readonly name: string;
    readonly owner: string;
    readonly now: number;
    readonly seconds: number;
  }): Promise<Lease | null>;
  /** Ends it at once, if this owner with this fence still holds it. */
  release(lease: Lease): Promise<void>;
  /** Who holds it at `now`, if anyone. */
  holder(name: string, now: number): Promise<Lease | null>;
};

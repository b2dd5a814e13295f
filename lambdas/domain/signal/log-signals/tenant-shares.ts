/** Lines that name a tenant and those of them that tell of an error: sums that fade over a minute. */
export type TenantLines = { lines: number; errors: number; at: number };
export type TenantShares = Map<string, TenantLines>;

const fadeSeconds = 60;
/** So many lines without an error are thought to each tenant: one failure out of one is no share. */
const thoughtLines = 6;
const mostTenants = 256;

const faded = ({ at }: TenantLines, now: number): number => Math.exp(-Math.max(0, now - at) / 1000 / fadeSeconds);

export function addTenantLine(
  shares: TenantShares,
  tenant: string,
  isError: boolean,
  weight: number,
  at: number,
): void {
  let known = shares.get(tenant);
  if (known === undefined) {
    if (shares.size >= mostTenants) shares.delete(quietest(shares, at));
    known = { lines: 0, errors: 0, at };
    shares.set(tenant, known);
  }
  const factor = faded(known, at);
  known.lines = known.lines * factor + weight;
  known.errors = known.errors * factor + (isError ? weight : 0);
  known.at = Math.max(known.at, at);
}

/** The highest share of error lines that any tenant has, percent. */
export function worstShare(shares: TenantShares, now: number): number {
  let worst = 0;
  for (const tenant of shares.values()) {
    const factor = faded(tenant, now);
    worst = Math.max(worst, (tenant.errors * factor) / (tenant.lines * factor + thoughtLines));
  }
  return 100 * worst;
}

function quietest(shares: TenantShares, now: number): string {
  let least = Number.POSITIVE_INFINITY;
  let name = '';
  for (const [tenant, known] of shares) {
    const lines = known.lines * faded(known, now);
    if (lines < least) [least, name] = [lines, tenant];
  }
  return name;
}

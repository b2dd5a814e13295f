/** `merchant=m-17`, `"tenantId":"42"`, `tenant 42`. */
const named = /\b(?:merchant|tenant)(?:_?id)?["']?\s*[=: ]\s*["']?([\w-]{1,40})/gi;
const assigned = /["=:]/;
const digit = /\d/;
const mostTenants = 12;

/** The tenants (merchants) that a line names, at most 12. */
export function tenantsOf(line: string): readonly string[] {
  const tenants = new Set<string>();
  for (const [whole, name = ''] of line.matchAll(named)) {
    if (digit.test(name) || assigned.test(whole)) tenants.add(name);
    if (tenants.size === mostTenants) break;
  }
  return [...tenants];
}

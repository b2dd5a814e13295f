import { describe, expect, it } from 'vitest';
import { memoryLeases } from '../../../lambdas/adapters/memory/leases.ts';
import { takeScanLease } from '../../../lambdas/detection/take-scan-lease.ts';

const old = { codeVersion: 'v1', invocation: 'one' };
const take = { seconds: 40, beginning: true };

describe('the lease of the scan', () => {
  it('is extended by its holder with the same fence and refused to a doubled invocation', async () => {
    const leases = memoryLeases();
    const first = await takeScanLease(leases, old, { ...take, now: 1000 });
    const again = await takeScanLease(leases, old, { ...take, now: 6000, beginning: false });
    expect(again).toEqual({ ...first, expiresAt: 46_000 });
    expect(await takeScanLease(leases, { ...old, invocation: 'two' }, { ...take, now: 7000 })).toBeNull();
  });

  it('passes to newer code as it begins, and the older code finds it gone', async () => {
    const leases = memoryLeases();
    const first = await takeScanLease(leases, old, { ...take, now: 1000 });
    const newer = await takeScanLease(leases, { codeVersion: 'v2', invocation: 'two' }, { ...take, now: 2000 });
    expect(newer?.fence).toBeGreaterThan(first?.fence ?? 0);
    expect(await takeScanLease(leases, old, { ...take, now: 6000, beginning: false })).toBeNull();
  });

  it('passes on when its holder has died', async () => {
    const leases = memoryLeases();
    await takeScanLease(leases, old, { ...take, now: 1000 });
    const next = await takeScanLease(leases, { ...old, invocation: 'two' }, { ...take, now: 41_000 });
    expect(next?.fence).toBe(2);
  });
});

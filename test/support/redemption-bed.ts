/** The bed of tests on redemptions: the demo's club with Siti as its shopper; after each test the ledger is proved. */
import { afterEach, beforeEach, expect } from 'vitest';
import { club, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { releaseRedemption } from '#app/modules/redemptions/release-redemption.server.ts';
import { audit, moveClock } from './clubs.ts';

export let siti = 0;

export function useRedemptions(): void {
  useSandboxShop();
  beforeEach(() => {
    siti = club.customers[0]!;
  });
  afterEach(async () => {
    await moveClock('0');
    expect(await audit(club)).toEqual([]);
  });
}

/** Releases a redemption, as Siti. */
export const release = (redemptionId: string, customer = siti) =>
  releaseRedemption({ shopId: club.shopId, customerId: BigInt(customer), redemptionId });

/**
 * A club whose shop lives in the sandbox of this process: redemptions use its Admin API, orders are placed in it, and
 * their webhooks are processed when the test says so. Tests
 * take it from `sandbox-bed.ts`.
 */
import { randomUUID } from 'node:crypto';
import { Session } from '@shopify/shopify-api';
import { pool, withTransaction } from '#app/db.server.ts';
import type { Unit } from '#app/lib/units.ts';
import { openPosting, writePosting } from '#app/modules/ledger/post.server.ts';
import { payWithPoints, type PayResult } from '#app/modules/redemptions/pay-with-points.server.ts';
import { sessionStorage } from '#app/shopify.server.ts';
import { award, givenClub, type TestClub } from './clubs.ts';
import type { TestSandbox } from './sandbox.ts';

const HOUR_MS = 3_600_000;

/** The sandbox's response for an order; its payload is that of the order's webhooks. */
export interface ShopOrder {
  id: number;
  line_items: { id: number }[];
  financial_status: string;
}

export interface SandboxClub extends TestClub {
  customers: number[];
}

/** The sandbox's shop with an installed app; every Rp 100,000 with tax gives 10 points, a point pays Rp 100. */
export async function givenSandboxClub(sandbox: TestSandbox, domain: string): Promise<SandboxClub> {
  const club = await givenClub({ domain, rule: { includeTax: true } });
  const accessToken = await sandbox.accessToken(domain);
  const expires = new Date(Date.now() + HOUR_MS);
  await sessionStorage.storeSession(
    new Session({
      id: `offline_${domain}`,
      shop: domain,
      state: '',
      isOnline: false,
      accessToken,
      expires,
      refreshToken: 'unused',
      refreshTokenExpires: expires,
    }),
  );
  const { body } = await sandbox.control('GET', `/_control/customers?shop=${domain}`);
  return { ...club, customers: body.customers.map((customer: { id: number }) => customer.id) };
}

/** Awards points, or credit, by hand; with `expiresAt` null they never expire. */
export async function givePoints(
  { shopId }: TestClub,
  customer: number,
  amount: bigint,
  expiresAt: Date | null = null,
  unit: Unit = 'POINTS',
): Promise<void> {
  await withTransaction(async (tx) => {
    const key = { shopId, customerId: BigInt(customer), unit };
    const plan = await openPosting(tx, [key], []);
    const facts = {
      key: `gift:${randomUUID()}`,
      source: 'staff' as const,
      actor: 'test',
      effectiveAt: new Date(),
    };
    plan.earn(key, 'manual_add', amount, { validFrom: new Date(0), expiresAt, orderId: null }, facts);
    await writePosting(tx, plan);
  });
}

/** Reserves as the checkout does. */
export function reserve(
  { shopId }: TestClub,
  customer: number,
  units: bigint,
  key: string = randomUUID(),
): Promise<PayResult> {
  return payWithPoints({ shopId, customerId: BigInt(customer), key, unit: 'POINTS', units, cart: null });
}

/** Reserves as the checkout does: while the outcome is unknown it retries with the same key. */
export async function reserveUntilKnown(
  club: TestClub,
  customer: number,
  units: bigint,
  key: string = randomUUID(),
): Promise<PayResult> {
  for (let tries = 1; ; tries++) {
    const result = await reserve(club, customer, units, key);
    if (result.ok || result.reason !== 'pending' || tries === 10) return result;
  }
}

/** Reserves and returns the redemption; fails the test when it was refused. */
export async function reserved(club: TestClub, customer: number, units: bigint) {
  const result = await reserve(club, customer, units);
  if (!result.ok) throw new Error(`refused: ${result.reason}`);
  return result.redemption;
}

/** Returns the redemption's row. */
export async function rowOf(redemptionId: string) {
  const { rows } = await pool.query('SELECT * FROM redemptions WHERE redemption_id = $1', [redemptionId]);
  return rows[0];
}

/** Makes every redemption due at once, as passing time would. */
export async function allDue(): Promise<void> {
  await pool.query('UPDATE redemptions SET next_check_at = ledger_now() WHERE next_check_at IS NOT NULL');
}

let ticks = 0;

/** The shop of the sandbox as its merchant and its shoppers use it; nothing reaches the ledger before `tell`. */
export function shopOf(sandbox: TestSandbox, club: SandboxClub) {
  const post = async (path: string, input: object) => {
    const { status, body } = await sandbox.control('POST', `/_control/${path}`, {
      shop: club.domain,
      ...input,
    });
    if (status >= 300) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  };
  return {
    order: async (
      customer: number | null,
      prices: number[],
      change: { codes?: string[]; paid?: boolean; quantity?: number; email?: string } = {},
    ): Promise<ShopOrder> =>
      (
        await post('orders', {
          customer,
          lines: prices.map((price) => ({ title: 'Kain', price, quantity: change.quantity ?? 1 })),
          discountCodes: change.codes ?? [],
          paid: change.paid ?? true,
          ...(change.email === undefined ? {} : { email: change.email }),
        })
      ).order,
    pay: async (order: ShopOrder): Promise<ShopOrder> => (await post(`orders/${order.id}/pay`, {})).order,
    cancel: async (order: ShopOrder, refund = false): Promise<ShopOrder> =>
      (await post(`orders/${order.id}/cancel`, { refund })).order,
    refund: async (order: ShopOrder, what: object): Promise<ShopOrder> =>
      (await post('refunds', { order: order.id, ...what })).order,
    /** Passes the order's state to the ledger, as its webhook would. */
    tell: async (...orders: object[]): Promise<void> =>
      award(
        ...orders.map((payload) => ({
          shopId: club.shopId,
          topic: 'orders/updated',
          triggeredAt: new Date(Date.now() + ++ticks),
          payload,
        })),
      ),
    codes: async (): Promise<{ code: string; status: string; usageCount: number }[]> =>
      (await sandbox.control('GET', `/_control/codes?shop=${club.domain}&limit=1000`)).body.codes,
    fault: (kind: string, change: object = {}) =>
      sandbox.control('POST', '/_control/faults', {
        target: 'graphql',
        kind,
        operation: 'discountCodeBasicCreate',
        ...change,
      }),
  };
}

/** What the Membership screen shows and does. */
import { pool } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { IS_COUNTED_SQL } from './counted-customers.ts';
import { readMembershipSettings, type MembershipSettings } from './membership-settings.server.ts';
import { saveMembership } from './save-membership.server.ts';

export interface MembershipView {
  settings: MembershipSettings;
  customers: number;
  members: number;
  /** Customers by tier id. */
  inTier: Map<bigint, number>;
}

/** Reads the screen's settings and figures. */
export async function readMembershipScreen(shopId: bigint): Promise<MembershipView> {
  const [settings, counts] = await Promise.all([
    readMembershipSettings(pool, shopId),
    pool.query<{ tier_id: bigint | null; customers: number; members: number }>(
      `SELECT tier_id, count(*)::int AS customers, count(member_since)::int AS members FROM customers
       WHERE shop_id = $1 AND ${IS_COUNTED_SQL} GROUP BY 1`,
      [shopId],
    ),
  ]);
  const sum = (pick: 'customers' | 'members') => counts.rows.reduce((total, row) => total + row[pick], 0);
  return {
    settings,
    customers: sum('customers'),
    members: sum('members'),
    inTier: new Map(
      counts.rows.flatMap((row) => (row.tier_id === null ? [] : [[row.tier_id, row.customers] as const])),
    ),
  };
}

/**
 * Saves the form; `readActor` returns who does it. Other intents are refused.
 */
export async function actOnMembership(
  shop: { shopId: bigint; currency: string },
  values: Record<string, unknown>,
  locale: string,
  readActor: () => Promise<string>,
): Promise<{ ok: true } | { ok: false; errors: FieldErrors }> {
  if (values.intent !== 'membership') return { ok: false, errors: { form: { code: 'invalid' } } };
  return saveMembership(shop, values, locale, await readActor());
}

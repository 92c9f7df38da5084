/** Customers with what their texts need. */
import type { Queryable } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { readBalances } from '#app/modules/ledger/balances.queries.server.ts';
import type { Variable } from './rules/fill-text.ts';

export interface Recipient {
  customerId: bigint;
  firstName: string | null;
  phone: string | null;
  locale: string | null;
  addressCountry: string | null;
  provinceCode: string | null;
  smsConsent: string | null;
  tier: string | null;
  points: bigint;
  creditMinor: bigint;
  /** Points that expire next, and the last day on which they can be used (`YYYY-MM-DD`). */
  expiring: bigint;
  expiringOn: string | null;
}

type Row = Omit<Recipient, 'points' | 'creditMinor' | 'expiring' | 'expiringOn'>;

/** The next day on which points expire, and all that expire on it. The end of a lot is exclusive. */
const NEXT_EXPIRY = `
  SELECT DISTINCT ON (customer_id) customer_id AS "customerId", day::text AS day, sum(remaining)::bigint AS amount FROM (
    SELECT customer_id, remaining, ((expires_at - interval '1 microsecond') AT TIME ZONE $3)::date AS day FROM ledger_lots
     WHERE shop_id = $1 AND customer_id = ANY($2::bigint[]) AND unit = 'POINTS' AND remaining > 0 AND expires_at > (SELECT ledger_now())) l
   GROUP BY customer_id, day ORDER BY customer_id, day`;

/** Reads these customers by id; balances and expiry only where a text names them. */
export async function readRecipients(
  db: Queryable,
  shop: { shopId: bigint; timeZone: string },
  customerIds: readonly bigint[],
  named: ReadonlySet<Variable>,
): Promise<Recipient[]> {
  const { shopId, timeZone } = shop;
  const ids = bigintArray(customerIds);
  const { rows } = await db.query<Row>(
    `SELECT c.customer_id AS "customerId", c.first_name AS "firstName", c.phone, c.locale, c.country_code AS "addressCountry",
       c.province_code AS "provinceCode", c.sms_consent AS "smsConsent", t.name AS tier
       FROM customers c LEFT JOIN tiers t ON t.shop_id = c.shop_id AND t.tier_id = c.tier_id
      WHERE c.shop_id = $1 AND c.customer_id = ANY($2::bigint[]) AND c.state = 'active' ORDER BY c.customer_id`,
    [shopId, ids],
  );
  const hasBalances = named.has('points') || named.has('credit');
  const balances = hasBalances ? await readBalances(db, shopId, customerIds) : [];
  const available = new Map(balances.map((each) => [`${each.customerId}/${each.unit}`, each.available]));
  const hasExpiry = named.has('expiring') || named.has('expiring_on');
  const expiries = hasExpiry
    ? (
        await db.query<{ customerId: bigint; day: string; amount: bigint }>(NEXT_EXPIRY, [
          shopId,
          ids,
          timeZone,
        ])
      ).rows
    : [];
  const next = new Map(expiries.map((each) => [each.customerId, each]));
  return rows.map((row) => ({
    ...row,
    points: available.get(`${row.customerId}/POINTS`) ?? 0n,
    creditMinor: available.get(`${row.customerId}/CREDIT`) ?? 0n,
    expiring: next.get(row.customerId)?.amount ?? 0n,
    expiringOn: next.get(row.customerId)?.day ?? null,
  }));
}

/** What the customer page shows of a customer in the club. */
import { pool } from '#app/db.server.ts';
import { readStanding, type Standing } from '#app/modules/membership/read-standing.server.ts';
import { listTierChanges, type TierChange } from '#app/modules/membership/tier-history.queries.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import { readNationalId } from '#app/modules/customers/national-id.server.ts';
import { maskNationalId } from '#app/modules/customers/rules/national-id.ts';

export interface CustomerClub {
  standing: Standing;
  /** A program in force is for members only: who is no member misses something. */
  isForMembers: boolean;
  history: (TierChange & { staffName: string | null })[];
  details: {
    /** Its last characters; null for none. */
    maskedNationalId: string | null;
    isTrial: boolean;
  };
}

interface Row {
  national_id_cipher: string | null;
  is_trial: boolean;
  sensitive_fields: boolean;
  is_for_members: boolean;
}

/** Reads the club's part of the customer page; null for an unknown customer. */
export async function readCustomerClub(shopId: bigint, customerId: bigint): Promise<CustomerClub | null> {
  const [customers, standing, history] = await Promise.all([
    pool.query<Row>(
      `SELECT c.national_id_cipher, c.is_trial, coalesce(s.sensitive_fields, false) AS sensitive_fields,
         EXISTS (SELECT FROM programs p WHERE p.shop_id = $1 AND p.status = 'active' AND p.rule->>'membersOnly' = 'true') AS is_for_members
       FROM customers c LEFT JOIN club_settings s USING (shop_id) WHERE c.shop_id = $1 AND c.customer_id = $2`,
      [shopId, customerId],
    ),
    readStanding(shopId, customerId),
    listTierChanges(shopId, customerId),
  ]);
  const [row] = customers.rows;
  if (!row) return null;
  const names = await staffNames(
    shopId,
    history.map(({ actor }) => actor),
  );
  const nationalId = row.sensitive_fields ? readNationalId(shopId, row.national_id_cipher) : null;
  return {
    standing,
    isForMembers: row.is_for_members,
    history: history.map((change) => ({ ...change, staffName: names.get(change.actor) ?? null })),
    details: {
      maskedNationalId: nationalId === null ? null : maskNationalId(nationalId),
      isTrial: row.is_trial,
    },
  };
}

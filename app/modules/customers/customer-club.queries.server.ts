/** What the customer page shows of a customer in the club. */
import { pool } from '#app/db.server.ts';
import { readStanding, type Standing } from '#app/modules/membership/read-standing.server.ts';
import { listTierChanges, type TierChange } from '#app/modules/membership/tier-history.queries.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import { readNationalId } from './national-id.server.ts';
import { maskNationalId } from './rules/national-id.ts';

export interface CategoryOption {
  categoryId: bigint;
  name: string;
  isDefault: boolean;
  loyaltyEnabled: boolean;
}

export interface CustomerClub {
  standing: Standing;
  history: (TierChange & { staffName: string | null })[];
  categories: CategoryOption[];
  details: {
    categoryId: bigint | null;
    birthDate: string | null;
    weddingDate: string | null;
    /** Its last characters; null for none. */
    maskedNationalId: string | null;
    isTrial: boolean;
  };
  asksForNationalId: boolean;
  asksForWeddingDate: boolean;
}

interface Row {
  category_id: bigint | null;
  birth_date: string | null;
  wedding_date: string | null;
  national_id_cipher: string | null;
  is_trial: boolean;
  sensitive_fields: boolean;
  gives_at_anniversary: boolean;
}

/** The club's part of the customer page; null for a customer whom the shop does not have. */
export async function readCustomerClub(shopId: bigint, customerId: bigint): Promise<CustomerClub | null> {
  const [customers, categories, standing, history] = await Promise.all([
    pool.query<Row>(
      `SELECT c.category_id, c.birth_date::text, c.wedding_date::text, c.national_id_cipher, c.is_trial,
         coalesce(s.sensitive_fields, false) AS sensitive_fields, coalesce(g.is_active, false) AS gives_at_anniversary
       FROM customers c LEFT JOIN club_settings s USING (shop_id)
         LEFT JOIN gift_settings g ON g.shop_id = c.shop_id AND g.kind = 'anniversary'
       WHERE c.shop_id = $1 AND c.customer_id = $2`,
      [shopId, customerId],
    ),
    pool.query<CategoryOption>(
      `SELECT category_id AS "categoryId", name, is_default AS "isDefault", loyalty_enabled AS "loyaltyEnabled"
       FROM categories WHERE shop_id = $1 ORDER BY position, category_id`,
      [shopId],
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
  const asksForWeddingDate = row.sensitive_fields || row.gives_at_anniversary;
  return {
    standing,
    history: history.map((change) => ({ ...change, staffName: names.get(change.actor) ?? null })),
    categories: categories.rows,
    details: {
      categoryId: row.category_id,
      birthDate: row.birth_date,
      weddingDate: asksForWeddingDate ? row.wedding_date : null,
      maskedNationalId: nationalId === null ? null : maskNationalId(nationalId),
      isTrial: row.is_trial,
    },
    asksForNationalId: row.sensitive_fields,
    // The anniversary gift needs the date, whatever else the shop keeps.
    asksForWeddingDate,
  };
}

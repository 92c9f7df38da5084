import type { Queryable } from '#app/db.server.ts';
import { findPhoneRepair } from '#app/lib/phone.ts';

const CUSTOMERS_A_PAGE = 1_000;

export interface WrongPhone {
  customerId: bigint;
  field: 'phone' | 'whatsapp';
  stored: string;
  /** The number that was probably meant; null where nothing valid can be made of it. */
  proposal: string | null;
}

interface Row {
  customerId: bigint;
  country: string | null;
  phone: string | null;
  whatsapp: string | null;
}

/** Lists the phone numbers of a shop's customers that are not valid, or were stored with their country code twice. */
export async function listWrongPhones(
  db: Queryable,
  shop: { shopId: bigint; country: string | null },
): Promise<WrongPhone[]> {
  const wrong: WrongPhone[] = [];
  for (let after = 0n; ;) {
    const { rows } = await db.query<Row>(
      `SELECT customer_id AS "customerId", country_code AS country, phone, social->>'whatsapp' AS whatsapp FROM customers
        WHERE shop_id = $1 AND customer_id > $2 AND state = 'active' ORDER BY customer_id LIMIT ${CUSTOMERS_A_PAGE}`,
      [shop.shopId, after],
    );
    for (const row of rows) {
      const countries = [row.country, shop.country];
      for (const field of ['phone', 'whatsapp'] as const) {
        const stored = row[field];
        const repair = stored === null ? null : findPhoneRepair(stored, countries);
        if (stored !== null && repair) wrong.push({ customerId: row.customerId, field, stored, ...repair });
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < CUSTOMERS_A_PAGE) return wrong;
    after = last.customerId;
  }
}

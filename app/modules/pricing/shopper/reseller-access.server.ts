/** Who may open the resellers' page, and by which terms. */
import { pool } from '#app/db.server.ts';
import { readCustomerTerms, type CustomerTerms, type PriceShop } from './price-terms.server.ts';

export interface ResellerAccess extends CustomerTerms {
  category: { name: string; minimumMinor: bigint; minimumQuantity: number };
}

const CATEGORY = `
  SELECT g.name, g.minimum_minor AS "minimumMinor", g.minimum_quantity AS "minimumQuantity"
  FROM customers c JOIN categories g ON g.shop_id = c.shop_id
    AND (g.category_id = c.category_id OR c.category_id IS NULL AND g.is_default)
  WHERE c.shop_id = $1 AND c.customer_id = $2 AND g.opens_reseller_page`;

/** Reads by which terms a reseller buys; null for a customer whose category doesn't open the page, or has no prices. */
export async function readResellerAccess(
  shop: PriceShop,
  customerId: bigint,
): Promise<ResellerAccess | null> {
  const [customer, { rows }] = await Promise.all([
    readCustomerTerms(shop, customerId),
    pool.query<ResellerAccess['category']>(CATEGORY, [shop.shopId, customerId]),
  ]);
  const [category] = rows;
  if (!customer || !category || !hasCategory(customer.terms.person)) return null;
  return { ...customer, category };
}

const hasCategory = (person: unknown): boolean =>
  typeof person === 'object' && person !== null && 'cat' in person && typeof person.cat === 'string';

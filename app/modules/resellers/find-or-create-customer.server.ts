/** The customer at Shopify whom an e-mail address belongs to; a new one where there is none. */
import { pool } from '#app/db.server.ts';
import { createCustomer, findCreated } from '#app/integrations/shopify/customers.server.ts';
import { splitName } from './applications/read-application.ts';

export interface Person {
  name: string;
  /** Lower case. */
  email: string;
  /** E.164 */
  phone: string | null;
  /** Whom Shopify said was signed in. */
  customerId: bigint | null;
}

export type FoundCustomer =
  | { ok: true; customerId: bigint; updatedAt: Date; isNew: boolean; hasPhone: boolean }
  /** Shopify refuses the address or the name. */
  | { ok: false };

const FIND = `
  SELECT customer_id AS "customerId", updated_at AS "updatedAt" FROM customers
   WHERE shop_id = $1 AND (customer_id = $2 OR email = $3) AND state = 'active' AND merged_into IS NULL
   ORDER BY customer_id = $2 DESC NULLS LAST, customer_id LIMIT 1`;

/**
 * Finds or creates the customer. Repeated after a crash or a lost answer it finds the one it made.
 * @throws UpstreamError
 */
export async function findOrCreateCustomer(
  { shopId, domain }: { shopId: bigint; domain: string },
  person: Person,
): Promise<FoundCustomer> {
  const { rows } = await pool.query<{ customerId: bigint; updatedAt: Date }>(FIND, [
    shopId,
    person.customerId,
    person.email,
  ]);
  const known = rows[0] ?? (await findAtShopify(domain, person.email));
  if (known) return { ok: true, ...known, isNew: false, hasPhone: false };
  const record = { ...splitName(person.name), email: person.email, phone: person.phone, note: null };
  const since = new Date();
  const made = await createCustomer(domain, record, since);
  if (made.outcome === 'written') return { ok: true, ...made, isNew: true, hasPhone: true };
  // A number that is someone else's at Shopify: the customer has none for now.
  if (made.outcome === 'refused' && person.phone !== null) {
    const without = await createCustomer(domain, { ...record, phone: null }, since);
    if (without.outcome === 'written') return { ok: true, ...without, isNew: true, hasPhone: false };
  }
  // Made by someone else between the look and the creation.
  const late = await findAtShopify(domain, person.email);
  return late ? { ok: true, ...late, isNew: false, hasPhone: false } : { ok: false };
}

/** Whenever they were created. */
function findAtShopify(
  domain: string,
  email: string,
): Promise<{ customerId: bigint; updatedAt: Date } | null> {
  return findCreated(domain, { email, phone: null }, new Date(0));
}

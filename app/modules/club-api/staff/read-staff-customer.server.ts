/** A customer as staff see them at the till and on the customer's page of Shopify's admin. */
import type { StaffCustomer, StaffPerson } from '../../../../extensions/shared/staff-api.ts';
import { pool } from '#app/db.server.ts';
import { readLots } from '#app/modules/crm/profile/read-lots.server.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import { listEntries } from '#app/modules/ledger/balances.queries.server.ts';
import type { Cart } from '#app/modules/redemptions/spending.ts';
import { listLocked } from '#app/modules/pricing/access/list-locked.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import { readClub } from '../read-club.server.ts';
import { readTillConsent } from '#app/modules/messaging/codes/till-consent.server.ts';
import type { StaffShop } from './staff-shop.server.ts';
import { toPerson, toStaffEntry } from './staff-views.ts';

const ENTRIES_SHOWN = 3;

interface Row extends CustomerLine {
  category: string | null;
  percentBp: number | null;
}

/**
 * Reads a customer with what this cart can take; null in a shop that does not have the app. A customer of whom Shopify
 * has not told yet has an empty wallet and no name.
 */
export async function readStaffCustomer(
  shop: StaffShop,
  customerId: bigint,
  cart: Cart | null,
): Promise<StaffCustomer | null> {
  const { shopId, domain } = shop;
  const [club, row, entries, { lots }] = await Promise.all([
    readClub({ shopDomain: domain, customerId, cart }),
    readRow(shopId, customerId),
    listEntries({ shopId, customerId, limit: ENTRIES_SHOWN }),
    readLots(shopId, customerId),
  ]);
  if (!club) return null;
  const [names, consent, locked] = await Promise.all([
    staffNames(
      shopId,
      entries.map(({ actor }) => actor),
    ),
    readTillConsent(shopId, row?.phone ?? null),
    listLocked(shopId, customerId),
  ]);
  const next = lots.find(({ expiresAt, isPending }) => expiresAt !== null && !isPending);
  return {
    person: row ? toPerson(row) : unknownPerson(customerId),
    club,
    entries: entries.map((entry) => toStaffEntry(entry, names)),
    category: row?.category ?? null,
    percentBp: row?.percentBp ?? null,
    expiring: next?.expiresAt
      ? { unit: next.unit, units: next.remaining.toString(), at: next.expiresAt.toISOString() }
      : null,
    consent,
    lockedProducts: locked.map(String),
  };
}

const unknownPerson = (customerId: bigint): StaffPerson => ({
  id: customerId.toString(),
  name: '',
  phone: null,
  email: null,
});

async function readRow(shopId: bigint, customerId: bigint): Promise<Row | null> {
  const { rows } = await pool.query<Row>(
    `SELECT c.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName", c.email, c.phone,
       g.name AS category, CASE WHEN g.allows_person_discount THEN c.person_discount_bp END AS "percentBp"
     FROM customers c LEFT JOIN categories g ON g.shop_id = c.shop_id
       AND (g.category_id = c.category_id OR (c.category_id IS NULL AND g.is_default))
     WHERE c.shop_id = $1 AND c.customer_id = $2 AND c.state = 'active' AND c.merged_into IS NULL`,
    [shopId, customerId],
  );
  return rows[0] ?? null;
}

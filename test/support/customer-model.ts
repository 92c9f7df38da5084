/** A plain model of the list of customers, and customers for it. */
import { pool } from '#app/db.server.ts';
import type { CustomerFilter, CustomerSort } from '#app/modules/segments/customer-filter.ts';
import { selectCustomers, type CustomerSelection } from '#app/modules/segments/selection.server.ts';
import type { Moment } from '#app/modules/segments/conditions/facts.ts';
import { lifecycleGroup } from '#app/modules/segments/rules/lifecycle.ts';
import type { TestClub } from './clubs.ts';
import type { Random } from './random.ts';

/** A customer in the model. */
export interface Person {
  id: bigint;
  name: string;
  standing: 'active' | 'left' | 'gone';
  city: string | null;
  categoryId: bigint | null;
  hasBirthDate: boolean;
  orders: number;
  spend: bigint;
  first: Date | null;
  last: Date | null;
  beforeLast: Date | null;
  latest: Date | null;
}

/** A category of the shop. */
export interface ModelCategory {
  id: bigint;
  isDefault: boolean;
}

/** A customer with orders of the last months; many share a name, a sum or a timestamp. */
export function randomPerson(random: Random, index: number, now: Date, categories: { id: bigint }[]): Person {
  const ago = (most: number) => now.getTime() - random.between(0, most * 24) * 3_600_000;
  const orders = random.chance(0.25) ? 0 : random.between(1, 5);
  const times = Array.from({ length: orders }, () => ago(random.pick([10, 40, 120]))).sort((a, b) => a - b);
  const at = (position: number) => {
    const time = times.at(position);
    return time === undefined ? null : new Date(time);
  };
  const last = at(-1);
  return {
    // Some existed before others with a lower id.
    id: BigInt(1_000 + ((index * 37) % 1_000)),
    name: random.pick(['Ani', 'ani', 'Étienne', 'Eko', 'Zahra', 'อารีย์', '王伟', 'مریم', '']),
    standing: random.pick(['active', 'active', 'active', 'active', 'active', 'left', 'gone']),
    city: random.pick([null, 'Bandung', 'Jakarta Selatan', 'Medan']),
    categoryId: random.chance(0.5) ? null : random.pick(categories).id,
    hasBirthDate: random.chance(0.5),
    orders,
    spend: BigInt(random.between(0, 3)) * 1_000n,
    first: at(0),
    last,
    beforeLast: at(-2),
    latest: random.chance(0.2) ? now : last,
  };
}

/** Stores a customer with the figures of their orders. */
export async function storePerson({ shopId }: TestClub, person: Person, now: Date): Promise<void> {
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, state, left_at, city, category_id, birth_date) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      shopId,
      person.id,
      person.name === '' ? null : person.name,
      person.standing === 'gone' ? 'deleted' : 'active',
      person.standing === 'left' ? now : null,
      person.city,
      person.categoryId,
      person.hasBirthDate ? '1990-01-01' : null,
    ],
  );
  await pool.query(
    `UPDATE customer_stats SET orders_valid = $3, spend_minor = $4, first_order_at = $5, last_order_at = $6, before_last_order_at = $7,
       latest_order_at = $8 WHERE shop_id = $1 AND customer_id = $2`,
    [
      shopId,
      person.id,
      person.orders,
      person.spend,
      person.first,
      person.last,
      person.beforeLast,
      person.latest,
    ],
  );
}

const dayIn = (timeZone: string, timestamp: Date | null) =>
  timestamp && new Intl.DateTimeFormat('en-CA', { timeZone }).format(timestamp);

/** Returns whether the filter matches a customer. */
export function isFound(
  person: Person,
  filter: CustomerFilter,
  { timeZone, today, lifecycle: settings }: Moment,
  categories: readonly ModelCategory[],
): boolean {
  const group = lifecycleGroup(
    {
      orders: person.orders,
      first: dayIn(timeZone, person.first),
      last: dayIn(timeZone, person.last),
      beforeLast: dayIn(timeZone, person.beforeLast),
    },
    today,
    settings,
  );
  const category = person.categoryId ?? categories.find(({ isDefault }) => isDefault)?.id;
  return (
    person.standing === (filter.hasLeft ? 'left' : 'active') &&
    (filter.tab === 'all' || filter.tab === group) &&
    (filter.categoryId === null || filter.categoryId === category) &&
    (filter.cityKey === null || filter.cityKey === person.city?.toLowerCase()) &&
    (filter.missing !== 'birth_date' || !person.hasBirthDate) &&
    (filter.query.length < 3
      ? searched(person.name).startsWith(searched(filter.query))
      : searched(person.name).includes(searched(filter.query)))
  );
}

/** A search ignores accents. */
const searched = (name: string) => name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

const names = new Intl.Collator('und');

/** Compares two customers in the list's order. */
export function comparePeople(a: Person, b: Person, { by, isDescending }: CustomerSort): number {
  const key = {
    last_order: (a.latest?.getTime() ?? -1) - (b.latest?.getTime() ?? -1),
    name: names.compare(a.name.toLowerCase(), b.name.toLowerCase()),
    orders: a.orders - b.orders,
    sales: Number(a.spend - b.spend),
    newest: 0,
  }[by];
  const order = key === 0 ? Number(a.id - b.id) : key;
  return isDescending ? -order : order;
}

/** Returns the selected customers, by id. */
export async function selected(shopId: bigint, selection: CustomerSelection): Promise<bigint[]> {
  const { sql, values } = await selectCustomers(pool, shopId, selection);
  const { rows } = await pool.query<{ customer_id: bigint }>(
    `WITH selected AS (${sql}) SELECT customer_id FROM selected ORDER BY 1`,
    values,
  );
  return rows.map((row) => row.customer_id);
}

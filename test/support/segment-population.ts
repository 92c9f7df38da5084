/** Customers of every kind for rules: empty records and full ones, orders around the edges of days, months and leap years. */
import { pool } from '#app/db.server.ts';
import { startOfDay } from '#app/lib/calendar-days.ts';
import { CONSENTS, GENDERS, HOUSINGS } from '#app/modules/customers/rules/customer-record.ts';
import { award, orderEvent, type TestClub } from './clubs.ts';
import type { OrderSpec } from './orders.ts';
import type { Random } from './random.ts';
import {
  CAMPAIGNS,
  EDGE_DAYS,
  CITIES,
  NAMES,
  TAG_KEYS,
  INTERESTS,
  PRODUCT_TYPES,
  VENDORS,
  CHANNELS,
  CODES,
  PRODUCTS,
  SHOPIFY_SEGMENTS,
  SNAPSHOTS,
  NOTES,
  type Ids,
} from './segment-values.ts';

export const ZONES = [
  'Asia/Jakarta',
  'UTC',
  'America/St_Johns',
  'America/Havana',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Africa/Cairo',
  'Atlantic/Azores',
];
/** An instant near the beginning of an edge day in some zone. */
export function edgeInstant(random: Random): Date {
  const start = startOfDay(random.pick(EDGE_DAYS), random.pick(ZONES)).getTime();
  return new Date(start + random.pick([-86_400_000, -1_000, 0, 1_000, 3_600_000, 43_200_000]));
}

const maybe = <T>(random: Random, value: T): T | null => (random.chance(0.3) ? null : value);

async function storeCustomer({ shopId }: TestClub, id: number, random: Random, ids: Ids): Promise<void> {
  const city = random.pick(CITIES);
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, email, phone, gender, birth_date, wedding_date, housing, weight_grams, height_mm,
       interests, country_code, province, city, district, postal_code, category_id, tier_id, member_since, member_via, sms_consent, email_consent,
       note, created_at, left_at, state, came_from)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)`,
    [
      shopId,
      id,
      random.pick(NAMES) || null,
      maybe(random, random.pick([`Ani${id}@example.com`, `m${id}@ßhop.example`])),
      maybe(random, random.pick([`+6281234${id}`, `+33612${id}`])),
      maybe(random, random.pick(GENDERS)),
      maybe(
        random,
        random.pick(['2000-02-29', '1990-02-28', '1990-03-01', '1985-12-31', '2027-01-01', ...EDGE_DAYS]),
      ),
      maybe(random, random.pick(['2004-02-29', '2010-01-01', '2010-12-31'])),
      maybe(random, random.pick(HOUSINGS)),
      maybe(random, random.pick([50_000, 70_500, 70_501])),
      maybe(random, random.pick([1_600, 1_755])),
      random.chance(0.5) ? [] : [...new Set([random.pick(INTERESTS), random.pick(INTERESTS)])],
      maybe(random, random.pick(['ID', 'TH'])),
      city && 'West Java',
      city,
      maybe(random, random.pick(['Coblong', 'COBLONG'])),
      maybe(random, random.pick(['40132', '40135', 'SW1A 1AA', 'sw1a1ab', ' '])),
      maybe(random, random.pick(ids.categories)),
      maybe(random, random.pick(ids.tiers)),
      maybe(random, edgeInstant(random)),
      maybe(random, random.pick(['shopper', 'staff', 'spend'])),
      maybe(random, random.pick(CONSENTS)),
      maybe(random, random.pick(CONSENTS)),
      maybe(random, random.pick([...NOTES, ''])),
      edgeInstant(random),
      random.chance(0.1) ? new Date() : null,
      random.chance(0.05) ? 'deleted' : 'active',
      random.pick(['shopify', 'shopify', 'staff', 'import']),
    ],
  );
  for (const tag of TAG_KEYS.filter(() => random.chance(0.3)))
    await pool.query(
      `INSERT INTO customer_tags (shop_id, tag_key, customer_id, is_on) VALUES ($1, $2, $3, $4)`,
      [shopId, tag, id, random.chance(0.8)],
    );
  for (const segment of SHOPIFY_SEGMENTS.filter(() => random.chance(0.3)))
    await pool.query(
      `INSERT INTO shopify_segment_members (shop_id, shopify_segment_id, customer_id, first_reading, last_reading) VALUES ($1, $2, $3, $4, 2)`,
      [shopId, segment, id, random.pick([1, 2])],
    );
  for (const snapshot of SNAPSHOTS.filter(() => random.chance(0.3)))
    await pool.query(
      `INSERT INTO segment_snapshot_members (shop_id, snapshot_id, customer_id) VALUES ($1, $2, $3)`,
      [shopId, snapshot, id],
    );
  for (const campaign of CAMPAIGNS.filter(() => random.chance(0.4)))
    await pool.query(
      `INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, state, actor, answered_at, clicked_at)
       VALUES ($1, 'campaign:' || $2 || ':' || $3, $2::bigint, $3::bigint, 1, $4, 'staff:1', CASE WHEN $5 THEN now() END, CASE WHEN $6 THEN now() END)`,
      [
        shopId,
        campaign,
        String(id),
        random.pick(['sent', 'delivered', 'failed', 'queued']),
        random.chance(0.5),
        random.chance(0.5),
      ],
    );
  if (random.chance(0.4))
    await pool.query(
      `INSERT INTO customer_notes (shop_id, customer_id, text, author, deleted_at) VALUES ($1, $2, $3, 'staff:1', $4)`,
      [shopId, id, random.pick(NOTES), random.chance(0.3) ? new Date() : null],
    );
}

function randomOrder(id: number, customer: number, random: Random): OrderSpec {
  const lines = Array.from({ length: random.between(1, 3) }, () => {
    const quantity = random.between(1, 3);
    const product = random.pick(PRODUCTS);
    return {
      price: random.pick([5, 12.34, 100]),
      quantity,
      left: random.between(0, quantity),
      product,
      variant: product * 10 + random.between(0, 1),
    };
  });
  return {
    id,
    customer,
    lines,
    discounts: random.chance(0.4) ? [{ code: random.pick(CODES), takes: [1] }] : [],
    source: random.pick(CHANNELS),
    financial: random.pick(['paid', 'paid', 'paid', 'partially_refunded', 'refunded', 'pending']),
    cancelledAt: random.chance(0.1) ? '2026-05-05T00:00:00Z' : null,
    test: random.chance(0.05),
    processedAt: edgeInstant(random).toISOString(),
  };
}

async function storeAccount(
  { shopId }: TestClub,
  customer: number,
  unit: string,
  random: Random,
): Promise<void> {
  const lots = Array.from({ length: random.between(0, 3) }, () => ({
    remaining: random.between(1, 5),
    validFrom: edgeInstant(random),
    expiresAt: maybe(random, edgeInstant(random)),
  }));
  const debt = lots.length === 0 && random.chance(0.5) ? random.between(1, 3) : 0;
  const sum = lots.reduce((total, { remaining }) => total + remaining, 0);
  await pool.query(
    `INSERT INTO ledger_accounts (shop_id, customer_id, unit, balance, held, debt, earned, spent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      shopId,
      customer,
      unit,
      sum - debt,
      sum > 0 ? random.between(0, 1) : 0,
      debt,
      random.between(0, 9),
      random.between(0, 3),
    ],
  );
  for (const { remaining, validFrom, expiresAt } of lots)
    await pool.query(
      `INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from, expires_at)
       VALUES ($1, nextval('ledger_entries_entry_id_seq'), $2, $3, $4, $4, $5, $6)`,
      [shopId, customer, unit, remaining, validFrom, expiresAt],
    );
}

async function storeRewards({ shopId }: TestClub, customer: number, random: Random, ids: Ids): Promise<void> {
  const state = random.pick(['issued', 'settled', 'released', 'expired', 'failed']);
  await pool.query(
    `INSERT INTO redemptions (shop_id, customer_id, client_key, input_hash, kind, reward_id, unit, units, amount_minor, currency, code, state, expires_at)
     VALUES ($1, $2, gen_random_uuid()::text, '', 'reward', $3, 'POINTS', 1, 1, 'IDR', gen_random_uuid()::text, $4, now())`,
    [shopId, customer, random.pick(ids.rewards), state],
  );
  await pool.query(
    `INSERT INTO ledger_entries (shop_id, customer_id, unit, amount, kind, source, rule, actor, idempotency_key, input_hash, balance_after, effective_at)
     VALUES ($1, $2, 'POINTS', 1, 'offer', 'order', $3, 'rules', gen_random_uuid()::text, '', 1, now())`,
    [shopId, customer, `offer:${random.pick(ids.offers)}`],
  );
}

const FIRST_CUSTOMER = 1_000;

/** Fills a club with customers; returns the ids that rules can name. */
export async function populate(club: TestClub, random: Random, customers: number): Promise<Ids> {
  const { shopId } = club;
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO categories (shop_id, key, name, is_default) SELECT $1, n::text, n::text, n = 1 FROM generate_series(1, 3) n
     RETURNING category_id::text AS id`,
    [shopId],
  );
  await pool.query(
    `INSERT INTO tiers (shop_id, tier_id, name, position, threshold) VALUES ($1, 7, 'Silver', 1, 0), ($1, 8, 'Gold', 2, 100)`,
    [shopId],
  );
  const ids: Ids = {
    categories: rows.map(({ id }) => id),
    tiers: ['7', '8'],
    rewards: ['3', '4'],
    offers: ['5', '6'],
  };
  for (const product of PRODUCTS)
    await pool.query(
      `INSERT INTO products (shop_id, product_id, tags, collection_ids, product_type, vendor) VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        shopId,
        product,
        product % 2 === 0 ? ['Summer'] : ['summer', 'sale'],
        product < 3 ? [50] : [50, 51],
        maybe(random, random.pick(PRODUCT_TYPES)),
        maybe(random, random.pick(VENDORS)),
      ],
    );
  const orders: OrderSpec[] = [];
  for (let customer = FIRST_CUSTOMER; customer < FIRST_CUSTOMER + customers; customer += 1) {
    await storeCustomer(club, customer, random, ids);
    const count = random.pick([0, 1, 1, 2, 3, 6]);
    for (let place = 0; place < count; place += 1)
      orders.push(randomOrder(orders.length + 1, customer, random));
  }
  await award(...orders.map((order) => orderEvent(club, order)));
  await pool.query('DELETE FROM ledger_accounts WHERE shop_id = $1', [shopId]);
  await pool.query('DELETE FROM ledger_lots WHERE shop_id = $1', [shopId]);
  for (let customer = FIRST_CUSTOMER; customer < FIRST_CUSTOMER + customers; customer += 1) {
    for (const unit of ['POINTS', 'CREDIT'])
      if (random.chance(0.6)) await storeAccount(club, customer, unit, random);
    if (random.chance(0.4)) await storeRewards(club, customer, random, ids);
  }
  await storeNamed(shopId);
  return ids;
}

/** What rules name by the ids and keys that customers have: a rule that names what is gone would mean no one. */
async function storeNamed(shopId: bigint): Promise<void> {
  await pool.query(
    `WITH made AS (INSERT INTO offer_groups (shop_id, name) VALUES ($1, 'Offers') RETURNING shop_id, group_id)
     INSERT INTO offers (shop_id, offer_id, group_id, name, unit, minimum_minor, percent_bp)
     SELECT shop_id, id, group_id, id::text, 'POINTS', 0, 100 FROM made, unnest(ARRAY[5, 6]) AS id`,
    [shopId],
  );
  await pool.query(
    `INSERT INTO rewards (shop_id, reward_id, program_id, name, kind, unit, units, percent_bp)
     SELECT $1, id, program_id, id::text, 'percent', 'POINTS', 100, 500
     FROM (SELECT program_id FROM programs WHERE shop_id = $1 LIMIT 1) p, unnest(ARRAY[3, 4]) AS id`,
    [shopId],
  );
  // A second reading of 62 goes on: whom it found first is no member yet.
  await pool.query(
    `INSERT INTO shopify_segments (shop_id, shopify_segment_id, name, query, edited_at, readings, read_at)
     SELECT $1, id, id::text, '', now(), CASE id WHEN 61 THEN 2 ELSE 1 END, now() FROM unnest($2::bigint[]) AS id`,
    [shopId, SHOPIFY_SEGMENTS],
  );
  await pool.query(
    `INSERT INTO segment_snapshots (shop_id, snapshot_id, name, segment_name, taken_at, taken_by, customers)
     SELECT $1, id, id::text, 'Any', now(), 'staff:1', 0 FROM unnest($2::bigint[]) AS id`,
    [shopId, SNAPSHOTS],
  );
  await pool.query(
    `INSERT INTO campaigns (shop_id, campaign_id, name, audience, language, text, created_by, started_at)
     SELECT $1, id, id::text, '{}', 'en', 'Hello', 'staff:1', now() FROM unnest($2::bigint[]) AS id`,
    [shopId, CAMPAIGNS],
  );
  // A test goes to staff: it has no customer.
  await pool.query(
    `INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, state, actor, class)
     SELECT $1, 'test:' || id, id, NULL, 1, 'delivered', 'staff:1', 'test' FROM unnest($2::bigint[]) AS id`,
    [shopId, CAMPAIGNS],
  );
  await pool.query(
    `INSERT INTO tags (shop_id, tag_key, name) SELECT $1, key, key FROM unnest($2::text[]) AS key`,
    [shopId, [...TAG_KEYS, 'nobody']],
  );
}

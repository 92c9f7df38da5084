/** Things that happen to the customers of segment-population.ts, one at a time, as the app's statements would write them. */
import { pool } from '#app/db.server.ts';
import { computeThresholds } from '#app/modules/segments/rfm/compute-rfm.server.ts';
import { award, moveClock, orderEvent, type TestClub } from './clubs.ts';
import type { Random } from './random.ts';
import { ZONES } from './segment-population.ts';
import {
  CAMPAIGNS,
  CITIES,
  INTERESTS,
  NOTES,
  PRODUCTS,
  TAG_KEYS,
  VENDORS,
  type Ids,
} from './segment-values.ts';

/** What changes, with the hours by which the clock was moved until then. */
interface World {
  club: TestClub;
  ids: Ids;
  random: Random;
  hours: number;
  order: number;
}

type Change = (world: World, customer: number) => Promise<unknown>;

const sql =
  (text: string, ...values: ((world: World) => unknown)[]): Change =>
  (world, customer) =>
    pool.query(text, [world.club.shopId, customer, ...values.map((value) => value(world))]);

async function jump(world: World): Promise<void> {
  world.hours += world.random.pick([1, 5, 24, 26, 30 * 24, 366 * 24]);
  await moveClock(`${world.hours} hours`);
}

/** A lot and its account, as a posting writes them. */
const earn = sql(
  `WITH lot AS (INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from, expires_at)
     VALUES ($1, nextval('ledger_entries_entry_id_seq'), $2, 'POINTS', 4, 4, ledger_now() + $3::int * interval '1 hour',
       ledger_now() + $4::int * interval '1 hour')),
   known AS (INSERT INTO ledger_accounts (shop_id, customer_id, unit) VALUES ($1, $2, 'POINTS') ON CONFLICT DO NOTHING)
   SELECT 1`,
  ({ random }) => random.pick([-1, 2, 30]),
  ({ random }) => random.pick([3, 40, 24 * 40]),
);
const addToAccount = sql(
  `UPDATE ledger_accounts SET balance = balance + 4, earned = earned + 4 WHERE shop_id = $1 AND customer_id = $2 AND unit = 'POINTS'`,
);

const CHANGES: Record<string, Change> = {
  'an order': (world, customer) =>
    award(
      orderEvent(world.club, {
        id: (world.order += 1),
        customer,
        lines: [{ price: 50, product: world.random.pick(PRODUCTS), variant: 10 }],
      }),
    ),
  'a jump of the clock': jump,
  'another jump': jump,
  earning: async (world, customer) => {
    await earn(world, customer);
    await addToAccount(world, customer);
  },
  'the record': sql(
    'UPDATE customers SET city = $3, interests = $4, note = $5, member_since = ledger_now(), email = $6 WHERE shop_id = $1 AND customer_id = $2',
    ({ random }) => random.pick(CITIES),
    ({ random }) => [random.pick(INTERESTS)],
    ({ random }) => random.pick(NOTES),
    ({ random }) => random.pick(['ani@example.com', null]),
  ),
  leaving: sql('UPDATE customers SET left_at = now() WHERE shop_id = $1 AND customer_id = $2'),
  'coming back': sql('UPDATE customers SET left_at = NULL WHERE shop_id = $1 AND customer_id = $2'),
  'a new customer': sql(
    `INSERT INTO customers (shop_id, customer_id, gender, created_at)
     SELECT $1, $3::int, 'female', ledger_now() WHERE $2::int IS NOT NULL`,
    (world) => 10_000 + (world.order += 1),
  ),
  'a tag': sql(
    `INSERT INTO customer_tags AS t (shop_id, tag_key, customer_id, is_on) VALUES ($1, $3, $2, true)
     ON CONFLICT (shop_id, tag_key, customer_id) DO UPDATE SET is_on = NOT t.is_on`,
    ({ random }) => random.pick(TAG_KEYS),
  ),
  'a campaign': sql(
    `INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, state, actor)
     SELECT $1, 'c:' || $2::int || ':' || $3, $3::bigint, $2::bigint, 1, 'queued', 'staff:1'
     ON CONFLICT (shop_id, message_key) DO NOTHING`,
    ({ random }) => random.pick(CAMPAIGNS),
  ),
  'what became of a campaign': sql(
    `UPDATE messages SET state = $3 WHERE shop_id = $1 AND customer_id = $2`,
    ({ random }) => random.pick(['sent', 'delivered', 'failed']),
  ),
  'an answer to a campaign': sql(
    `UPDATE messages SET answered_at = now() WHERE shop_id = $1 AND customer_id = $2 AND campaign_id = $3`,
    ({ random }) => random.pick(CAMPAIGNS),
  ),
  'a link of a campaign': sql(
    `UPDATE messages SET clicked_at = now() WHERE shop_id = $1 AND customer_id = $2 AND campaign_id = $3`,
    ({ random }) => random.pick(CAMPAIGNS),
  ),
  'tags deleted': sql('DELETE FROM customer_tags WHERE shop_id = $1 AND customer_id = $2'),
  'a note': sql(
    `INSERT INTO customer_notes (shop_id, customer_id, text, author) VALUES ($1, $2, $3, 'staff:1')`,
    ({ random }) => random.pick(NOTES),
  ),
  'a reward': sql(
    `INSERT INTO redemptions (shop_id, customer_id, client_key, input_hash, kind, reward_id, unit, units, amount_minor, currency, code, state, expires_at)
     VALUES ($1, $2, gen_random_uuid()::text, '', 'reward', $3, 'POINTS', 1, 1, 'IDR', gen_random_uuid()::text, 'issued', now())`,
    ({ ids, random }) => random.pick(ids.rewards),
  ),
  'a merge': sql(
    `WITH gone AS (UPDATE customers SET state = 'deleted', merged_into = $2 WHERE shop_id = $1 AND customer_id = $2::int + 1 AND merged_into IS NULL
       AND NOT EXISTS (SELECT FROM customers m WHERE m.shop_id = $1 AND (m.merged_into = $2::int + 1 OR m.customer_id = $2 AND m.merged_into IS NOT NULL)))
     SELECT 1`,
  ),
  'the shop’s settings': sql(
    'UPDATE club_settings SET new_customer_days = $3, lapsed_days = 20 WHERE shop_id = $1 AND $2::int IS NOT NULL',
    ({ random }) => random.pick([30, 90, 400]),
  ),
  'the shop’s zone': sql(
    'UPDATE shops SET time_zone = $3 WHERE shop_id = $1 AND $2::int IS NOT NULL',
    ({ random }) => random.pick(ZONES),
  ),
  products: sql('UPDATE products SET vendor = $3 WHERE shop_id = $1 AND $2::int IS NOT NULL', ({ random }) =>
    random.pick(VENDORS),
  ),
  'a reading of Shopify’s segments': sql(
    'UPDATE shopify_segments SET readings = readings + 1 WHERE shop_id = $1 AND $2::int IS NOT NULL',
  ),
  'RFM scores': ({ club }) => computeThresholds(pool, club.shopId),
};

/** Makes things happen to one random customer after the other. */
export class ChangingWorld {
  readonly #world: World;

  constructor(club: TestClub, ids: Ids, random: Random) {
    this.#world = { club, ids, random, hours: 0, order: 100_000 };
  }

  /** One change of anything; returns what it was. */
  async change(customers: readonly number[]): Promise<string> {
    const { random } = this.#world;
    const name = random.pick(Object.keys(CHANGES));
    await CHANGES[name]!(this.#world, random.pick(customers));
    return name;
  }
}

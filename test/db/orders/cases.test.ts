/** Whole histories worked out by hand (fixtures/cases/README.md) give their points and sums, in any order of events. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { parseWebhookJson } from '#app/lib/json.ts';
import { audit, award, balanceOf, orderEvent, type TestClub } from '#test/support/clubs.ts';
import { givenShop } from '#test/support/shops.ts';

/** $1 gives 1 point, tax and shipping out, unless the case says otherwise. */
async function givenClub(rule: object): Promise<TestClub> {
  const club = await givenShop();
  await pool.query('UPDATE programs SET rule = rule || $2 WHERE shop_id = $1', [
    club.shopId,
    JSON.stringify({ stepMinor: '100', units: '1', ...rule }),
  ]);
  return club;
}

interface Case {
  files: readonly string[];
  rule?: object;
  customer: number;
  points: bigint;
  /** What the customer has spent, and the pieces that are left. */
  spent: bigint;
  items: number;
}

const CASES: Record<string, Case> = {
  '01-tip': { files: ['orders_paid'], customer: 8_810_000_000_001, points: 50n, spent: 5_359n, items: 1 },
  '01-tip as a piece': {
    files: ['as-piece-orders_paid'],
    customer: 8_820_000_000_048,
    points: 50n,
    spent: 5_359n,
    items: 1,
  },
  '01-tip, goods fulfilled': {
    files: ['handed-over-1-orders_paid', 'handed-over-2-orders_fulfilled'],
    rule: { earnAt: 'fulfilled', includeShipping: true },
    customer: 8_820_000_000_050,
    points: 110n,
    spent: 11_500n,
    items: 1,
  },
  '02-currency': { files: ['orders_paid'], customer: 8_810_000_000_002, points: 0n, spent: 0n, items: 1 },
  '04-shipping-tax-refund': {
    files: ['1-orders_paid', '2-refunds_create'],
    customer: 8_810_000_000_005,
    points: 100n,
    spent: 10_800n,
    items: 1,
  },
  '06-goodwill-then-return': {
    files: ['1-orders_paid', '2-refunds_create', '3-refunds_create', '4-orders_updated'],
    customer: 8_820_000_000_045,
    points: 100n,
    spent: 10_000n,
    items: 1,
  },
  '07-duties': {
    files: ['1-orders_paid', '2-refunds_create'],
    customer: 8_820_000_000_047,
    points: 50n,
    spent: 5_500n,
    items: 1,
  },
};

function payload(name: string, file: string) {
  const folder = name.split(/[ ,]/)[0] ?? name;
  return parseWebhookJson(readFileSync(`fixtures/cases/${folder}/${file}.json`, 'utf8'));
}

const topicOf = (file: string) => file.replace(/^.*?(orders|refunds)_/, '$1/');

test.each(Object.entries(CASES))('%s', async (name, { files, rule = {}, customer, points, spent, items }) => {
  for (const order of [files, files.toReversed()]) {
    const club = await givenClub(rule);
    for (const file of order)
      await award({
        ...orderEvent(club, { id: 1, lines: [] }),
        topic: topicOf(file),
        payload: payload(name, file),
      });
    const { rows } = await pool.query(
      'SELECT spend_minor AS spent, items FROM customer_stats WHERE shop_id = $1',
      [club.shopId],
    );
    expect({ points: await balanceOf(club, customer), rows }).toEqual({ points, rows: [{ spent, items }] });
    expect(await audit(club)).toEqual([]);
  }
});

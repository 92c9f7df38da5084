import type pg from 'pg';

/** The product and variant of the order that the benches send (fixtures/webhooks). */
const PRODUCT = '9378819014968';
const VARIANT = '48737066975544';
const OTHER_PRODUCT = '1';

const TERMS = {
  earnAt: 'paid',
  pendingDays: 0,
  lifetimeDays: 365,
  includeTax: false,
  includeShipping: false,
  membersOnly: false,
  categoryIds: null,
  tierIds: null,
  excluded: { productIds: [], collectionIds: [], tags: [] },
};

const row = (productId: string, variantId: string | null) => ({
  productId,
  variantId,
  quantity: 1,
  units: '5',
  title: 'Piece',
});

/** Nineteen programs beside the shop's own: most are for others, as in a shop that has run campaigns for years. */
const PROGRAMS = [
  { ...TERMS, kind: 'product', rows: [row(PRODUCT, VARIANT), row(OTHER_PRODUCT, null)] },
  { ...TERMS, kind: 'printed', unitsPerPoint: '1' },
  ...Array.from({ length: 6 }, () => ({
    ...TERMS,
    kind: 'product',
    rows: Array.from({ length: 10 }, () => row(OTHER_PRODUCT, null)),
  })),
  ...Array.from({ length: 4 }, (_none, index) => ({
    ...TERMS,
    kind: 'spend',
    stepMinor: String(1_000_000 + index),
    units: '10',
    excluded: { productIds: [OTHER_PRODUCT], collectionIds: ['7'], tags: [`season-${index}`] },
  })),
  ...Array.from({ length: 4 }, () => ({
    ...TERMS,
    kind: 'spend',
    stepMinor: '1000',
    units: '1',
    membersOnly: true,
  })),
  ...Array.from({ length: 3 }, () => ({
    ...TERMS,
    kind: 'spend',
    stepMinor: '1000',
    units: '1',
    categoryIds: ['999'],
  })),
];

/** Makes 20 programs and 10 offers in three groups active; the order's product is known and has printed points. */
export async function addManyRules(client: pg.Client): Promise<void> {
  for (const rule of PROGRAMS) {
    await client.query(
      `INSERT INTO programs (shop_id, name, kind, unit, rule) VALUES (1, 'Campaign', $1, 'POINTS', $2)`,
      [rule.kind, JSON.stringify(rule)],
    );
  }
  await client.query(
    `INSERT INTO offer_groups (shop_id, name) SELECT 1, 'Group ' || n FROM generate_series(1, 3) n`,
  );
  // Only the first group has an offer that an order of 90.16 exceeds.
  await client.query(
    `INSERT INTO offers (shop_id, group_id, name, unit, minimum_minor, percent_bp, until_days)
     SELECT 1, g.group_id, 'Offer ' || n, 'CREDIT', CASE WHEN n = 1 THEN 5000 ELSE 100000 * n END, 100 * n, 90
     FROM generate_series(1, 10) n JOIN (SELECT group_id, row_number() OVER (ORDER BY group_id) AS place FROM offer_groups) g
       ON g.place = (n - 1) % 3 + 1`,
  );
  await client.query('UPDATE club_settings SET offers_active = true WHERE shop_id = 1');
  await client.query(
    `INSERT INTO products (shop_id, product_id, title, tags, collection_ids, printed_points)
     VALUES (1, $1, 'Piece', '{sale}', '{3}', 2)`,
    [PRODUCT],
  );
}

/** Tags as Shopify's webhooks and first looks tell of them. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { recordTags } from '#app/modules/tags/record-tags.server.ts';
import { updateTags } from '#app/modules/tags/receive-tags.server.ts';
import { givenShop } from '#test/support/shops.ts';

const SITI = 7_200_000_000_001n;
const BUDI = 7_200_000_000_002n;
let shopId: bigint;

beforeEach(async () => {
  ({ shopId } = await givenShop());
  await pool.query('DELETE FROM customer_tags');
  await pool.query('DELETE FROM tags');
  await pool.query('DELETE FROM customers');
});

interface Told {
  topic: 'customer.tags_added' | 'customer.tags_removed';
  customerId: bigint;
  tags: string[];
  second: number;
}

/** As Shopify sends it. */
function eventOf({ topic, customerId, tags, second }: Told) {
  const occurredAt = new Date(1_700_000_000_000 + second * 1_000);
  return {
    shopId,
    topic,
    triggeredAt: occurredAt,
    payload: {
      customerId: `gid://shopify/Customer/${customerId}`,
      tags,
      occurredAt: occurredAt.toISOString(),
    },
  };
}

const tell = (...told: Told[]) => withTransaction((tx) => updateTags(tx, told.map(eventOf)));
const added = (second: number, tags: string[], customerId = SITI): Told => ({
  topic: 'customer.tags_added',
  customerId,
  tags,
  second,
});
const removed = (second: number, tags: string[], customerId = SITI): Told => ({
  topic: 'customer.tags_removed',
  customerId,
  tags,
  second,
});

async function tagsOf(customerId: bigint): Promise<string[]> {
  const { rows } = await pool.query<{ tags: string[] }>(
    'SELECT tags FROM customers WHERE shop_id = $1 AND customer_id = $2',
    [shopId, customerId],
  );
  return rows[0]?.tags ?? [];
}

describe('webhooks of tags', () => {
  it('add and remove tags, also of a customer not known yet', async () => {
    await tell(added(1, ['VIP', 'Grosir']), added(1, ['vip'], BUDI));
    expect(await tagsOf(SITI)).toEqual(['Grosir', 'VIP']);
    // A tag is the same whatever its case, and is written in one way in a shop.
    expect((await tagsOf(BUDI)).map((tag) => tag.toLowerCase())).toEqual(['vip']);
    await tell(removed(2, ['grosir']));
    expect(await tagsOf(SITI)).toHaveLength(1);
  });

  it('let the later win, also when it comes first', async () => {
    await tell(removed(5, ['VIP']));
    await tell(added(4, ['VIP']));
    expect(await tagsOf(SITI)).toEqual([]);
    await tell(added(6, ['VIP']));
    expect(await tagsOf(SITI)).toEqual(['VIP']);
  });

  it('give no tags to who was deleted or erased', async () => {
    await pool.query(`INSERT INTO customers (shop_id, customer_id, state) VALUES ($1, $2, 'deleted')`, [
      shopId,
      SITI,
    ]);
    await tell(added(1, ['VIP']));
    expect(await tagsOf(SITI)).toEqual([]);
    const { rows } = await pool.query('SELECT 1 FROM customer_tags');
    expect(rows).toEqual([]);
  });

  it('cannot be read without a customer', async () => {
    const broken = { ...eventOf(added(1, ['VIP'])), payload: { tags: ['VIP'] } };
    await expect(withTransaction((tx) => updateTags(tx, [broken]))).rejects.toThrow(/customerId/);
  });

  it('come to the same tags in any order, doubled, in any batches', async () => {
    const told = fc.record({
      topic: fc.constantFrom('customer.tags_added' as const, 'customer.tags_removed' as const),
      customerId: fc.constantFrom(SITI, BUDI),
      tags: fc.subarray(['vip', 'grosir', 'lama'], { minLength: 1 }),
      second: fc.nat(6),
    });
    const orders = fc
      .array(told, { minLength: 1, maxLength: 8 })
      .chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
        ),
      );
    await fc.assert(
      fc.asyncProperty(orders, async ([events, again]) => {
        const after = async (batches: Told[][]) => {
          await pool.query('DELETE FROM customer_tags');
          for (const batch of batches) await tell(...batch);
          return [await tagsOf(SITI), await tagsOf(BUDI)];
        };
        await pool.query(`UPDATE customers SET tags = '{}'`);
        const inOrder = await after([events]);
        await pool.query(`UPDATE customers SET tags = '{}'`);
        const shuffled = await after(again.map((one) => [one]));
        expect(shuffled).toEqual(inOrder);
      }),
      { numRuns: 25 },
    );
  });
});

describe('the first look at a shop', () => {
  const at = (second: number) => new Date(1_700_000_000_000 + second * 1_000);
  const look = (second: number, tags: string[]) =>
    withTransaction((tx) => recordTags(tx, [{ shopId, customerId: SITI, tags, at: at(second) }]));

  it('takes all tags, and takes away what Shopify has no more', async () => {
    await look(1, ['VIP', 'Lama']);
    expect(await tagsOf(SITI)).toEqual(['Lama', 'VIP']);
    await look(2, ['VIP']);
    expect(await tagsOf(SITI)).toEqual(['VIP']);
  });

  it('knows all that happened in its second', async () => {
    await tell(removed(3, ['VIP']), added(3, ['VIP']), added(3, ['Lama']));
    await look(3, ['Lama']);
    expect(await tagsOf(SITI)).toEqual(['Lama']);
  });

  it('leaves the change of a later webhook', async () => {
    await tell(added(9, ['Baru']), removed(9, ['VIP']));
    await look(5, ['VIP', 'Lama']);
    expect(await tagsOf(SITI)).toEqual(['Baru', 'Lama']);
  });
});

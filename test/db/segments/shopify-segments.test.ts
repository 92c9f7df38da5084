/** The shop's own segments at Shopify as audience: read by the worker, resumed, refreshed, deleted there. */
import { beforeEach, describe, expect, it } from 'vitest';
import { club, fault, sandbox, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { countSegment } from '#app/modules/segments/count-segment.server.ts';
import { findMissing } from '#app/modules/segments/find-missing.server.ts';
import { previewRule } from '#app/modules/segments/preview-rule.server.ts';
import { requestMembers } from '#app/modules/segments/shopify/list-segments.server.ts';
import { readShopifySegments } from '#app/modules/segments/shopify/read-shopify-segments.server.ts';
import { readShopifySegmentsScreen } from '#app/modules/segments/shopify/shopify-segments.queries.server.ts';
import { saveSegment } from '#app/modules/segments/saved/change-segments.server.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { endRests, listFailures } from '#test/support/shop-failures.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';

useSandboxShop();

let vip: string;
const people = () => sandbox.world.shop(DEMO_SHOP).customers;
const inSegment = (id: string, op: 'anyOf' | 'noneOf' = 'anyOf'): SegmentNode => ({
  kind: 'condition',
  code: 'shopify_segment',
  values: { op, list: [id] },
});

async function makeSegment(name: string, query: string): Promise<string> {
  const { body } = await sandbox.control('POST', '/_control/segments', { name, query });
  return String(body.segment.id);
}

/** The members as the rule means them, by e-mail. */
async function meant(rule: SegmentNode): Promise<number> {
  return countSegment(club.shopId, rule);
}

const stored = () => select(`SELECT * FROM shopify_segments WHERE shop_id = $1 ORDER BY shopify_segment_id`);
const calls = (operation: string) =>
  sandbox.world.state.requests.filter((each) => each.operation === operation).length;

beforeEach(async () => {
  for (const [index, customer] of people().entries()) customer.tags = index < 3 ? ['VIP'] : [];
  vip = await makeSegment('VIPs', "customer_tags CONTAINS 'vip'");
  for (const { id, email } of people())
    await pool.query(
      'INSERT INTO customers (shop_id, customer_id, email) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [club.shopId, id, email],
    );
});

describe('a segment at Shopify', () => {
  it('is listed without its members until a rule needs them', async () => {
    await readShopifySegments();
    expect(await stored()).toMatchObject([
      { name: 'VIPs', query: "customer_tags CONTAINS 'vip'", read_at: null },
    ]);
    expect(calls('ListSegmentMembers')).toBe(0);
    expect(await readShopifySegmentsScreen(club.shopId)).toMatchObject({
      isListing: false,
      segments: [{ name: 'VIPs', members: null, readAt: null, isReading: false }],
    });
  });

  it('means no one, not even with "none of", until its members are read; the preview asks for them', async () => {
    await readShopifySegments();
    const missing = [{ to: 'shopify_segment', id: vip, isUnread: true }];
    for (const op of ['anyOf', 'noneOf'] as const) {
      expect(await meant(inSegment(vip, op))).toBe(0);
      expect(await findMissing(pool, club.shopId, inSegment(vip, op))).toEqual(missing);
    }
    expect(await previewRule(club.shopId, inSegment(vip))).toMatchObject({ count: 0, missing });
    await readShopifySegments();
    expect(await previewRule(club.shopId, inSegment(vip))).toMatchObject({ count: 3, missing: [] });
    expect(await meant(inSegment(vip, 'noneOf'))).toBe(people().length - 3);
  });

  it('is read again on demand: who joined is a member, who left is none', async () => {
    await readShopifySegments();
    await requestMembers(club.shopId, BigInt(vip));
    await readShopifySegments();
    expect(await meant(inSegment(vip))).toBe(3);
    people()[0]!.tags = [];
    people()[4]!.tags = ['vip', 'new'];
    people()[5]!.tags = ['vip'];
    await readShopifySegments();
    expect(await meant(inSegment(vip))).toBe(3);
    await requestMembers(club.shopId, BigInt(vip));
    expect(await readShopifySegmentsScreen(club.shopId)).toMatchObject({
      segments: [{ isReading: true, members: 3 }],
    });
    await readShopifySegments();
    expect(await meant(inSegment(vip))).toBe(4);
    expect(await readShopifySegmentsScreen(club.shopId)).toMatchObject({
      segments: [{ isReading: false, members: 4 }],
    });
  });

  it('is read again each day as long as a stored segment names it', async () => {
    await readShopifySegments();
    await saveSegment(club.shopId, { name: 'Best', rule: inSegment(vip) }, 'staff:1');
    const pass = async (hours: number) => {
      await pool.query(
        `UPDATE shopify_segments SET read_at = read_at - make_interval(hours => $2) WHERE shop_id = $1`,
        [club.shopId, hours],
      );
      await pool.query(
        `UPDATE shopify_segment_lists SET listed_at = listed_at - make_interval(hours => $2) WHERE shop_id = $1`,
        [club.shopId, hours],
      );
    };
    await pass(24);
    await readShopifySegments();
    await readShopifySegments();
    expect(await meant(inSegment(vip))).toBe(3);
    people()[0]!.tags = [];
    await pass(20);
    await readShopifySegments();
    expect(await meant(inSegment(vip))).toBe(3);
    await pass(4);
    await readShopifySegments();
    expect(await meant(inSegment(vip))).toBe(2);
  });

  it('that was deleted at Shopify says so, and means no one', async () => {
    await readShopifySegments();
    await requestMembers(club.shopId, BigInt(vip));
    await readShopifySegments();
    await sandbox.control('DELETE', `/_control/segments/${vip}`);
    await requestMembers(club.shopId, BigInt(vip));
    await readShopifySegments();
    const gone = [{ to: 'shopify_segment', id: vip }];
    for (const op of ['anyOf', 'noneOf'] as const) {
      expect(await meant(inSegment(vip, op))).toBe(0);
      const { count, missing } = await previewRule(club.shopId, inSegment(vip, op));
      expect({ count, missing }).toEqual({ count: 0, missing: gone });
    }
    expect(await select('SELECT * FROM shopify_segment_members WHERE shop_id = $1')).toEqual([]);
    expect(await requestMembers(club.shopId, BigInt(vip))).toBe(false);
    expect((await readShopifySegmentsScreen(club.shopId)).segments).toEqual([]);
  });

  it('that is gone from the list is forgotten', async () => {
    await readShopifySegments();
    await sandbox.control('DELETE', `/_control/segments/${vip}`);
    await makeSegment('All', 'number_of_orders >= 0');
    await pool.query('UPDATE shopify_segment_lists SET requested_at = ledger_now()');
    await readShopifySegments();
    const { segments } = await readShopifySegmentsScreen(club.shopId);
    expect(segments.map(({ name }) => name)).toEqual(['All']);
  });

  it('with another query is read again', async () => {
    await readShopifySegments();
    await requestMembers(club.shopId, BigInt(vip));
    await readShopifySegments();
    await sandbox.control('POST', `/_control/segments/${vip}`, { query: "customer_tags NOT CONTAINS 'vip'" });
    await pool.query('UPDATE shopify_segment_lists SET requested_at = ledger_now()');
    await readShopifySegments();
    await readShopifySegments();
    expect(await meant(inSegment(vip))).toBe(people().length - 3);
  });
});

describe('a reading', () => {
  const crowd = () => {
    const { customers } = sandbox.world.shop(DEMO_SHOP);
    const first = customers[0]!;
    for (let n = 1; n <= 1_500; n += 1)
      customers.push({ ...first, id: 9_000_000 + n, email: `m${n}@example.com`, tags: ['crowd'] });
    return makeSegment('Crowd', "customer_tags CONTAINS 'crowd'");
  };
  const members = () => select('SELECT count(*)::int AS n FROM shopify_segment_members WHERE shop_id = $1');

  it('takes pages of a thousand, waits out a throttled call, and goes on where it stopped', async () => {
    const id = await crowd();
    await readShopifySegments();
    await requestMembers(club.shopId, BigInt(id));
    await fault('throttled', { operation: 'ListSegmentMembers' });
    // The worker is stopped while it has the first page.
    const { signal } = new AbortController();
    const before = calls('ListSegmentMembers');
    Object.defineProperty(signal, 'aborted', { get: () => calls('ListSegmentMembers') >= before + 2 });
    await readShopifySegments(signal);
    expect(await members()).toEqual([{ n: 1_000 }]);
    expect(await meant(inSegment(id))).toBe(0);
    await readShopifySegments();
    expect(await members()).toEqual([{ n: 1_500 }]);
    expect(calls('StartMembersQuery')).toBe(1);
    expect(await stored()).toContainEqual(
      expect.objectContaining({ name: 'Crowd', members: 1_500, query_id: null }),
    );
  });

  it('whose query Shopify no longer knows is begun again', async () => {
    await readShopifySegments();
    await requestMembers(club.shopId, BigInt(vip));
    await pool.query(
      `UPDATE shopify_segments SET query_id = 'gid://shopify/CustomerSegmentMembersQuery/1', started_at = ledger_now() - interval '2 hours'`,
    );
    await readShopifySegments();
    expect(await meant(inSegment(vip))).toBe(3);
  });

  it('that Shopify fails is tried again, and the members are those of before', async () => {
    await readShopifySegments();
    await requestMembers(club.shopId, BigInt(vip));
    await readShopifySegments();
    people()[0]!.tags = [];
    await requestMembers(club.shopId, BigInt(vip));
    await fault('status500', { operation: 'ListSegmentMembers' });
    await readShopifySegments();
    expect(await listFailures()).toHaveLength(1);
    expect(await meant(inSegment(vip))).toBe(3);
    await endRests();
    await readShopifySegments();
    expect(await meant(inSegment(vip))).toBe(2);
    expect(await listFailures()).toEqual([]);
  });
});

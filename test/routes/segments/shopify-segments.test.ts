/** The screen of the shop's own segments at Shopify, and the door from a figure to a list that can be saved. */
import { beforeAll, describe, expect, it } from 'vitest';
import { installApp, sandbox } from '#test/support/sandbox-bed.ts';
import { readShopifySegments } from '#app/modules/segments/shopify/read-shopify-segments.server.ts';
import { readProposedName, ruleAddress } from '#app/modules/segments/rule-address.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import * as list from '#app/routes/app.customers._index.tsx';
import * as segments from '#app/routes/app.customers.segments._index.tsx';
import * as screen from '#app/routes/app.customers.segments.shopify.tsx';
import { adminArgs } from '#test/support/route-requests.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';

const ADDRESS = '/app/customers/segments/shopify';
const view = () => screen.loader(adminArgs(DEMO_SHOP, ADDRESS));
const post = async (json: Record<string, unknown>): Promise<Loose> =>
  screen.action(adminArgs(DEMO_SHOP, ADDRESS, { json })) as unknown;

beforeAll(async () => {
  await installApp(DEMO_SHOP);
  await sandbox.control('POST', '/_control/segments', { name: 'All', query: 'number_of_orders >= 0' });
});

describe('the screen of Shopify’s segments', () => {
  it('is being read before the worker came, and lists them then', async () => {
    expect(await view()).toEqual({ segments: [], isCut: false, listedAt: null, isListing: true });
    await readShopifySegments();
    expect(await view()).toMatchObject({ isListing: false, segments: [{ name: 'All', members: null }] });
  });

  it('asks the worker for the list again, and for the members of one', async () => {
    await readShopifySegments();
    const [{ shopifySegmentId } = { shopifySegmentId: 0n }] = (await view()).segments;
    expect((await post({ intent: 'list' })).data).toEqual({ ok: true });
    expect(await view()).toMatchObject({ isListing: true });
    expect((await post({ intent: 'members', shopifySegmentId: String(shopifySegmentId) })).data).toEqual({
      ok: true,
    });
    expect(await view()).toMatchObject({ segments: [{ isReading: true }] });
    await readShopifySegments();
    const { length } = sandbox.world.shop(DEMO_SHOP).customers;
    expect(await view()).toMatchObject({
      isListing: false,
      segments: [{ isReading: false, members: length }],
    });
  });

  it('refuses a segment that isn’t there and what it doesn’t know', async () => {
    expect(await post({ intent: 'members', shopifySegmentId: '1' })).toMatchObject({
      data: { errors: { form: { code: 'gone' } } },
      init: { status: 422 },
    });
    expect(await post({ intent: 'other' })).toMatchObject({
      data: { errors: { form: { code: 'invalid' } } },
    });
  });
});

describe('the door from a figure', () => {
  const rule: SegmentNode = { kind: 'condition', code: 'order_count', values: { op: 'is', value: '1' } };

  it('opens the list with the rule, and proposes a name under which it can be saved', async () => {
    const address = ruleAddress(rule, '  Bought   once ');
    const { searchParams, pathname, search } = new URL(address, 'http://app');
    expect(pathname).toBe('/app/customers');
    expect(readProposedName(searchParams)).toBe('Bought once');
    const { filter } = await list.loader(adminArgs(DEMO_SHOP, address));
    expect(filter).toMatchObject({ rule, hasBrokenRule: false });
    const json = { intent: 'create', name: readProposedName(searchParams), filter: search.slice(1) };
    const saved = (await segments.action(
      adminArgs(DEMO_SHOP, '/app/customers/segments', { json }),
    )) as unknown as Loose;
    expect(saved.data.ok).toBe(true);
  });

  it('proposes no name where there is none, and never one that is too long', () => {
    expect(ruleAddress(rule)).not.toContain('name=');
    expect(
      readProposedName(new URL(ruleAddress(rule, 'x'.repeat(300)), 'http://app').searchParams),
    ).toHaveLength(100);
    expect(readProposedName(new URLSearchParams())).toBe('');
  });
});

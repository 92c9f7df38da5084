/** The catalogue of tags and what the worker does with it, with the sandbox as Shopify. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault, installApp, sandbox } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { processTagJobs } from '#app/modules/tags/process-tag-jobs.server.ts';
import * as card from '#app/routes/app.customers.$id_.tags.tsx';
import * as screen from '#app/routes/app.customers.tags.tsx';
import { adminArgs } from '#test/support/route-requests.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';

let shopId: bigint;
let people: { id: number; tags: string[] }[];

beforeAll(async () => {
  shopId = await installApp(DEMO_SHOP);
});
beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', { tokens: false });
  await sandbox.control('DELETE', '/_control/faults');
  for (const table of ['tag_writes', 'tag_jobs', 'customer_tags', 'tags', 'customer_stats', 'customers'])
    await pool.query(`DELETE FROM ${table}`);
  people = sandbox.world.shop(DEMO_SHOP).customers.slice(0, 6);
  for (const person of people) {
    person.tags = [];
    await pool.query('INSERT INTO customers (shop_id, customer_id) VALUES ($1, $2)', [shopId, person.id]);
  }
});

const post = async (values: Record<string, unknown>) => {
  const args = adminArgs(DEMO_SHOP, '/app/customers/tags', { json: values });
  return (await screen.action(args)) as unknown as { data: Loose };
};
const onCard = async (id: number, values: Record<string, unknown>) => {
  const args = adminArgs(DEMO_SHOP, `/app/customers/${id}/tags`, {
    json: values,
    params: { id: String(id) },
  });
  return (await card.action(args)) as unknown as { data: Loose };
};
const view = () => screen.loader(adminArgs(DEMO_SHOP, '/app/customers/tags'));
const counts = async () => (await view()).tags.map(({ name, customers }) => `${name} ${customers}`);
const atShopify = () => people.map((person) => sandbox.world.findCustomer(DEMO_SHOP, person.id)!.tags);
const ids = (count: number) => people.slice(0, count).map(({ id }) => String(id));
const give = async (name: string, count: number) => {
  const answer = await post({ intent: 'give', name, selection: { ids: ids(count) } });
  await processTagJobs();
  return answer.data;
};

describe('the catalogue', () => {
  it('takes a new tag, and refuses what Shopify would', async () => {
    expect((await post({ intent: 'add', name: ' VIP ', colour: 'green' })).data).toEqual({
      ok: true,
      customers: 0,
    });
    expect((await view()).tags).toMatchObject([
      { tagKey: 'vip', name: 'VIP', colour: 'green', customers: 0 },
    ]);
    const wrong = async (name: string) => (await post({ intent: 'add', name })).data.errors?.name?.code;
    expect([await wrong('vip'), await wrong(''), await wrong('a,b'), await wrong('x'.repeat(256))]).toEqual([
      'name_taken',
      'required',
      'no_comma',
      'too_long',
    ]);
  });

  it('gives and takes a tag of many, at Shopify and here', async () => {
    expect(await give('Grosir', 4)).toEqual({ ok: true, customers: 4 });
    expect(atShopify()).toEqual([['Grosir'], ['Grosir'], ['Grosir'], ['Grosir'], [], []]);
    expect(await counts()).toEqual(['Grosir 4']);
    expect((await view()).jobs).toMatchObject([{ kind: 'add', total: 4, done: 4, failed: 0, isOver: true }]);
    // Who has it is not asked again.
    expect(await give('grosir', 5)).toEqual({ ok: true, customers: 1 });
    await post({ intent: 'take', name: 'GROSIR', selection: { ids: ids(2) } });
    await processTagJobs();
    expect(atShopify().map((tags) => tags.length)).toEqual([0, 0, 1, 1, 1, 0]);
  });

  it('renames a tag at every customer that has it', async () => {
    people[0]!.tags = ['Lama'];
    await give('Grosir', 3);
    await post({ intent: 'edit', tagKey: 'grosir', name: 'Reseller', colour: 'blue' });
    await processTagJobs();
    expect(atShopify().slice(0, 3)).toEqual([['Lama', 'Reseller'], ['Reseller'], ['Reseller']]);
    expect((await view()).tags).toMatchObject([{ name: 'Reseller', colour: 'blue', customers: 3 }]);
    await post({ intent: 'edit', tagKey: 'reseller', name: 'RESELLER', colour: 'blue' });
    await processTagJobs();
    expect(atShopify()[1]).toEqual(['RESELLER']);
    expect(await counts()).toEqual(['RESELLER 3']);
  });

  it('merges a tag into another, and refuses a name that is taken', async () => {
    await give('VIP', 3);
    await give('Very important', 4);
    const taken = await post({ intent: 'edit', tagKey: 'very important', name: 'vip', colour: 'grey' });
    expect(taken.data).toEqual({ ok: false, errors: { name: { code: 'name_taken' } } });
    await post({ intent: 'merge', tagKey: 'very important', into: 'vip' });
    await processTagJobs();
    expect(await counts()).toEqual(['VIP 4']);
    expect(atShopify()).toEqual([['VIP'], ['VIP'], ['VIP'], ['VIP'], [], []]);
  });

  it('removes a tag everywhere, and leaves all other tags', async () => {
    people[0]!.tags = ['Toko lain'];
    await give('VIP', 2);
    expect((await post({ intent: 'remove', tagKey: 'vip' })).data).toEqual({ ok: true, customers: 2 });
    await processTagJobs();
    expect(await counts()).toEqual([]);
    expect(atShopify()[0]).toEqual(['Toko lain']);
  });
});

describe('the worker', () => {
  it('retries when Shopify does not respond, and skips no customer', async () => {
    await fault('error', { status: 503, times: 3 });
    await give('VIP', 6);
    await pool.query('UPDATE tag_writes SET next_attempt_at = now()');
    await processTagJobs();
    await pool.query('UPDATE tag_writes SET next_attempt_at = now()');
    await processTagJobs();
    expect(await counts()).toEqual(['VIP 6']);
    expect((await view()).jobs).toMatchObject([{ done: 6, failed: 0, isOver: true }]);
  });

  it('leaves out who lost the tag before it was their turn', async () => {
    await give('VIP', 3);
    await post({ intent: 'edit', tagKey: 'vip', name: 'Gold', colour: 'grey' });
    await pool.query(`UPDATE customer_tags SET is_on = false WHERE customer_id = $1`, [people[0]!.id]);
    people[0]!.tags = [];
    await processTagJobs();
    expect(atShopify().slice(0, 3)).toEqual([[], ['Gold'], ['Gold']]);
  });

  it('lists customers it could not tag, and retries them on request', async () => {
    people[1]!.tags = Array.from({ length: 250 }, (_, at) => `t${at}`);
    await give('VIP', 2);
    const [job] = (await view()).jobs;
    expect(job).toMatchObject({ total: 2, done: 1, failed: 1, failure: 'too_many', isOver: true });
    people[1]!.tags = [];
    await post({ intent: 'retry', jobId: String(job!.jobId) });
    await processTagJobs();
    expect((await view()).jobs).toMatchObject([{ done: 2, failed: 0, isOver: true }]);
    expect(atShopify()[1]).toEqual(['VIP']);
  });
});

describe('the card of a customer', () => {
  it('gives and takes a tag at once', async () => {
    const { id } = people[0]!;
    expect((await onCard(id, { intent: 'add', name: 'VIP' })).data).toEqual({ ok: true, customers: 1 });
    expect(atShopify()[0]).toEqual(['VIP']);
    const read = () =>
      card.loader(adminArgs(DEMO_SHOP, `/app/customers/${id}/tags`, { params: { id: String(id) } }));
    expect(await read()).toMatchObject({ tags: [{ name: 'VIP' }], catalogue: ['VIP'] });
    await onCard(id, { intent: 'remove', name: 'vip' });
    expect(await read()).toMatchObject({ tags: [] });
    expect(atShopify()[0]).toEqual([]);
  });

  it('shows what Shopify rejects, and changes nothing then', async () => {
    const { id } = people[0]!;
    people[0]!.tags = Array.from({ length: 250 }, (_, at) => `t${at}`);
    expect((await onCard(id, { intent: 'add', name: 'VIP' })).data).toEqual({
      ok: false,
      errors: { name: { code: 'too_many_tags' } },
    });
    expect((await onCard(1, { intent: 'add', name: 'VIP' })).data.errors.name.code).toBe('unknown_customer');
    const { rows } = await pool.query('SELECT 1 FROM customer_tags');
    expect(rows).toEqual([]);
  });
});

/** A segment pushed to Shopify, as staff see it: sent, changed there, taken, stopped; and one that can't be. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

interface AtShopify {
  id: number;
  name: string;
  query: string;
}
const there = async (): Promise<AtShopify[]> => {
  const body = await screens.app.control('GET', `segments?shop=${screens.shop}`);
  return (body as { segments: AtShopify[] }).segments;
};
async function open(name: string, rule: object): Promise<void> {
  const [made] = await screens.query<{ id: string }>(
    `INSERT INTO segments (shop_id, name, rule, created_by, updated_by) VALUES ($1, $2, $3, 'staff:1', 'staff:1')
     RETURNING segment_id::text AS id`,
    [name, JSON.stringify(rule)],
  );
  await screens.open(`/customers/segments/${made!.id}`);
}
const inDialog = (name: string) => screens.screen.getByRole('dialog').getByRole('button', { name });
const inMenu = async (name: string) => {
  const { screen } = screens;
  const menu = screen.getByRole('button', { name: 'More actions' });
  if (await menu.isVisible()) await menu.click();
  await screen.getByRole('button', { name, exact: true }).click();
};
const said = (text: string | RegExp) => screens.screen.getByText(text).first().waitFor();
/** `SHOTS=<folder>` before the command keeps pictures to look at. */
async function look(name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (folder === undefined) return;
  for (const width of [1280, 390]) {
    await screens.resize({ width, height: 900 });
    await screens.page.waitForTimeout(500);
    await screens.page.screenshot({ path: path.join(folder, `push-${name}-${width}.png`) });
  }
  await screens.resize({ width: 1280, height: 900 });
}

test('a segment is pushed, Shopify’s version is taken, ours is written again, and it is deleted there', async () => {
  const { screen } = screens;
  await open('Loyal', { kind: 'condition', code: 'order_count', values: { op: 'atLeast', value: '2' } });
  await inMenu('Push to Shopify');
  await said('number_of_orders >= 2');
  await look('ask');
  await inDialog('Push to Shopify').click();
  await screens.toast('being created at Shopify').waitFor();
  await said('In step');
  await look('in-step');
  const [own] = await there();
  expect(own).toMatchObject({ name: 'Loyal', query: 'number_of_orders >= 2' });

  const change = (query: string) =>
    screens.app.control('POST', `segments/${own!.id}`, { shop: screens.shop, query });
  await change('number_of_orders >= 4 AND amount_spent > 100');
  await screens.button('Check now').click();
  await said('This segment was changed at Shopify');
  await look('changed');
  await screens.button('Take Shopify’s version').click();
  await screens.toast('has Shopify’s version now').waitFor();
  await said(/number of valid orders is at least 4/);
  await said('In step');

  await change("customer_language = 'id'");
  await screens.button('Check now').click();
  await said('Setia can’t have this rule');
  await look('unreadable');
  expect(await screens.button('Take Shopify’s version').count()).toBe(0);
  await screens.button('Write ours again').click();
  await said('In step');
  expect((await there())[0]!.query).toBe('number_of_orders >= 4 AND amount_spent > 100');

  await screens.open('/customers/segments');
  await said('In step with Shopify');
  await look('list');
  await screens.button('Delete Loyal').click();
  await screen.getByText('What happens to the segment at Shopify?').waitFor();
  await inDialog('Delete').click();
  await screen.getByRole('dialog').getByText('Enter a value').waitFor();
  await look('delete');
  await screen.getByText('Delete “Loyal” at Shopify').click();
  await inDialog('Delete').last().click();
  await screens.toast('Segment deleted').waitFor();
  await expect.poll(there, { timeout: 60_000 }).toEqual([]);
});

test('a rule that Shopify can’t ask says which conditions hinder it, and becomes a tag instead', async () => {
  await open('Loyal members', {
    kind: 'all',
    parts: [
      { kind: 'condition', code: 'order_count', values: { op: 'atLeast', value: '2' } },
      { kind: 'condition', code: 'member', values: { op: 'yes' } },
    ],
  });
  await inMenu('Push to Shopify');
  await said('Only in Setia');
  await look('cannot');
  await inDialog('Keep as Shopify tag').click();
  await screens.field('Tag').waitFor();
  await inDialog('Keep as tag').click();
  await said('Kept as the Shopify tag “Loyal members”');
});

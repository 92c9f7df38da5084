/** Advanced search on the customer list, as staff do it, at the width of a desk and of a phone. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';
import { WIDTHS } from './pages.ts';

const screens = useAdminScreens();

/** `SHOTS=<folder>` before the command keeps pictures to look at. */
async function picture(name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (folder) await screens.page.screenshot({ path: path.join(folder, `search-${name}.png`) });
}

const overflow = () =>
  screens.screen.locator('html').evaluate((html: HTMLElement) => Math.max(0, html.scrollWidth - innerWidth));

async function add(typed: string, name: string): Promise<void> {
  await screens.button('Add condition').last().click();
  await screens.screen.getByRole('searchbox', { name: 'Find a condition' }).fill(typed);
  await screens.screen.getByRole('menuitem', { name, exact: true }).click();
}

const condition = (name: string) => screens.screen.getByRole('group', { name, exact: true });

/** Onto the lower half of the next one, which it comes after, and back onto the upper half of the first. */
async function dragsByMouse(city: string): Promise<void> {
  const handle = screens.button('Move City');
  const orders = condition('Number of valid orders');
  const box = await orders.boundingBox();
  await handle.dragTo(orders, { targetPosition: { x: 40, y: (box?.height ?? 0) - 4 } });
  await screens.screen.getByText(`is at least 1 and city is ${city} and the customer has`).waitFor();
  await handle.dragTo(orders, { targetPosition: { x: 40, y: 4 } });
  await screens.screen.getByText(`Customers where city is ${city} and number of valid orders`).waitFor();
}

test.each(WIDTHS)('a search is built, changed, shared and explained ($name)', async (size) => {
  await expect
    .poll(() =>
      screens.query(
        `SELECT FROM customer_stats WHERE shop_id = $1 AND city_key IS NOT NULL AND orders_valid > 0`,
      ),
    )
    .not.toEqual([]);
  await screens.resize(size);
  await screens.open('/customers');
  await screens.openAdvancedSearch();
  await add('valid orders', 'Number of valid orders');
  await condition('Number of valid orders').getByLabel('Value').fill('1');
  await add('phone number on', 'Phone number on file');
  await add('city', 'City');
  // Nothing is used while a condition has no value; what is missing is said where it is.
  await screens.button('Show customers').click();
  await condition('City').getByText('Choose at least one.').waitFor();
  await picture(`${size.name}-error`);
  await condition('City').getByRole('combobox', { name: 'Values' }).click();
  const city = screens.screen.locator('[role=listbox] [role=option]').first();
  const name = (await city.innerText()).trim();
  await city.click();
  await condition('City').getByText(name).first().waitFor();
  await screens.screen
    .getByText(
      `Customers where number of valid orders is at least 1 and the customer has a phone number and city is ${name}.`,
    )
    .waitFor();
  await expect.poll(() => screens.screen.getByText(/^\d+ customers?$/).count()).toBeGreaterThan(0);
  expect(await overflow()).toBe(0);
  await picture(`${size.name}-editor`);

  // By keyboard: the last one up to the top; the handle keeps the focus.
  const handle = screens.button('Move City');
  await handle.focus();
  await handle.press('ArrowUp');
  await handle.press('ArrowUp');
  await screens.screen.getByText('City moved to position 1 of 3.').waitFor();
  await screens.screen.getByText(`Customers where city is ${name} and number of valid orders`).waitFor();
  if (size.name === 'desk') await dragsByMouse(name);

  await screens.button('Show customers').click();
  await screens.screen.getByText(`City is ${name}`).waitFor();
  await picture(`${size.name}-chips`);

  // One chip is removed; the address is what another member of staff opens.
  await screens.screen.getByRole('button', { name: 'Remove City' }).click();
  await expect.poll(() => screens.screen.getByText(`City is ${name}`).count()).toBe(0);
  const search = await screens.screen.locator('html').evaluate(() => location.search);
  const shared = new URLSearchParams({ rule: new URLSearchParams(search).get('rule') ?? '' });
  await screens.open(`/customers?${shared.toString()}`);
  await screens.screen.getByText('Number of valid orders is at least 1').waitFor();
  await screens.screen.getByText('Has a phone number').waitFor();

  await screens.screen
    .getByRole('button', { name: /^Actions for / })
    .first()
    .click();
  await screens.screen.getByRole('menuitem', { name: 'Why is this customer in?' }).click();
  const dialog = screens.screen.getByRole('dialog');
  await dialog.getByText(/matches this search\.$/).waitFor();
  await dialog.getByText('This customer: yes').waitFor();
  await picture(`${size.name}-why`);
  await dialog.getByRole('button', { name: 'Close' }).click();

  const groups = screens.screen.getByLabel('Group by');
  await screens.openListControls(groups);
  await groups.selectOption('Gender');
  const bar = screens.screen.getByRole('link', { name: /^(Female|Male|Not known)$/ }).first();
  await bar.waitFor();
  const group = await bar.innerText();
  await picture(`${size.name}-groups`);
  expect(await overflow()).toBe(0);
  await bar.click();
  await screens.screen
    .getByText(group === 'Not known' ? 'Gender isn’t known' : `Gender is ${group}`)
    .waitFor();
  expect(screens.watched.problems).toEqual([]);
});

test('a search that names what is gone, or was cut off, says so and shows no one', async () => {
  const rule = {
    kind: 'not',
    part: { kind: 'condition', code: 'tags', values: { op: 'anyOf', list: ['gone'] } },
  };
  await screens.open(`/customers?${new URLSearchParams({ rule: JSON.stringify(rule) }).toString()}`);
  await screens.screen.getByText('This search can’t be run').waitFor();
  await screens.screen.getByText('It names the tag “gone”', { exact: false }).waitFor();
  await screens.screen.getByText('0 customers').waitFor();
  await picture('gone');
  await screens.open('/customers?rule=%7B%22kind%22');
  await screens.screen.getByText('The address contains a search rule', { exact: false }).waitFor();
  await screens.screen.getByText('0 customers').waitFor();
});

test('what takes long to count is estimated first; the exact count follows', async () => {
  const asked: (string | null)[] = [];
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const isPreview = ({ pathname }: URL) => pathname === '/app/customers/rule-preview';
  await screens.page.route(isPreview, async (route) => {
    const exact = new URL(route.request().url()).searchParams.get('exact');
    asked.push(exact);
    const response = await route.fetch();
    const answer = (await response.json()) as object;
    if (exact !== null) await released;
    const counted =
      exact === null ? { count: 12_000, certainty: 'about' } : { count: 12_345, certainty: 'exact' };
    await route.fulfill({ json: { ...answer, ...counted } });
  });
  await screens.open('/customers');
  await screens.openAdvancedSearch();
  await add('phone number on', 'Phone number on file');
  await screens.screen.getByText('About 12,000 customers. Counting exactly…').waitFor();
  await picture('estimate');
  release();
  await screens.screen.getByText('12,345 customers', { exact: true }).waitFor();
  expect(asked).toEqual([null, '1']);
});

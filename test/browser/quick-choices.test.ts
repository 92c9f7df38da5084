/** Choices on a screen that are faster than the server: none takes back another. */
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

/** Holds back what `/app/customers` reads until what was returned is called. */
async function holdCustomers(): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const isList = ({ pathname }: URL) => pathname === '/app/customers.data';
  await screens.page.route(isList, async (route) => {
    await released;
    // The browser gave up the one that the next choice replaced.
    await route.continue().catch(() => undefined);
  });
  return release;
}

const search = () => screens.screen.locator('html').evaluate(() => location.search);

test('a tab, an order, a filter and a group are chosen one after the other while nothing has arrived', async () => {
  await screens.open('/customers');
  const release = await holdCustomers();
  await screens.screen.getByRole('tab', { name: /^New/ }).click();
  await screens.field('Sort by').selectOption('name asc');
  await screens.field('Group by').selectOption('province');
  await screens.button('Add filter').click();
  await screens.screen.getByRole('menuitem', { name: 'Left the club' }).click();
  await screens.screen.getByRole('radio', { name: 'Left the club' }).click({ force: true });
  await screens.screen.getByRole('searchbox').first().fill('a');
  release();
  await expect
    .poll(async () => [...new URLSearchParams(await search())].map(String).toSorted())
    .toEqual(['group,province', 'left,1', 'q,a', 'sort,name asc', 'tab,new']);
  await screens.screen.getByRole('tab', { name: /^New/, selected: true }).waitFor();
});

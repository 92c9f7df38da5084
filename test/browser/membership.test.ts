/** Membership, tiers, trial mode and a customer's place in the club, as a merchant works with them. */
import { describe, test } from 'vitest';
import { waitUntil } from '#test/support/figures.ts';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

const check = (label: string) => screens.screen.getByRole('checkbox', { name: label, exact: true });

/** Some customer of the shop, by id. */
async function someCustomer(): Promise<{ id: string; name: string }> {
  const rows = await screens.query<{ id: string; name: string }>(
    `SELECT customer_id::text AS id, first_name || ' ' || last_name AS name FROM customers
     WHERE shop_id = $1 AND state = 'active'
       AND first_name IS NOT NULL AND last_name IS NOT NULL ORDER BY customer_id LIMIT 1`,
  );
  return rows[0]!;
}

/** The shop's tiers, lowest first. */
async function ladder(): Promise<string> {
  const rows = await screens.query<{ names: string }>(
    `SELECT string_agg(t.name, ', ' ORDER BY t.threshold) AS names FROM tiers t
     WHERE shop_id = $1 AND t.removed_at IS NULL`,
  );
  return rows[0]!.names;
}

describe('Membership', () => {
  test('tiers are switched on, changed, moved and removed; a wrong one is named at its field', async () => {
    await screens.open('/loyalty/membership');
    await check('Tiers are active').check();
    await screens.screen.getByRole('button', { name: 'Add tier' }).click();
    const last = screens.screen.locator('.tier').last();
    await last.getByLabel('Tier name').fill('Berlian');
    await last.getByLabel('From', { exact: true }).fill('1');
    await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
    await screens.screen.getByText('This must be more than the tier below').waitFor();
    await last.getByLabel('From', { exact: true }).fill('100,000,000');
    await screens.save();

    await screens.button('Move Berlian up').click();
    await screens.button('Remove Wholesale').click();
    await screens.screen.getByRole('dialog').getByRole('button', { name: 'Remove tier' }).click();
    await screens.save();
    // The toast of the first save may still stand: the ladder itself tells that the second one is through.
    await waitUntil(
      'the ladder is stored',
      async () => (await ladder()) === 'Retail, Silver, Gold, Berlian, Platinum',
    );
  });
});

describe('A customer', () => {
  test('becomes a member, gets a tier with its reason', async () => {
    const { id } = await someCustomer();
    await screens.open(`/customers/${id}`);
    await screens.button('Add to membership').click();
    await screens.toast('Membership started').waitFor();

    await screens.button('Change tier').click();
    const dialog = screens.screen.getByRole('dialog');
    await dialog.getByLabel('Tier', { exact: true }).selectOption({ label: 'Gold' });
    await dialog.getByLabel('Reason').fill('Tamu lama');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await screens.screen.getByText('Tamu lama').waitFor();

    await screens.button('End membership').click();
    await screens.screen.getByRole('dialog').getByRole('button', { name: 'End membership' }).click();
    await screens.toast('Membership ended').waitFor();
    await screens.button('Add to membership').waitFor();
  });
});

describe('Trial mode', () => {
  test('stands on every screen while it is on; test customers are found, added and removed', async () => {
    const { name } = await someCustomer();
    await screens.open('/settings/trial');
    await check('Turn on trial mode').check();
    await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
    await screens.screen.getByText('Add a test customer first.', { exact: false }).waitFor();
    await screens.field('Find a customer to add').fill(name);
    await screens.button(`Add ${name}`).first().click();
    await screens.button(`Remove ${name}`).waitFor();
    await screens.save();
    await screens.screen.getByText('Trial mode is on. Rules apply to test customers only.').waitFor();
    await screens.open('/loyalty/membership', 'id');
    await screens.screen.getByText('Mode uji coba aktif', { exact: false }).waitFor();
    await screens.open('/settings/trial');
    await screens.button(`Remove ${name}`).click();
    await screens.screen.getByText('No test customers yet.', { exact: false }).waitFor();
    await screens.screen.getByText('no one earns anything', { exact: false }).waitFor();
    await check('Turn on trial mode').uncheck();
    await screens.save();
    await screens.screen
      .getByText('Trial mode is on. Rules apply to test customers only.')
      .waitFor({ state: 'detached' });
  });
});

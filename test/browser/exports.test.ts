/** Exports, as staff ask for them and take them along. */
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';
import { overflow, WIDTHS } from './pages.ts';

const screens = useAdminScreens();
const dialog = () => screens.screen.getByRole('dialog');

test('ticked customers become a file in the chosen columns, which is downloaded and deleted', async () => {
  const { screen } = screens;
  await screens.open('/customers');
  await screen
    .getByRole('row')
    .nth(1)
    .click({ position: { x: 20, y: 20 } });
  // The list's own button says the same; the bulk action is the last one, as soon as it is there.
  await screen.getByRole('button', { name: 'Add tag' }).first().waitFor();
  await screen.getByRole('button', { name: 'Export' }).last().click();
  await dialog().getByText('Export 1 customer').waitFor();
  await dialog().getByText('CSV (.csv)').click();
  await dialog().getByRole('button', { name: 'Select none' }).click();
  await dialog().getByText('Select at least one column').waitFor();
  await dialog().getByText('First name').click();
  await dialog().getByText('Phone', { exact: true }).click();
  await dialog().getByRole('button', { name: 'Export', exact: true }).click();
  await screens.toast('Export started').waitFor();
  await screen.getByRole('heading', { level: 1, name: 'Exports' }).waitFor();
  const row = screen.getByRole('row').filter({ hasText: 'Selected' });
  await row.getByText('Ready').waitFor();
  const download = screens.page.waitForEvent('download');
  await row.getByRole('button', { name: 'Download Customers' }).click();
  expect((await download).suggestedFilename()).toMatch(/^setia-customers-.*\.csv$/);
  await row.getByRole('button', { name: 'Delete' }).click();
  await dialog().getByText('Delete this export?').waitFor();
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await screens.toast('Export deleted').waitFor();
  await screen.getByText('No exports yet').waitFor();
});

test('the import template is downloaded in the language of the screen', async () => {
  await screens.open('/customers/import');
  const download = screens.page.waitForEvent('download');
  await screens.button('Download template').click();
  expect((await download).suggestedFilename()).toBe('setia-customers-template.xlsx');
});

test('the ledger and the orders are exported as they are filtered', async () => {
  const { screen } = screens;
  await screens.open('/activity/orders');
  await screen.getByRole('button', { name: 'Export' }).click();
  await dialog().getByRole('button', { name: 'Export', exact: true }).click();
  await screens.toast('Export started').waitFor();
  await screen.getByRole('row').filter({ hasText: 'Orders' }).getByText('Ready').waitFor();
  await screens.open('/activity/ledger');
  await screen.getByRole('button', { name: 'Export' }).click();
  await dialog().getByText('Export the ledger').waitFor();
  await dialog().getByRole('button', { name: 'Export', exact: true }).click();
  await screens.toast('Export started').waitFor();
  await screen.getByRole('row').filter({ hasText: 'Ledger' }).getByText('Ready').waitFor();
});

test.each(WIDTHS)(
  'the members of a segment are exported from its page, and change nothing when they are imported again ($name)',
  async (size) => {
    const { screen } = screens;
    const name = `Have ordered, on a ${size.name}`;
    const [segment] = await screens.query<{ id: string }>(
      `INSERT INTO segments (shop_id, name, rule, created_by, updated_by)
       VALUES ($1, $2, '{"kind": "condition", "code": "order_count", "values": {"op": "atLeast", "value": "1"}}', 'staff:1', 'staff:1')
       RETURNING segment_id::text AS id`,
      [name],
    );
    await screens.resize(size);
    await screens.open(`/customers/segments/${segment!.id}`);
    await screens.openListTool('Export');
    await dialog().getByRole('button', { name: 'Export', exact: true }).click();
    await screens.toast('Export started').waitFor();
    const row = screen.getByRole('row').filter({ hasText: name });
    await row.getByText('Ready').waitFor();
    expect(await overflow(screens.page)).toBe(0);
    const download = screens.page.waitForEvent('download');
    await row.getByRole('button', { name: 'Download Customers' }).click();
    const file = await buffer(await (await download).createReadStream());
    const [{ members } = { members: 0 }] = await screens.query<{ members: number }>(
      `SELECT rows AS members FROM exports WHERE shop_id = $1 AND scope_name = $2`,
      [name],
    );
    expect(members).toBeGreaterThan(1);
    await screens.open('/customers/import');
    await screen
      .locator('input[type=file]')
      .setInputFiles({ name: `anggota ${size.name}.xlsx`, mimeType: '', buffer: file });
    await screen.getByText('Ready to import', { exact: true }).first().waitFor();
    const figure = (title: string) =>
      screen
        .locator('h3', { hasText: new RegExp(`^${title}$`) })
        .locator('xpath=following-sibling::p')
        .innerText();
    expect(await figure('Unchanged')).toBe(String(members));
    for (const title of ['New', 'Updated', 'Wrong', 'Doubtful']) expect(await figure(title), title).toBe('0');
  },
);

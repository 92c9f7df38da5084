/** The merchant's programs of each kind in a real browser: made, tried in the preview, saved, paused and ended. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

/** A screenshot to look at (`SHOTS=<folder>`). */
async function shot(name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (folder !== undefined)
    await screens.page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}

const preview = () => screens.screen.locator('.preview');
const heading = (name: string) => screens.screen.getByRole('heading', { level: 1, name, exact: true });

/** Radio buttons and boxes to tick lie under Polaris' own drawing; people click their words. */
const choose = (label: string) => screens.screen.getByText(label, { exact: true }).click();

/** What went wrong besides forms that the test had refused. */
const problems = () => screens.watched.problems.filter((problem) => !/422/.test(problem));

/** Through the admin's menu, as people navigate: no page is reloaded. */
async function goToList(): Promise<void> {
  await screens.page.locator('nav').getByRole('link', { name: 'Loyalty' }).click();
  await screens.screen.getByRole('link', { name: 'Programs', exact: true }).click();
  await heading('Programs').waitFor();
}

async function createKind(kind: string): Promise<void> {
  await screens.open('/loyalty/programs');
  await screens.button('Create program').click();
  await screens.screen.getByRole('menuitem', { name: new RegExp(`^${kind}`) }).click();
}

describe('a program', () => {
  test('for products: picked, counted in the preview, saved with its rows', async () => {
    await createKind('Products');
    await heading('New program for products').waitFor();
    await screens.field('Program name').fill('Coffee counts');
    await screens.button('Create program').click();
    await screens.screen.getByText('Enter a value').waitFor();

    await screens.button('Add products').click();
    const picker = screens.screen.getByRole('dialog');
    await picker.getByText(/^Kopi Gayo/).click();
    await picker.getByText(/^Teh Melati/).click();
    await shot('picker');
    await picker.getByRole('button', { name: 'Add 2' }).click();
    const coffee = screens.screen.getByRole('group', { name: /^Kopi Gayo/ });
    await coffee.getByLabel('For each quantity of').fill('2');
    await coffee.getByLabel('the shopper earns').fill('10');
    await screens.screen.getByRole('button', { name: /^Remove Teh Melati/ }).click();
    await preview().getByText('Coffee counts').waitFor();
    await preview()
      .getByText(/^Kopi Gayo.*: 1 × 10 points$/)
      .waitFor();
    await screens.screen.getByLabel(/^including: Kopi Gayo/).fill('5');
    await preview()
      .getByText(/^Kopi Gayo.*: 2 × 10 points$/)
      .waitFor();
    await preview().getByText('Total: 50 points').waitFor();
    await screens.screen.getByLabel(/^including: Kopi Gayo/).fill('1');
    await preview().getByText('Not enough items of its products.').waitFor();
    await shot('product');

    await screens.save();
    await heading('Coffee counts').waitFor();
    const [row] = await screens.query<{ kind: string; rows: object[] }>(
      `SELECT kind, rule->'rows' AS rows FROM programs WHERE shop_id = $1 AND name = 'Coffee counts'`,
    );
    expect(row).toMatchObject({ kind: 'product', rows: [{ quantity: 2, units: '10', variantId: null }] });
    expect(problems()).toEqual([]);
  });

  test('for total spend: credit, members only, a collection left out, days to come; the preview says why', async () => {
    await createKind('Total spend');
    await screens.field('Program name').fill('Cash back');
    await choose('Store credit, as money');
    await screens.field('the shopper earns').fill('2,500');
    await preview().getByText('3 × Rp 100,000, each earns Rp 2,500').waitFor();
    await choose('Members only');
    await choose('The customer is a member');
    await preview().getByText('Members only. This customer wasn’t a member at the time.').waitFor();
    await choose('The customer is a member');
    await screens.button('Exclude collections').click();
    const picker = screens.screen.getByRole('dialog');
    await picker.locator('.picker-row label').first().click();
    await picker.getByRole('button', { name: 'Add 1' }).click();
    await screens.screen
      .getByRole('group', { name: 'Collections that earn nothing' })
      .getByText('None')
      .waitFor({
        state: 'detached',
      });
    await choose('Date range');
    await screens.field('First day').fill('2098-01-10');
    await screens.field('Last day').fill('2098-01-01');
    await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
    await screens.screen.getByText('This must be on or after the first day').waitFor();
    await screens.field('Last day').fill('2098-01-31');
    await preview().getByText('The program hadn’t started when the order was placed.').waitFor();
    await shot('spend');
    await screens.save();
    await heading('Cash back').waitFor();
    await screens.screen.getByText('Scheduled').waitFor();
    await goToList();
    const line = screens.screen.getByRole('row').filter({ hasText: 'Cash back' });
    for (const text of ['Rp 2,500 for each Rp 100,000', 'Members only', 'Jan 10, 2098 to Jan 31, 2098'])
      await line.getByText(text).waitFor();
    await shot('list');
    expect(problems()).toEqual([]);
  });

  test('for printed points: as it begins, without a change; paused, copied and ended with a word before', async () => {
    await createKind('Points on products');
    await screens.field('Points on its products').fill('25');
    await preview().getByText('Points on its products: 1 × 25 points').waitFor();
    await screens.button('Create program').last().click();
    await screens.toast('Saved').waitFor();
    await heading('Points on products').waitFor();

    await screens.button('Pause').click();
    const dialog = screens.screen.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await screens.button('Pause').click();
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await screens.toast('Program paused').waitFor();
    await preview().getByText('This program is paused.').waitFor();

    await screens.button('Duplicate').click();
    await heading('Copy of Points on products').waitFor();
    await screens.button('End').click();
    await dialog.getByText('Ended programs can’t be resumed').waitFor();
    await shot('end');
    await dialog.getByRole('button', { name: 'End' }).click();
    await screens.toast('Program ended').waitFor();
    await screens.screen.getByText('This program has ended.').waitFor();
    expect(await screens.field('Program name').isDisabled()).toBe(true);
    expect(await screens.button('Resume').count()).toBe(0);
    await goToList();
    await screens.screen.getByRole('tab', { name: 'Ended' }).click();
    await screens.screen.getByRole('link', { name: 'Copy of Points on products' }).waitFor();
    expect(problems()).toEqual([]);
  });

  test('that is changed shows it at once; discard and another language read it as people there write', async () => {
    const [first] = await screens.query<{ id: string }>(
      'SELECT min(program_id)::text AS id FROM programs WHERE shop_id = $1',
    );
    await screens.open(`/loyalty/programs/${first?.id}`, 'id');
    await screens.field('Untuk setiap kelipatan').fill('50.000');
    await screens.field('Pesanan sebesar').fill('1.000.000');
    await preview().getByText('20 × Rp 50.000, masing-masing memberi 10 poin').waitFor();
    await screens.page.locator('.save-bar').getByRole('button', { name: 'Buang' }).click();
    await preview().getByText('10 × Rp 100.000, masing-masing memberi 10 poin').waitFor();
    expect(await screens.field('Untuk setiap kelipatan').inputValue()).toBe('100.000');
    expect(problems()).toEqual([]);
  });
});

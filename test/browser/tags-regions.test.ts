/** Where a customer lives, chosen from lists, and the tags they have: as staff do it. */
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

test('province, city and district are chosen by typing; another province empties what lay in the old one', async () => {
  await screens.open('/customers/new');
  const options = screens.screen.locator('[role=listbox] [role=option]');
  const place = (label: string) => screens.screen.getByRole('combobox', { name: label, exact: true });
  // Until the answer has come, the list is still that of before, and it moves when it gets shorter.
  const search = async (label: string, typed: string, name: string) => {
    await place(label).fill(typed);
    await expect.poll(() => options.allInnerTexts()).toEqual([name]);
  };
  const choose = async (label: string, typed: string, name: string) => {
    await search(label, typed, name);
    await options.click();
    await expect.poll(() => place(label).inputValue()).toContain(name.split(' · ')[0]);
  };
  await choose('Country', 'indo', 'Indonesia');
  await choose('Province', 'jakarta', 'DKI Jakarta');
  await choose('City or regency', 'jaksel', 'Kota Jakarta Selatan');
  await choose('District', 'kebayoran b', 'Kebayoran Baru');
  await choose('Province', 'jawa bar', 'Jawa Barat');
  expect(await place('City or regency').inputValue()).toBe('');
  expect(await place('District').inputValue()).toBe('');
  // By keyboard: down until the wanted one is marked, Enter.
  await search('City or regency', 'kota bandung', 'Kota Bandung');
  await expect
    .poll(async () => {
      await place('City or regency').press('ArrowDown');
      return screens.screen.locator('[role=option][data-focused=true]').innerText();
    })
    .toBe('Kota Bandung');
  await place('City or regency').press('Enter');
  await expect.poll(() => place('City or regency').inputValue()).toBe('Kota Bandung');
});

test.each([
  ['a desk', { width: 1280, height: 900 }],
  ['a phone', { width: 390, height: 844 }],
])(
  'the village is one of the district’s, goes with it, and is on the profile, on %s',
  async (where, size) => {
    await screens.resize(size);
    await screens.open('/customers/new');
    const options = screens.screen.locator('[role=listbox] [role=option]');
    const place = (label: string) => screens.screen.getByRole('combobox', { name: label, exact: true });
    const choose = async (label: string, typed: string, name: string) => {
      await place(label).fill(typed);
      await expect.poll(() => options.allInnerTexts()).toEqual([name]);
      await options.click();
      await expect.poll(() => place(label).inputValue()).toBe(name);
    };
    await screens.field('First name').fill('Dewi');
    await screens.field('Email').fill(`dewi.${where.replace(' ', '.')}@example.com`);
    await choose('Country', 'thail', 'Thailand');
    expect(await place('Kelurahan / desa').count()).toBe(0);
    await choose('Country', 'indo', 'Indonesia');
    await screens.screen.getByText('Select a district first to see its villages.').waitFor();
    await choose('City or regency', 'kota bandung', 'Kota Bandung');
    await choose('District', 'coblong', 'Coblong');
    await place('Kelurahan / desa').fill('');
    await expect
      .poll(() => options.allInnerTexts())
      .toEqual(['Cipaganti', 'Dago', 'Lebak Gede', 'Lebak Siliwangi', 'Sadang Serang', 'Sekeloa']);
    await choose('Kelurahan / desa', 'kel. dago', 'Dago');
    await choose('District', 'sukajadi', 'Sukajadi');
    expect(await place('Kelurahan / desa').inputValue()).toBe('');
    await choose('District', 'coblong', 'Coblong');
    await choose('Kelurahan / desa', 'sekel', 'Sekeloa');
    expect(
      await screens.screen.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth),
    ).toBeLessThanOrEqual(0);
    await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
    await screens.screen.getByText('Sekeloa, Coblong', { exact: true }).waitFor();
    expect(
      await screens.query('SELECT village_code FROM customers WHERE shop_id = $1 AND email = $2', [
        `dewi.${where.replace(' ', '.')}@example.com`,
      ]),
    ).toEqual([{ village_code: '32.73.02.1005' }]);
  },
);

test('a tag is made and removed; what is wrong is said at its field', async () => {
  await screens.open('/customers/tags');
  await screens.screen.getByRole('button', { name: 'Add tag' }).first().click();
  await screens.field('Name').fill('a, b');
  await screens.screen.getByRole('button', { name: 'Save' }).click();
  await screens.screen.getByText('A tag can’t contain a comma').waitFor();
  await screens.field('Name').fill('Grosir baru');
  await screens.screen.getByRole('button', { name: 'Save' }).click();
  await screens.toast('Saved').waitFor();
  await screens.screen.getByRole('button', { name: 'Remove tag Grosir baru' }).click();
  await screens.screen.getByText('No customer has this tag.').waitFor();
  await screens.screen.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await screens.toast('Tag removed').waitFor();
  expect(await screens.screen.getByRole('button', { name: 'Remove tag Grosir baru' }).count()).toBe(0);
});

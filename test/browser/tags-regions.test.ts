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

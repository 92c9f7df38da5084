/** Home's card "Show the club in your store": it knows what is placed, leads to the editor of each place, and has a picture of it. */
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import en from '#app/i18n/en/home.json' with { type: 'json' };
import id from '#app/i18n/id/home.json' with { type: 'json' };
import words from '#sandbox/shopify/ui/texts/en.json' with { type: 'json' };
import { useAdminScreens } from './admin-screens.ts';
import { WIDTHS } from './pages.ts';

const screens = useAdminScreens();
const { placement } = en;
type Texts = typeof placement;
type Group = keyof Texts['groups'];

const THANK_YOU = 'account-blocks/purchase.thank-you.block.render';

beforeEach(() =>
  screens.app.control('POST', 'theme', { shop: screens.shop, name: 'dasar', blocks: [], unplaced: [] }),
);

async function shot(name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (folder === undefined) return;
  await screens.screen
    .getByRole('heading', { name: /Show the club|Tampilkan klub/ })
    .evaluate((heading) => heading.scrollIntoView());
  await screens.page.screenshot({ path: path.join(folder, `placement-${name}.png`) });
}

const head = (group: Group, done: number, total: number, texts: Texts = placement): string =>
  texts.group
    .replace('{{name}}', texts.groups[group])
    .replace('{{done}}', String(done))
    .replace('{{total}}', String(total));
const line = (key: keyof Texts['places'], texts: Texts = placement): Locator =>
  screens.screen
    .getByRole('listitem')
    .filter({ has: screens.screen.getByRole('heading', { name: texts.places[key], exact: true }) });
/** The page of one of Shopify's editors, without the admin around it. */
const editor = (): Locator => screens.page.locator('.admin-page');
const addressOf = (key: keyof Texts['places']): Promise<string | null> =>
  line(key).getByRole('link', { name: placement.add }).getAttribute('href');

test('what stands in the theme is ticked, the rest has a link to its place', async () => {
  await screens.open('');
  await screens.button(head('theme', 0, 8)).click();
  expect(await addressOf('cart-redeem')).toMatch(
    /^shopify:\/\/admin\/themes\/current\/editor\?template=cart&addAppBlockId=[\w-]+\/cart-redeem&target=mainSection$/,
  );
  await shot('theme-en-1280');
  await line('cart-redeem').getByRole('link', { name: placement.add }).click();
  await screens.page.getByText(words.admin.themes.wanted).waitFor();
  await editor().getByRole('button', { name: words.admin.themes.save }).click();
  await screens.page.getByText(words.admin.themes.saved).waitFor();
  await screens.open('');
  await screens.button(head('theme', 1, 8)).click();
  await line('cart-redeem').getByText(placement.placed, { exact: true }).waitFor();
  expect(await line('cart-redeem').getByRole('link').count()).toBe(0);
  expect(screens.watched.problems).toEqual([]);
});

test('what the merchant took away in the editor of checkout and accounts is missing, and comes back from there', async () => {
  await screens.app.control('POST', 'theme', { shop: screens.shop, unplaced: [THANK_YOU] });
  await screens.open('');
  await screens.button(head('account', 6, 7)).click();
  expect(await addressOf('thank_you')).toMatch(
    /^shopify:\/\/admin\/settings\/checkout\/editor\?page=thank-you&context=apps&app=[\w-]+&collection=account-collection$/,
  );
  await line('thank_you').getByRole('link', { name: placement.add }).click();
  await screens.page.getByText(words.admin.places.wanted.replace('{{page}}', 'thank-you')).waitFor();
  const box = screens.page.getByLabel(words.admin.places['account-blocks purchase_thank-you_block_render']);
  expect(await box.isChecked()).toBe(false);
  await box.check();
  await editor().getByRole('button', { name: words.admin.places.save }).click();
  await screens.page.getByText(words.admin.places.saved).waitFor();
  await screens.open('');
  await screens.button(head('account', 7, 7)).waitFor();
  expect(screens.watched.problems).toEqual([]);
});

test('on a phone in Indonesian: the tile of the till has a sentence instead of a link, every place its picture', async () => {
  await screens.app.control('POST', 'theme', {
    shop: screens.shop,
    unplaced: ['pos-club/pos.home.tile.render'],
  });
  await screens.resize(WIDTHS[1]);
  await screens.open('', 'id');
  for (const [group, done, total] of [
    ['theme', 0, 8],
    ['account', 7, 7],
    ['staff', 2, 3],
  ] as const)
    await screens.button(head(group, done, total, id.placement)).click();
  await line('till', id.placement).getByText(id.placement.where.till).waitFor();
  expect(await line('till', id.placement).getByRole('link').count()).toBe(0);
  const pictures = screens.screen.locator('img.place-picture');
  expect(await pictures.count()).toBe(18);
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect
      .poll(() => picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth))
      .toBeGreaterThan(100);
  }
  await shot('id-390');
  const overflow = await screens.screen
    .locator('html')
    .evaluate((html) => html.scrollWidth - html.clientWidth);
  expect(overflow).toBe(0);
  expect(screens.watched.problems).toEqual([]);
});

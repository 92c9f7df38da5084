/** What of the club is placed, from what App Bridge says, and the links to place the rest. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PLACE_GROUPS, placedBlocks, type ExtensionInfo } from '#app/modules/home/placements.ts';
import { listPlaces } from '#sandbox/shopify/extensions/placed-targets.ts';

const place = [{ target: 'template--cart', themeId: 'gid://shopify/OnlineStoreTheme/1' }];
const placesOf = (wanted: string) => PLACE_GROUPS.find(({ key }) => key === wanted)?.places ?? [];
const PLACES = PLACE_GROUPS.flatMap(({ places }) => places);

/** The keys of the places that are placed, by what Shopify says. */
const placedOf = (extensions: readonly ExtensionInfo[]): string[] =>
  PLACES.filter((each) => each.isPlaced(extensions)).map(({ key }) => key);

test('a block counts when it is active and stands somewhere', () => {
  const activations = [
    { handle: 'cart-redeem', target: 'section', name: 'Cart', status: 'active', activations: place },
    { handle: 'launcher', target: 'body', name: 'Club', status: 'available', activations: place },
    { handle: 'banner', target: 'section', name: 'Banner', status: 'active', activations: [] },
    { target: 'section', status: 'active', activations: place },
  ];
  const theme = { handle: 'theme-club', type: 'theme_app_extension', activations };
  expect([...placedBlocks([theme])]).toEqual(['cart-redeem']);
  expect(placedOf([theme])).toEqual(['cart-redeem']);
  expect(placedBlocks([]).size).toBe(0);
});

test('a target of another extension counts for its own place only', () => {
  const ui = (handle: string, ...targets: string[]) => ({
    handle,
    type: 'ui_extension',
    activations: targets.map((target) => ({ target })),
  });
  expect(placedOf([ui('account-club', 'customer-account.page.render')])).toEqual(['account_page']);
  expect(placedOf([ui('account-reseller', 'customer-account.page.render')])).toEqual(['reseller_page']);
  expect(placedOf([ui('account-blocks', 'purchase.thank-you.block.render')])).toEqual(['thank_you']);
  expect(
    placedOf([
      ui('pos-club', 'pos.home.modal.render'),
      ui('admin-order', 'admin.order-details.block.render'),
    ]),
  ).toEqual(['admin_order']);
});

test('every place of an extension is on Home', async () => {
  for (const known of await listPlaces()) {
    const [handle = '', target = ''] = known.split('/');
    const info = { handle, type: 'ui_extension', activations: [{ target }] };
    expect([known, placedOf([info]).length]).toEqual([known, 1]);
  }
});

test('the editors open at the page of the place, with what is to be placed', () => {
  const addressOf = (wanted: string) => PLACES.find(({ key }) => key === wanted)?.address('client');
  expect(addressOf('cart-redeem')).toBe(
    'shopify://admin/themes/current/editor?template=cart&addAppBlockId=client/cart-redeem&target=mainSection',
  );
  expect(addressOf('launcher')).toBe(
    'shopify://admin/themes/current/editor?context=apps&activateAppId=client/launcher',
  );
  expect(addressOf('order_status')).toBe(
    'shopify://admin/settings/checkout/editor?page=order-status&context=apps&app=client&collection=account-collection',
  );
  expect(addressOf('admin_customer')).toBe('shopify://admin/customers');
  expect(addressOf('till')).toBeNull();
  const collection = fs.readFileSync(
    path.resolve('extensions/account-collection/shopify.extension.toml'),
    'utf8',
  );
  expect(collection).toContain('handle = "account-collection"');
  expect(placesOf('account').length).toBeGreaterThan(0);
});

/** Where the club can be shown, what of it the merchant has placed, as App Bridge tells, and the way to each place. */

/** `template` for what stands in a section, null for an embed of every page. */
interface Block {
  handle: string;
  template: string | null;
}

/** In the order in which they help most. The handles are the files of extensions/theme-club/blocks. */
export const THEME_BLOCKS = [
  { handle: 'cart-redeem', template: 'cart' },
  { handle: 'cart-drawer', template: null },
  { handle: 'launcher', template: null },
  { handle: 'product-points', template: 'product' },
  { handle: 'club-page', template: 'page' },
  { handle: 'banner', template: 'index' },
  { handle: 'members-only', template: 'product' },
  { handle: 'reseller-form', template: 'page' },
] as const satisfies readonly Block[];

/** A block of the theme extension. */
type ThemeBlock = (typeof THEME_BLOCKS)[number];

/** A target of an extension: `page` is what opens there, of the editor of checkout and accounts or of the admin. */
interface Target {
  key: string;
  extension: string;
  target: string;
  page: string | null;
}

/** What is placed in the editor of checkout and customer accounts. `page` is the editor's word for it. */
const ACCOUNT_TARGETS = [
  {
    key: 'account_page',
    extension: 'account-club',
    target: 'customer-account.page.render',
    page: 'order-list',
  },
  {
    key: 'account_orders',
    extension: 'account-blocks',
    target: 'customer-account.order-index.block.render',
    page: 'order-list',
  },
  {
    key: 'account_profile',
    extension: 'account-blocks',
    target: 'customer-account.profile.block.render',
    page: 'profile',
  },
  {
    key: 'thank_you',
    extension: 'account-blocks',
    target: 'purchase.thank-you.block.render',
    page: 'thank-you',
  },
  {
    key: 'order_status',
    extension: 'account-blocks',
    target: 'customer-account.order-status.block.render',
    page: 'order-status',
  },
  {
    key: 'reseller_page',
    extension: 'account-reseller',
    target: 'customer-account.page.render',
    page: 'order-list',
  },
  {
    key: 'checkout',
    extension: 'checkout-redeem',
    target: 'purchase.checkout.block.render',
    page: 'checkout',
  },
] as const satisfies readonly Target[];

/** What staff place where they work. No address opens the till; of the admin, the list whose records have the block does. */
const STAFF_TARGETS = [
  { key: 'till', extension: 'pos-club', target: 'pos.home.tile.render', page: null },
  {
    key: 'admin_customer',
    extension: 'admin-customer',
    target: 'admin.customer-details.block.render',
    page: 'customers',
  },
  {
    key: 'admin_order',
    extension: 'admin-order',
    target: 'admin.order-details.block.render',
    page: 'orders',
  },
] as const satisfies readonly Target[];

/** What a place is called by. */
export type PlaceKey =
  ThemeBlock['handle'] | (typeof ACCOUNT_TARGETS)[number]['key'] | (typeof STAFF_TARGETS)[number]['key'];

/** Somewhere the club can be shown. */
export interface Place {
  key: PlaceKey;
  /** The address in the admin that opens its editor; null where staff place it in another app. */
  address: (clientId: string) => string | null;
  isPlaced: (extensions: readonly ExtensionInfo[]) => boolean;
}

/** Places that are set up in the same way. */
export interface PlaceGroup {
  key: 'theme' | 'account' | 'staff';
  places: readonly Place[];
}

/** The extension that holds what belongs together in the editor: extensions/account-collection. */
const COLLECTION = 'account-collection';

/** Every place, in the order in which they help most. */
export const PLACE_GROUPS: readonly PlaceGroup[] = [
  {
    key: 'theme',
    places: THEME_BLOCKS.map((block) => ({
      key: block.handle,
      address: (clientId: string) => themeAddress(clientId, block),
      isPlaced: (extensions: readonly ExtensionInfo[]) => placedBlocks(extensions).has(block.handle),
    })),
  },
  {
    key: 'account',
    places: ACCOUNT_TARGETS.map((each) => ({
      key: each.key,
      address: (clientId: string) =>
        `shopify://admin/settings/checkout/editor?page=${each.page}&context=apps&app=${clientId}&collection=${COLLECTION}`,
      isPlaced: (extensions: readonly ExtensionInfo[]) => isActive(extensions, each),
    })),
  },
  {
    key: 'staff',
    places: STAFF_TARGETS.map((each) => ({
      key: each.key,
      address: () => (each.page === null ? null : `shopify://admin/${each.page}`),
      isPlaced: (extensions: readonly ExtensionInfo[]) => isActive(extensions, each),
    })),
  },
];

/** The address in the admin that opens the theme editor with the block ready to be saved. */
function themeAddress(clientId: string, { handle, template }: ThemeBlock): string {
  const path = 'shopify://admin/themes/current/editor';
  return template === null
    ? `${path}?context=apps&activateAppId=${clientId}/${handle}`
    : `${path}?template=${template}&addAppBlockId=${clientId}/${handle}&target=mainSection`;
}

/** What `shopify.app.extensions()` returns of an extension, as far as it is read. */
export interface ExtensionInfo {
  handle: string;
  type: string;
  activations: readonly object[];
}

/** Returns the handles of the theme's blocks that are placed in the store's theme. */
export function placedBlocks(extensions: readonly ExtensionInfo[]): Set<string> {
  const blocks = extensions
    .filter(({ type }) => type === 'theme_app_extension')
    .flatMap(({ activations }) => activations);
  return new Set(blocks.flatMap((block) => (isPlaced(block) ? [block.handle] : [])));
}

function isPlaced(block: object): block is { handle: string } {
  if (!('handle' in block) || typeof block.handle !== 'string') return false;
  const places: unknown = 'activations' in block ? block.activations : null;
  const isActivated = 'status' in block && block.status === 'active';
  return isActivated && (!Array.isArray(places) || places.length > 0);
}

/** Of a UI extension the targets are listed that are live. */
function isActive(extensions: readonly ExtensionInfo[], { extension, target }: Target): boolean {
  return extensions.some(
    ({ handle, type, activations }) =>
      type === 'ui_extension' &&
      handle === extension &&
      activations.some((each) => 'target' in each && each.target === target),
  );
}

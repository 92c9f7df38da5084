/**
 * The one list of the app's screens: the entries of Shopify's menu and the sections of each. Shopify marks the entry
 * whose address the current one begins with, so every address of an entry is below the entry's own.
 */
export const NAVIGATION = [
  { key: 'home', address: '/app', sections: [] },
  {
    key: 'customers',
    address: '/app/customers',
    sections: [
      { key: 'all', address: '/app/customers', pages: [] },
      { key: 'segments', address: '/app/customers/segments', pages: [] },
      { key: 'tags', address: '/app/customers/tags', pages: [] },
      { key: 'to_complete', address: '/app/customers/to-complete', pages: [] },
      { key: 'import', address: '/app/customers/import', pages: [] },
      { key: 'exports', address: '/app/customers/exports', pages: [] },
    ],
  },
  {
    key: 'loyalty',
    address: '/app/loyalty',
    sections: [
      {
        key: 'earning',
        address: '/app/loyalty/earning',
        pages: [
          { key: 'earning', address: '/app/loyalty/earning' },
          { key: 'programs', address: '/app/loyalty/programs' },
          { key: 'offers', address: '/app/loyalty/offers' },
          { key: 'occasions', address: '/app/loyalty/occasions' },
          { key: 'products', address: '/app/loyalty/products' },
        ],
      },
      { key: 'rewards', address: '/app/loyalty/rewards', pages: [] },
      { key: 'membership', address: '/app/loyalty/membership', pages: [] },
      { key: 'past_orders', address: '/app/loyalty/past-orders', pages: [] },
    ],
  },
  {
    key: 'activity',
    address: '/app/activity',
    sections: [
      { key: 'ledger', address: '/app/activity/ledger', pages: [] },
      { key: 'orders', address: '/app/activity/orders', pages: [] },
      { key: 'reward_requests', address: '/app/activity/reward-requests', pages: [] },
      { key: 'adjust', address: '/app/activity/adjust', pages: [] },
    ],
  },
  {
    key: 'messages',
    address: '/app/messages',
    sections: [
      { key: 'campaigns', address: '/app/messages/campaigns', pages: [] },
      { key: 'planned', address: '/app/messages/planned', pages: [] },
      { key: 'templates', address: '/app/messages/templates', pages: [] },
      { key: 'sms_history', address: '/app/messages/history', pages: [] },
      { key: 'opt_outs', address: '/app/messages/opt-outs', pages: [] },
      { key: 'wallet', address: '/app/messages/wallet', pages: [] },
    ],
  },
  {
    key: 'resellers',
    address: '/app/resellers',
    sections: [
      { key: 'percents', address: '/app/resellers', pages: [] },
      { key: 'categories', address: '/app/resellers/categories', pages: [] },
      { key: 'price_rules', address: '/app/resellers/rules', pages: [] },
      { key: 'price_lists', address: '/app/resellers/price-lists', pages: [] },
      { key: 'applications', address: '/app/resellers/applications', pages: [] },
      { key: 'invitations', address: '/app/resellers/invitations', pages: [] },
      { key: 'members_only', address: '/app/resellers/members-only', pages: [] },
      { key: 'price_check', address: '/app/resellers/price-check', pages: [] },
      { key: 'price_settings', address: '/app/resellers/settings', pages: [] },
    ],
  },
  {
    key: 'reports',
    address: '/app/reports',
    sections: [{ key: 'liability', address: '/app/reports/liability', pages: [] }],
  },
  {
    key: 'settings',
    address: '/app/settings',
    sections: [
      { key: 'club', address: '/app/settings', pages: [] },
      { key: 'checkout', address: '/app/settings/checkout', pages: [] },
      { key: 'refunds', address: '/app/settings/refunds', pages: [] },
      { key: 'groups', address: '/app/settings/groups', pages: [] },
      {
        key: 'messaging',
        address: '/app/settings/messaging',
        pages: [
          { key: 'account', address: '/app/settings/messaging' },
          { key: 'sending', address: '/app/settings/messaging/sending' },
          { key: 'countries', address: '/app/settings/messaging/countries' },
        ],
      },
      { key: 'privacy', address: '/app/settings/privacy', pages: [] },
      { key: 'trial', address: '/app/settings/trial', pages: [] },
      { key: 'health', address: '/app/settings/failed-events', pages: [] },
    ],
  },
] as const;

type Entry = (typeof NAVIGATION)[number];
type Section = Entry['sections'][number];
type NavigationPage = Section['pages'][number];

interface Place {
  entry: Entry;
  section: Section;
  page: NavigationPage | null;
}

/** Finds the section that has this address; null for Home, for pages below a section and for unknown addresses. */
export function findPlace(pathname: string): Place | null {
  const address = withoutTrailingSlash(pathname);
  for (const entry of NAVIGATION)
    for (const section of entry.sections) {
      const page = section.pages.find((each) => each.address === address) ?? null;
      if (page !== null || section.address === address) return { entry, section, page };
    }
  return null;
}

/** Returns the screen that an entry of the menu opens: its own address or its first section. */
export function startOf(address: string): string {
  const entry = NAVIGATION.find((each) => each.address === address);
  return entry?.sections[0]?.address ?? address;
}

const withoutTrailingSlash = (pathname: string): string => pathname.replace(/(?<=.)\/$/, '');

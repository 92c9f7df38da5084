/** Addresses that screens had before the menu had sections: bookmarks and old links keep working. */
import { describe, expect, it } from 'vitest';
import { loader } from '#app/routes/app.$.tsx';
import { adminArgs, thrownBy } from '#test/support/route-requests.ts';

const SHOP = 'moved.myshopify.com';
const FRAME = 'embedded=1&host=abc&locale=id';

/** Every address that a screen or a file had before the move, and where it is now. */
const MOVED: [old: string, now: string][] = [
  ['/app/program', '/app/loyalty/programs'],
  ['/app/programs', '/app/loyalty/programs'],
  ['/app/programs?status=ended', '/app/loyalty/programs?status=ended'],
  ['/app/programs/new?kind=product', '/app/loyalty/programs/new?kind=product'],
  ['/app/programs/12', '/app/loyalty/programs/12'],
  ['/app/programs/12/rewards', '/app/loyalty/rewards?program=12'],
  ['/app/rewards/new?program=12', '/app/loyalty/rewards/new?program=12'],
  ['/app/rewards/7', '/app/loyalty/rewards/7'],
  ['/app/offers', '/app/loyalty/offers'],
  ['/app/offers/new?group=3', '/app/loyalty/offers/new?group=3'],
  ['/app/offers/5', '/app/loyalty/offers/5'],
  ['/app/gifts?after=2026-01-01.1', '/app/loyalty/occasions?after=2026-01-01.1'],
  ['/app/products?q=batik', '/app/loyalty/products?q=batik'],
  ['/app/membership', '/app/loyalty/membership'],
  ['/app/backfill?run=4', '/app/loyalty/past-orders?run=4'],
  ['/app/ledger?reason=birthday', '/app/activity/ledger?reason=birthday'],
  ['/app/ledger/88', '/app/activity/ledger/88'],
  ['/app/orders?tab=unprocessed', '/app/activity/orders?tab=unprocessed'],
  ['/app/orders/1001', '/app/activity/orders/1001'],
  ['/app/claims?state=approved', '/app/activity/reward-requests?state=approved'],
  ['/app/adjust?customer=201', '/app/activity/adjust?customer=201'],
  ['/app/activity/messages?kind=birthday', '/app/messages/planned?kind=birthday'],
  ['/app/tags', '/app/customers/tags'],
  ['/app/completeness?missing=gender', '/app/customers/to-complete?missing=gender'],
  ['/app/events', '/app/settings/failed-events'],
  ['/app/events/9', '/app/settings/failed-events/9'],
  ['/app/privacy', '/app/settings/privacy'],
  ['/app/privacy/export/201', '/app/settings/privacy/export/201'],
  // Entries of the menu that have no screen of their own open their first section.
  ['/app/loyalty', '/app/loyalty/earning'],
  ['/app/activity', '/app/activity/ledger'],
  ['/app/reports', '/app/reports/liability'],
];

const withFrame = (address: string) => `${address}${address.includes('?') ? '&' : '?'}${FRAME}`;

describe('an address that a screen had', () => {
  it.each(MOVED)('%s leads to %s, with its query', (old, now) => {
    const answer = loader(adminArgs(SHOP, withFrame(old)));
    expect([answer.status, answer.headers.get('location')]).toEqual([302, withFrame(now)]);
  });

  it('may end with a slash', () => {
    expect(loader(adminArgs(SHOP, '/app/programs/')).headers.get('location')).toBe('/app/loyalty/programs');
  });

  it.each(['/app/nothing', '/app/programsets', '/app/loyalty/lottery', '/app/customers/1/lottery'])(
    '%s is not found',
    async (address) => {
      const answer = await thrownBy(Promise.resolve().then(() => loader(adminArgs(SHOP, address))));
      expect(answer.status).toBe(404);
    },
  );
});

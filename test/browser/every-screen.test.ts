/** Every screen of the admin, at the width of a desk and of a phone, in every language. */
import fs from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { LOCALES } from '#app/i18n/locales.ts';
import { useAdminScreens } from './admin-screens.ts';
import { openPage, WIDTHS, type WatchedPage } from './pages.ts';

const ROUTES = path.resolve(import.meta.dirname, '../../app/routes');
const [DESK, PHONE] = WIDTHS;
/** Time for what comes after the first paint to move something, where it is asserted that nothing does. */
const SETTLE_MS = 250;
/** Shopify's limit for "Built for Shopify" is 0.1. */
const SHIFT_MAX = 0.02;
/** A scrollbar changes sides, too, or not. */
const MIRROR_TOLERANCE_PX = 20;

/** Where each screen is; `:name` is replaced by an id of the demo's data. */
const SCREENS: Record<string, string> = {
  'app._index': '',
  'app.activity.adjust': '/activity/adjust',
  'app.loyalty.past-orders': '/loyalty/past-orders',
  'app.activity.reward-requests': '/activity/reward-requests',
  'app.customers.to-complete': '/customers/to-complete',
  'app.customers._index': '/customers',
  'app.customers.new': '/customers/new',
  'app.customers.$id_.edit': '/customers/:customer/edit',
  'app.customers.$id._index': '/customers/:customer',
  'app.customers.$id.contacts': '/customers/:customer/contacts',
  'app.customers.$id.orders': '/customers/:customer/orders',
  'app.customers.$id.notes': '/customers/:customer/notes',
  'app.customers.$id.photos': '/customers/:customer/photos',
  'app.customers.$id.points': '/customers/:customer/points',
  'app.customers.$id.products': '/customers/:customer/products',
  'app.settings.failed-events._index': '/settings/failed-events',
  'app.settings.failed-events.$id': '/settings/failed-events/:event',
  'app.loyalty.occasions': '/loyalty/occasions',
  'app.activity.ledger._index': '/activity/ledger',
  'app.activity.ledger.$entryId': '/activity/ledger/:entry',
  'app.loyalty.membership': '/loyalty/membership',
  'app.activity.messages': '/activity/messages',
  'app.loyalty.offers._index': '/loyalty/offers',
  'app.loyalty.offers.new': '/loyalty/offers/new?group=:group',
  'app.loyalty.offers.$id': '/loyalty/offers/:offer',
  'app.activity.orders._index': '/activity/orders',
  'app.activity.orders.$id': '/activity/orders/:order',
  'app.settings.privacy._index': '/settings/privacy',
  'app.loyalty.products': '/loyalty/products',
  'app.loyalty.programs._index': '/loyalty/programs',
  'app.loyalty.programs.$id': '/loyalty/programs/:program',
  'app.loyalty.programs.new': '/loyalty/programs/new?kind=product',
  'app.loyalty.rewards._index': '/loyalty/rewards',
  'app.resellers._index': '/resellers',
  'app.resellers.categories._index': '/resellers/categories',
  'app.resellers.categories.$id': '/resellers/categories/:category',
  'app.resellers.price-lists._index': '/resellers/price-lists',
  'app.resellers.price-check': '/resellers/price-check?customer=:customer&items=:items',
  'app.resellers.settings': '/resellers/settings',
  'app.reports.liability._index': '/reports/liability',
  'app.loyalty.rewards.$id': '/loyalty/rewards/:reward',
  'app.loyalty.rewards.new': '/loyalty/rewards/new?program=:program',
  'app.settings._index': '/settings',
  'app.settings.messaging': '/settings/messaging',
  'app.messages.campaigns._index': '/messages/campaigns',
  'app.messages.campaigns.new': '/messages/campaigns/new',
  'app.messages.campaigns.$id': '/messages/campaigns/:campaign',
  'app.messages.campaigns.$id_.edit': '/messages/campaigns/:campaign/edit',
  'app.messages.templates._index': '/messages/templates',
  'app.messages.templates.$id': '/messages/templates/:template',
  'app.settings.messaging_.sending': '/settings/messaging/sending',
  'app.settings.messaging_.countries': '/settings/messaging/countries',
  'app.messages.history': '/messages/history',
  'app.messages.wallet': '/messages/wallet',
  'app.messages.opt-outs': '/messages/opt-outs',
  'app.customers.tags': '/customers/tags',
  'app.customers.exports._index': '/customers/exports',
  'app.customers.import._index': '/customers/import',
  'app.customers.import.$id': '/customers/import/:import',
  'app.customers.segments._index': '/customers/segments',
  'app.customers.segments.rfm': '/customers/segments/rfm',
  'app.customers.segments.compare': '/customers/segments/compare?a=segment::segment&b=segment::segment',
  'app.customers.segments.snapshots': '/customers/segments/snapshots',
  'app.customers.segments.shopify': '/customers/segments/shopify',
  'app.customers.segments.$id': '/customers/segments/:segment',
  'app.customers.segments.$id_.edit': '/customers/segments/:segment/edit',
  'app.customers.segments.$id_.moves': '/customers/segments/:segment/moves',
};

/** Some of what a shop has after a while; the rest comes with the demo's orders. */
const DATA = `
  WITH shop AS (SELECT shop_id FROM shops WHERE shop_id = $1),
  offer_group AS (INSERT INTO offer_groups (shop_id, name) SELECT shop_id, 'Ramadan' FROM shop RETURNING shop_id, group_id),
  offer AS (INSERT INTO offers (shop_id, group_id, name, unit, minimum_minor, percent_bp)
    SELECT shop_id, group_id, '2 %', 'CREDIT', 500000000, 200 FROM offer_group RETURNING offer_id, group_id),
  reward AS (INSERT INTO rewards (shop_id, program_id, name, kind, unit, units, percent_bp)
    SELECT shop_id, program_id, '5 %', 'percent', 'POINTS', 100, 500 FROM programs WHERE shop_id IN (SELECT shop_id FROM shop)
    LIMIT 1 RETURNING reward_id, program_id),
  event AS (INSERT INTO webhook_events (shop_id, webhook_id, topic, headers, body, state, last_error)
    SELECT shop_id, 'every-screen', 'orders/paid', '{}', '{}', 'dead', 'order.currency: expected a currency code' FROM shop RETURNING inbox_id),
  segment AS (INSERT INTO segments (shop_id, name, rule, created_by, updated_by)
    SELECT shop_id, 'Members', '{"kind": "condition", "code": "member", "values": {"op": "yes"}}', 'staff:1', 'staff:1' FROM shop
    RETURNING shop_id, segment_id),
  files AS (INSERT INTO exports (shop_id, kind, format, columns, scope, scope_name, locale, actor, state, rows, total, file_bytes, failure,
      leased_until, expires_at)
    SELECT shop_id, kind, format, '{phone}', scope, 'Members', 'en', 'staff:1', state, rows, total, bytes, failure, 'infinity', ledger_now() + ahead
    FROM shop, (VALUES ('customers', 'xlsx', 'segment', 'ready', 12345, 12345, 1234567, NULL, interval '7 days'),
      ('customers', 'csv', 'all', 'writing', 40000, 100000, NULL, NULL, NULL), ('orders', 'xlsx', 'search', 'failed', 0, NULL, NULL, 'gave_up', NULL),
      ('ledger', 'csv', 'all', 'expired', 900, 900, 54000, 'erased', interval '-1 day'))
      AS given (kind, format, scope, state, rows, total, bytes, failure, ahead)),
  pushed AS (INSERT INTO segment_pushes (shop_id, segment_id, started_by, written_name, written_query, written_at, checked_at, version, trouble)
    SELECT shop_id, segment_id, 'staff:1', 'Members', 'number_of_orders > 1', ledger_now(), ledger_now() + interval '1 hour', 1, 'not_expressible'
    FROM segment),
  import AS (INSERT INTO imports (shop_id, state, file_name, file_bytes, file_sha256, actor, source, mapping, proposal)
    SELECT shop_id, 'checked', 'pelanggan-toko-2026.xlsx', 2048, '', 'staff:1',
      '{"sheet": "Data", "headingRow": 1, "isFrom1904": false, "dialect": null, "templateVersion": null,
        "headings": {"A": "Nama", "B": "No HP", "C": "Kota", "D": "Warna favorit"}}',
      '{"A": "fullName", "B": "phone", "C": "city"}',
      '{"columns": [{"column": "A", "heading": "Nama", "field": "fullName", "isDoubtful": false},
         {"column": "B", "heading": "No HP", "field": "phone", "isDoubtful": true},
         {"column": "C", "heading": "Kota", "field": "city", "isDoubtful": false},
         {"column": "D", "heading": "Warna favorit", "field": null, "isDoubtful": false}],
        "sample": [{"row": 2, "cells": {"A": "Siti Rahmawati", "B": "0812 3456 7890", "C": "Kota Bandung", "D": "hijau"}}],
        "notes": [{"code": "hidden_rows", "detail": "3"}]}' FROM shop RETURNING shop_id, import_id),
  import_row AS (INSERT INTO import_rows (shop_id, import_id, row_number, raw, values, remarks, verdict)
    SELECT shop_id, import_id, 3, '{"A": "Budi", "B": "12"}', '{"fullName": "Budi"}',
      '{"problems": [{"column": "B", "field": "phone", "code": "not_a_phone", "written": "12"}], "suggestions": []}', 'wrong' FROM import),
  stopped AS (INSERT INTO suppressions (shop_id, channel, address_hash, address, source, message_sid, needs_review, since)
    SELECT shop_id, 'sms', source, '+62812345678' || n, source, 'SM' || n, source = 'free_text', ledger_now() - n * interval '1 hour' FROM shop,
      (VALUES ('keyword', 10), ('free_text', 11), ('provider', 12), ('staff', 13)) AS s (source, n) RETURNING shop_id),
  texts AS (INSERT INTO inbound_messages (shop_id, message_sid, channel_id, from_address, to_address, text, intent, processed_at)
    SELECT shop_id, 'SM11', 1, '+6281234567811', '+14155550172', 'jangan kirim sms lagi ya, saya tidak mau', 'review', ledger_now() FROM shop RETURNING shop_id),
  template AS (INSERT INTO message_templates (shop_id, name, created_by) SELECT shop_id, 'Ramadan', 'staff:1' FROM shop RETURNING shop_id, template_id),
  template_text AS (INSERT INTO message_template_texts (shop_id, template_id, version, language, text, changed_by)
    SELECT shop_id, template_id, version, language, text, 'staff:1' FROM template, (VALUES (1, 'id', 'Halo {{first_name|kak}}, diskon 20% hari ini!'),
      (2, 'th', 'สวัสดีคุณ {{first_name|ลูกค้า}} ลด 20% วันนี้')) AS v (version, language, text)),
  campaign AS (INSERT INTO campaigns (shop_id, name, audience, language, text, texts, template_id, state, freeze_total, freeze_done, frozen_at, quoted_micros, created_by)
    SELECT shop_id, 'Ramadan', '{"kind": "all", "filter": ""}', 'id', 'Halo {{first_name|kak}}, diskon 20% hari ini!', '{"en": "Hello {{first_name|friend}}, 20% off today!"}',
      template_id, 'ready', 26, 26, ledger_now(), 135000, 'staff:1' FROM template RETURNING campaign_id),
  planned AS (INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, to_address, country, body, parts, price_micros, state, reason, actor)
    SELECT shop_id, 'planned:' || n, campaign_id, customer_id, 1, '+62812345679' || n, country, 'Halo Siti, diskon 20% hari ini!' || chr(10) || 'Berhenti: https://setia.example/u/1-ABCDEFGHJK',
        1, 45000, state, reason, 'staff:1'
      FROM shop, campaign, (SELECT min(customer_id) AS customer_id FROM customers WHERE shop_id = $1) c,
      (VALUES ('planned', 1, 'ID', NULL), ('planned', 2, 'ID', NULL), ('planned', 3, 'US', NULL), ('excluded', 4, 'ID', 'no_consent'), ('excluded', 5, 'IR', 'country_closed')) AS s (state, n, country, reason)),
  message AS (INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, to_address, body, state, error_code, actor)
    SELECT shop_id, 'key:' || n, campaign_id, customer_id, 1, '+62812345678' || n, 'Halo Siti, diskon 20% hari ini!', state, code, 'staff:1'
      FROM shop, campaign, (SELECT min(customer_id) AS customer_id FROM customers WHERE shop_id = $1) c,
      (VALUES ('delivered', 20, NULL::int), ('undelivered', 21, 30003), ('queued', 22, NULL)) AS s (state, n, code) RETURNING message_id),
  wallet AS (INSERT INTO wallets (shop_id, currency, balance_micros) SELECT shop_id, 'USD', 24100000 FROM shop RETURNING shop_id),
  paid AS (INSERT INTO topups (shop_id, charge_gid, state, amount_minor, currency, is_test, confirmation_url, actor)
    SELECT shop_id, 'gid://shopify/AppPurchaseOneTime/1', 'active', 2500, 'USD', true, 'https://example.com', 'staff:1' FROM shop RETURNING shop_id),
  moved AS (INSERT INTO wallet_entries (shop_id, entry_key, kind, amount_micros, balance_after_micros, messages)
    SELECT shop_id, k, kind, amount, balance, messages FROM shop, (VALUES ('topup:gid://shopify/AppPurchaseOneTime/1', 'topup', 25000000::bigint, 25000000::bigint, NULL::int),
      ('charge:1', 'charge', -900000, 24100000, 20)) AS e (k, kind, amount, balance, messages) RETURNING shop_id),
  pack AS (INSERT INTO message_packages (currency, price_micros, credit_micros, from_day)
    VALUES ('USD', 20000000, 23000000, '2026-01-01') RETURNING package_id),
  price AS (INSERT INTO message_prices (country, channel, from_day, currency, price_micros)
    VALUES ('ID', 'sms', '2026-01-01', 'USD', 45000), ('US', 'sms', '2026-01-01', 'USD', 7900) RETURNING country),
  reseller AS (UPDATE categories SET discount_bp = 1000, breaks = '[{"quantity": 10, "bp": 1200}]', label = 'Reseller price', color = 'success'
    WHERE shop_id IN (SELECT shop_id FROM shop) AND key = 'reseller' RETURNING shop_id, category_id),
  bought AS (SELECT min(variant_id) AS variant_id, min(product_id) AS product_id FROM order_lines JOIN shop USING (shop_id)),
  listed AS (INSERT INTO listed_variants (shop_id, variant_id, product_id, title, sku, price_minor, cost_minor)
    SELECT shop_id, variant_id, product_id, 'Kopi Gayo – 250 g', 'KOPI-GAYO-250', 8500000, 6000000 FROM shop, bought RETURNING variant_id),
  list AS (INSERT INTO list_prices (shop_id, category_id, variant_id, quantity, price_minor)
    SELECT shop_id, category_id, variant_id, n, price FROM reseller, bought, (VALUES (1, 7900000), (24, 5900000)) AS p (n, price) RETURNING shop_id),
  percents AS (UPDATE customers c SET category_id = r.category_id, person_discount_bp = 1500, person_discount_from = '2026-01-01',
      person_discount_until = (ledger_now() + n * interval '9 days')::date, person_discount_note = 'Toko di Pasar Baru'
    FROM reseller r, (SELECT customer_id, row_number() OVER (ORDER BY customer_id) - 2 AS n FROM customers JOIN shop USING (shop_id) WHERE state = 'active') k
    WHERE c.shop_id = r.shop_id AND c.customer_id = k.customer_id AND k.n < 4 RETURNING c.customer_id),
  priced AS (INSERT INTO price_settings (shop_id, is_on, combination, trouble, refused_with) SELECT shop_id, true, 'lowest', 'overlaps', 'Active period overlaps'
    FROM shop RETURNING shop_id),
  days AS (INSERT INTO segment_counts (shop_id, segment_id, day, customers)
    SELECT shop_id, segment_id, ledger_now()::date - ago, 20 - ago FROM segment, generate_series(0, 8) ago)
  SELECT segment.segment_id::text AS segment, campaign.campaign_id::text AS campaign, template.template_id::text AS template, offer.offer_id::text AS offer, offer.group_id::text AS "group", reward.reward_id::text AS reward,
    reward.program_id::text AS program, event.inbox_id::text AS event, reseller.category_id::text AS category, 'v' || bought.variant_id || 'x12' AS items, import.import_id::text AS import,
    (SELECT customer_id::text FROM customers JOIN shop USING (shop_id) WHERE first_name = 'Siti') AS customer,
    (SELECT min(order_id)::text FROM orders JOIN shop USING (shop_id)) AS "order",
    (SELECT min(entry_id)::text FROM ledger_entries JOIN shop USING (shop_id)) AS entry
  FROM offer, reward, event, segment, import, campaign, template, reseller, bought`;

const screens = useAdminScreens();
let ids: Record<string, string>;

beforeAll(async () => {
  [ids] = (await screens.query<Record<string, string>>(DATA)) as [Record<string, string>];
});

/** What is around tabs is seen with each of them. */
const isScreen = (source: string) => source.includes('export default') && !source.includes('<Outlet');

test('no screen is forgotten here', () => {
  const known = fs
    .readdirSync(ROUTES)
    .filter((file) => /^app\..+\.tsx$/.test(file))
    .filter((file) => isScreen(fs.readFileSync(path.join(ROUTES, file), 'utf8')))
    .map((file) => file.replace(/\.tsx$/, ''));
  expect(known.sort()).toEqual(Object.keys(SCREENS).sort());
});

interface Opened {
  watched: WatchedPage;
  frame: FrameLocator;
  locale: string;
}

/** Reloads a screen in Shopify's admin. */
async function load({ watched, frame, locale }: Opened, where: string): Promise<void> {
  const separator = where.includes('?') ? '&' : '?';
  await watched.page.goto(
    `${screens.app.sandboxUrl}/admin/${screens.shop}/apps/setia/app${where}${separator}locale=${locale}`,
  );
  await frame.getByRole('heading', { level: 1 }).waitFor();
}

/** Goes to a screen as a click in Shopify's sidebar does: the app stays loaded. */
async function go({ frame }: Opened, where: string): Promise<void> {
  await frame.locator('body').evaluate(async (body, href) => {
    const link = Object.assign(document.createElement('a'), { href });
    body.append(link);
    link.dispatchEvent(new Event('shopify:navigate', { bubbles: true }));
    link.remove();
    while (location.pathname + location.search !== href)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }, `/app${where}`);
  await frame.getByRole('heading', { level: 1 }).waitFor();
}

/** What is not as it should be of each screen. */
async function look(
  opened: Opened,
  open: (opened: Opened, where: string) => Promise<void>,
): Promise<unknown[]> {
  const { watched, frame, locale } = opened;
  const wrong: unknown[] = [];
  for (const [name, pattern] of Object.entries(SCREENS)) {
    await watched.page.setViewportSize(DESK);
    await open(
      opened,
      pattern.replaceAll(/:(\w+)/g, (_all, key: string) => ids[key] ?? 'missing'),
    );
    const desk = await inspect(frame, open === load ? SETTLE_MS : 0);
    await picture(watched.page, `${locale}-desk-${name}`);
    await watched.page.setViewportSize(PHONE);
    const phone = await inspect(frame, 0);
    await picture(watched.page, `${locale}-phone-${name}`);
    // Once is enough: what goes to the other side is the same in every language.
    const mirrored =
      open === go ? await mirror(frame, () => picture(watched.page, `${locale}-mirrored-${name}`)) : UNTURNED;
    const isMoved = open === load && desk.shift > SHIFT_MAX;
    const overflow = desk.overflow + phone.overflow + mirrored.overflow;
    const isWrong =
      desk.language !== locale ||
      overflow > 0 ||
      isMoved ||
      desk.keys.length > 0 ||
      mirrored.stuck.length > 0;
    if (isWrong) wrong.push({ name, ...desk, phoneOverflow: phone.overflow, mirrored });
  }
  return wrong;
}

/** The first language reloads every screen, the others navigate between them, which takes less than half the time. */
test.concurrent.each(LOCALES.map((locale, index) => ({ locale, open: index === 0 ? load : go })))(
  'all are whole in $locale: nothing moves, overflows, stays untranslated or complains',
  async ({ locale, open }) => {
    const watched = await openPage(screens.browser, DESK);
    const opened = { watched, frame: watched.page.frameLocator('iframe.app-frame'), locale };
    await load(opened, '/customers');
    expect(await look(opened, open)).toEqual([]);
    expect(watched.problems).toEqual([]);
    await watched.context.close();
  },
);

/** `SHOTS=<folder>` before the command keeps pictures to look at. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

const UNTURNED = { overflow: 0, stuck: [] };

/**
 * The screen with its direction switched, as Persian is read: what still spreads over the edge, and headings that did not
 * go to the other side. `look` sees it while it is so.
 */
async function mirror(frame: FrameLocator, look: () => Promise<void>) {
  const html = frame.locator('html');
  const sides = () =>
    html.evaluate((root: HTMLElement) => ({
      overflow: Math.max(0, root.scrollWidth - innerWidth),
      headings: Array.from(root.querySelectorAll('h1, h2'), (heading) => {
        const range = document.createRange();
        range.selectNodeContents(heading);
        const { left, right } = range.getBoundingClientRect();
        return { text: heading.textContent, start: left, end: innerWidth - right };
      }),
    }));
  const before = await sides();
  await html.evaluate((root: HTMLElement) => (root.dir = 'rtl'));
  const after = await sides();
  await look();
  await html.evaluate((root: HTMLElement) => (root.dir = 'ltr'));
  const stuck = before.headings.filter(({ text, start }, index) => {
    const turned = after.headings[index];
    return turned?.text === text && Math.abs(turned.end - start) > MIRROR_TOLERANCE_PX;
  });
  return { overflow: after.overflow, stuck };
}

/** What a person would see at a glance of the screen as it stands after so long, at least when it is drawn. */
function inspect(frame: FrameLocator, settleMs: number) {
  return frame.locator('html').evaluate(async (html: HTMLElement, waitMs) => {
    // Chrome also notes layouts before the first paint, while the style sheet is on its way: nobody sees those.
    const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    const shifts: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (entry.startTime >= painted) shifts.push((entry as unknown as { value: number }).value);
    });
    observer.observe({ type: 'layout-shift', buffered: true });
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    // The second frame shows what the first one's change of size made React draw.
    for (const _frame of ['first', 'second']) await new Promise(requestAnimationFrame);
    observer.disconnect();
    return {
      language: html.lang,
      overflow: Math.max(0, html.scrollWidth - innerWidth),
      shift: shifts.reduce((sum, value) => sum + value, 0),
      // Texts that are keys: what is shown when a catalogue lacks one.
      keys: (html.innerText.match(/\b[a-z]+(?:\.[a-z_]+){1,4}\b/g) ?? []).filter((key) => key.includes('_')),
    };
  }, settleMs);
}

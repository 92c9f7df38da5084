/** Every screen of the admin, at the width of a desk and of a phone, in every language. */
import fs from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { LOCALES } from '#app/i18n/locales.ts';
import { useAdminScreens } from './admin-screens.ts';
import { openPage, WIDTHS, type WatchedPage } from './pages.ts';
import { mirror, readPhoneFaults, readViolations, UNTURNED, useAxe } from './screen-quality.ts';

const ROUTES = path.resolve(import.meta.dirname, '../../app/routes');
const [DESK, PHONE] = WIDTHS;
/** Time for what comes after the first paint to move something, where it is asserted that nothing does. */
const SETTLE_MS = 250;
/** Shopify's limit for "Built for Shopify" is 0.1. */
const SHIFT_MAX = 0.02;
/** Where people write such words themselves: Shopify's segment queries, and variables of texts. */
const SHOWS_CODE = /\.(?:segments|templates|campaigns)\b/;

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
  'app.loyalty.earning._index': '/loyalty/earning',
  'app.loyalty.occasions': '/loyalty/occasions',
  'app.activity.ledger._index': '/activity/ledger',
  'app.activity.ledger.$entryId': '/activity/ledger/:entry',
  'app.loyalty.membership': '/loyalty/membership',
  'app.messages.planned': '/messages/planned',
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
  'app.resellers.rules._index': '/resellers/rules',
  'app.resellers.rules.$id': '/resellers/rules/:moveRule',
  'app.resellers.price-lists._index': '/resellers/price-lists',
  'app.resellers.price-check': '/resellers/price-check?customer=:customer&items=:items',
  'app.resellers.settings': '/resellers/settings',
  'app.resellers.applications._index': '/resellers/applications',
  'app.resellers.applications.$id': '/resellers/applications/:application',
  'app.resellers.applications.settings': '/resellers/applications/settings',
  'app.resellers.invitations': '/resellers/invitations',
  'app.resellers.members-only': '/resellers/members-only',
  'app.reports.liability._index': '/reports/liability',
  'app.loyalty.rewards.$id': '/loyalty/rewards/:reward',
  'app.loyalty.rewards.new': '/loyalty/rewards/new?program=:program',
  'app.settings._index': '/settings',
  'app.settings.checkout': '/settings/checkout',
  'app.settings.refunds': '/settings/refunds',
  'app.settings.groups': '/settings/groups',
  'app.settings.trial': '/settings/trial',
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
    SELECT shop_id, 'every-screen', 'orders/paid', '{}', '{}', 'dead', 'malformed_payload: order: order.currency: expected a currency code' FROM shop RETURNING inbox_id),
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
  priced AS (INSERT INTO price_settings (shop_id, is_on, combination, trouble, refused_with, counted_to) SELECT shop_id, true, 'lowest', 'overlaps', 'Active period overlaps', NULL
    FROM shop RETURNING shop_id),
  answered AS (INSERT INTO mails (shop_id, mail_key, kind, recipient, subject, body, state, problem, server_said)
    SELECT shop_id, state, 'application', 'dewi.lestari@example.com', 'Pengajuan Anda', 'Halo Dewi,' || chr(10) || chr(10) || 'terima kasih sudah mengajukan diri.', state, problem, said
    FROM shop, (VALUES ('sent', NULL, NULL), ('failed', 'recipient', '550 No such mailbox'), ('unknown', NULL, NULL), ('unsent', NULL, NULL)) AS m (state, problem, said) RETURNING shop_id, mail_id, state),
  form AS (INSERT INTO application_settings (shop_id, is_open, intro, fields, question) SELECT shop_id, true, 'Jual batik kami.', '{"phone": "required", "id_card": "optional", "question": "optional"}',
    'Di mana Anda berjualan?' FROM shop RETURNING shop_id),
  applied AS (INSERT INTO reseller_applications (shop_id, form_key, state, name, email, phone, answers, locale, mail_id, reason, decided_by, decided_at)
    SELECT shop_id, gen_random_uuid(), CASE WHEN state = 'failed' THEN 'refused' ELSE 'waiting' END, 'Dewi Lestari ' || state, state || '.dewi.lestari@example.com', '+6281234567890',
      '{"business": "Toko Batik Dewi Lestari", "city": "Pekalongan", "question": "Di pasar dan di Instagram, sejak lima tahun yang lalu.", "website": "https://instagram.com/tokobatikdewilestari-pekalongan-asli"}', 'id',
      CASE WHEN state = 'failed' THEN mail_id END, CASE WHEN state = 'failed' THEN 'Wilayah Anda sudah ada agennya.' END, CASE WHEN state = 'failed' THEN 'staff:1' END, CASE WHEN state = 'failed' THEN ledger_now() END
    FROM answered RETURNING application_id, state),
  invited AS (INSERT INTO invitations (shop_id, customer_id, code, mail_id, invited_by, seen_at)
    SELECT a.shop_id, k.customer_id, 'code' || k.n, a.mail_id, 'staff:1', CASE WHEN k.n > 1 THEN ledger_now() END
    FROM (SELECT *, row_number() OVER (ORDER BY state) AS n FROM answered) a
      JOIN (SELECT customer_id, row_number() OVER (ORDER BY customer_id) AS n FROM customers JOIN shop USING (shop_id) WHERE state = 'active') k USING (n) RETURNING customer_id),
  locking AS (INSERT INTO access_settings (shop_id, is_on, trouble, published_at) SELECT shop_id, true, 'off_at_shopify', ledger_now() FROM shop RETURNING shop_id),
  locked AS (INSERT INTO access_rules (shop_id, kind, target_id, title, category_ids, position)
    SELECT shop_id, kind, id, title, ARRAY[category_id], n FROM reseller, (VALUES ('product', 11, 'Batik Tulis Parang Rusak Asli Pekalongan', 1), ('collection', 12, 'Koleksi Lebaran', 2)) AS r (kind, id, title, n) RETURNING shop_id),
  got_through AS (INSERT INTO access_findings (shop_id, order_id, product_id, customer_id)
    SELECT shop_id, order_id, min(product_id), min(customer_id) FROM order_lines JOIN shop USING (shop_id) WHERE product_id IS NOT NULL GROUP BY 1, 2 ORDER BY 2 LIMIT 3 RETURNING shop_id),
  move_rule AS (INSERT INTO category_rules (shop_id, from_id, to_id, measure, threshold, days, goes_back)
    SELECT r.shop_id, r.category_id, a.category_id, 'spend', 1000000000, 90, true FROM reseller r JOIN categories a ON a.shop_id = r.shop_id AND a.key = 'agent'
    RETURNING shop_id, rule_id, from_id, to_id),
  moves AS (INSERT INTO category_moves (shop_id, customer_id, rule_id, from_id, to_id, measured, day, is_back, undone_at, undone_by)
    SELECT m.shop_id, n, m.rule_id, m.from_id, m.to_id, 1200000000, (ledger_now() - n * interval '1 day')::date, n = 3,
      CASE WHEN n = 2 THEN ledger_now() END, CASE WHEN n = 2 THEN 'staff:1' END FROM move_rule m, generate_series(1, 3) n),
  sales AS (INSERT INTO category_sales (shop_id, category_id, month, orders, sales_minor, discount_minor)
    SELECT shop_id, category_id, date_trunc('month', ledger_now() - n * interval '1 month')::date, 12 - n, 1234567800 / (n + 1), 123456700 / (n + 1)
    FROM reseller, generate_series(0, 4) n),
  order_price AS (INSERT INTO order_prices (shop_id, order_id, category_id, prices)
    SELECT r.shop_id, o.order_id, r.category_id, '[{"at": 0, "rule": "own", "key": "reseller", "title": "Reseller price", "bp": 1500, "off": "4500000", "back": "1500000"},
      {"at": 1, "rule": "list", "key": "reseller", "title": "Reseller price", "bp": null, "off": "1200000", "back": "0"}]'
    FROM reseller r, (SELECT min(order_id) AS order_id FROM orders JOIN shop USING (shop_id)) o),
  days AS (INSERT INTO segment_counts (shop_id, segment_id, day, customers)
    SELECT shop_id, segment_id, ledger_now()::date - ago, 20 - ago FROM segment, generate_series(0, 8) ago)
  SELECT segment.segment_id::text AS segment, campaign.campaign_id::text AS campaign, template.template_id::text AS template, offer.offer_id::text AS offer, offer.group_id::text AS "group", reward.reward_id::text AS reward,
    reward.program_id::text AS program, event.inbox_id::text AS event, reseller.category_id::text AS category, move_rule.rule_id::text AS "moveRule", 'v' || bought.variant_id || 'x12' AS items, import.import_id::text AS import,
    (SELECT application_id::text FROM applied WHERE state = 'refused') AS application,
    (SELECT customer_id::text FROM customers JOIN shop USING (shop_id) WHERE first_name = 'Siti') AS customer,
    (SELECT min(order_id)::text FROM orders JOIN shop USING (shop_id)) AS "order",
    (SELECT min(entry_id)::text FROM ledger_entries JOIN shop USING (shop_id)) AS entry
  FROM offer, reward, event, segment, import, campaign, template, reseller, bought, move_rule`;

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
    // A list that scrolls sideways hides its last column behind the row's menu.
    const { scrolls: deskScrolls } = await readPhoneFaults(frame);
    // Once is enough here, too, and in the language with the longest words.
    const violations = open === go ? await readViolations(frame) : [];
    await picture(watched.page, `${locale}-desk-${name}`);
    await watched.page.setViewportSize(PHONE);
    const phone = await inspect(frame, 0);
    const { scrolls, broken, cramped } = await readPhoneFaults(frame);
    await picture(watched.page, `${locale}-phone-${name}`);
    // Once is enough: what goes to the other side is the same in every language.
    const mirrored =
      open === go ? await mirror(frame, () => picture(watched.page, `${locale}-mirrored-${name}`)) : UNTURNED;
    const isMoved = open === load && desk.shift > SHIFT_MAX;
    const codes = SHOWS_CODE.test(name) ? [] : desk.codes;
    const overflow = desk.overflow + phone.overflow + mirrored.overflow;
    const isWrong =
      desk.language !== locale ||
      overflow > 0 ||
      isMoved ||
      desk.keys.length > 0 ||
      codes.length > 0 ||
      violations.length > 0 ||
      deskScrolls.length > 0 ||
      scrolls.length > 0 ||
      broken.length > 0 ||
      cramped.length > 0 ||
      mirrored.stuck.length > 0;
    if (isWrong)
      wrong.push({
        name,
        ...desk,
        codes,
        violations,
        phoneOverflow: phone.overflow,
        deskScrolls,
        scrolls,
        broken,
        cramped,
        mirrored,
      });
  }
  return wrong;
}

/** The first language reloads every screen, the others navigate between them, which takes less than half the time. */
test.concurrent.each(LOCALES.map((locale, index) => ({ locale, open: index === 0 ? load : go })))(
  'all are whole in $locale: nothing moves, overflows, stays untranslated or complains',
  async ({ locale, open }) => {
    const watched = await openPage(screens.browser, DESK);
    await useAxe(watched.page);
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
    // Codes and topics that were meant for the log: words with an underscore or a slash, as no language writes them.
    const texts = document.createTreeWalker(html, NodeFilter.SHOW_TEXT);
    const codes: string[] = [];
    while (texts.nextNode()) {
      const { parentElement: parent, textContent } = texts.currentNode;
      if (!parent?.checkVisibility() || parent.closest('pre, code, textarea, script, style')) continue;
      const found = textContent?.match(
        /\b[a-z]+(?:_[a-z]+)+\b|\b(?:orders|customers|products|refunds|app)\/[a-z_]+\b/g,
      );
      codes.push(...(found ?? []));
    }
    return {
      codes,
      language: html.lang,
      overflow: Math.max(0, html.scrollWidth - innerWidth),
      shift: shifts.reduce((sum, value) => sum + value, 0),
      // Texts that are keys: what is shown when a catalogue lacks one.
      keys: (html.innerText.match(/\b[a-z]+(?:\.[a-z_]+){1,4}\b/g) ?? []).filter((key) => key.includes('_')),
    };
  }, settleMs);
}

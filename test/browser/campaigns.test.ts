/**
 * A campaign as a merchant makes it: customers of a segment are selected, the text is written, the price read, a test and the
 * campaign sent through the sandbox's Twilio, and its results read. `SHOTS=<folder>` before the command keeps pictures.
 */
import path from 'node:path';
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';
import { WIDTHS } from './pages.ts';

const screens = useAdminScreens();
const [DESK, PHONE] = WIDTHS;
const dialog = () => screens.screen.getByRole('dialog');

/** A country where it is day now, whenever the test runs: there nothing waits for the morning. */
function openCountry(): { country: string; number: (n: number) => string } {
  const hour = new Date().getUTCHours();
  if (hour >= 8 && hour < 19) return { country: 'GB', number: (n) => `+4479110000${10 + n}` };
  if (hour === 19) return { country: 'BR', number: (n) => `+55119810000${10 + n}` };
  if (hour >= 20 || hour < 6) return { country: 'NZ', number: (n) => `+642110000${10 + n}` };
  return { country: 'IN', number: (n) => `+9198100000${10 + n}` };
}

/** Pictures of the whole screen, at both widths. */
async function pictures(name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (!folder) return;
  for (const size of WIDTHS) {
    const height = await screens.screen.locator('html').evaluate((root) => root.scrollHeight);
    await screens.resize({ width: size.width, height: Math.min(Math.max(height + 120, size.height), 6_000) });
    await screens.page.waitForTimeout(300);
    await screens.page.screenshot({ path: path.join(folder, `${name}-${size.name}.png`) });
  }
  await screens.resize(DESK);
}

/** The worker looks at once instead of within the minute. */
const wake = (task: string) =>
  screens.query(`SELECT graphile_worker.add_job('${task}') WHERE $1::text IS NOT NULL`);

async function overflow(): Promise<number> {
  return screens.screen.locator('html').evaluate((root) => Math.max(0, root.scrollWidth - innerWidth));
}

test('from a segment to the price, a test, the sending and the results', async () => {
  const { country, number } = openCountry();
  await screens.query(
    `WITH price AS (INSERT INTO message_prices (country, channel, from_day, currency, price_micros)
       VALUES ($2, 'sms', '2020-01-01', 'USD', 45000) ON CONFLICT DO NOTHING),
     wallet AS (INSERT INTO wallets (shop_id, currency, balance_micros) VALUES ($1, 'USD', 25000000)),
     entry AS (INSERT INTO wallet_entries (shop_id, entry_key, kind, amount_micros, balance_after_micros) VALUES ($1, 'topup:1', 'topup', 25000000, 25000000)),
     category AS (INSERT INTO categories (shop_id, key, name) VALUES ($1, 'journey', 'Journey') RETURNING category_id),
     segment AS (INSERT INTO segments (shop_id, name, rule, created_by, updated_by)
       SELECT $1, 'Journey', json_build_object('kind', 'condition', 'code', 'category', 'values',
         json_build_object('op', 'anyOf', 'list', json_build_array(category_id::text))), 'staff:1', 'staff:1' FROM category)
     INSERT INTO customers (shop_id, customer_id, first_name, last_name, phone, sms_consent, category_id, locale)
     SELECT $1, 990000 + n, CASE n WHEN 1 THEN 'Zoë' ELSE 'Ana' END, 'Journey', phone, CASE n WHEN 6 THEN NULL ELSE 'subscribed' END, category_id,
       CASE n WHEN 2 THEN 'id' ELSE 'en' END FROM category, unnest($3::text[]) WITH ORDINALITY AS p (phone, n)`,
    [country, Array.from({ length: 6 }, (_, n) => number(n))],
  );
  await screens.open('/settings/messaging');
  await screens.field('Setia’s account').check({ force: true });
  await screens.field('Sender name').fill('Journey');
  await screens.save();
  await screens.screen.getByText('Connected', { exact: true }).waitFor();
  await screens.query('UPDATE senders SET per_second = 100 WHERE shop_id = $1');

  const [segment] = await screens.query<{ id: string }>(
    `SELECT segment_id::text AS id FROM segments WHERE shop_id = $1 AND name = 'Journey'`,
  );
  await screens.open(`/customers/segments/${segment!.id}`);
  await screens.screen.getByRole('row').nth(1).waitFor();
  for (let row = 1; row <= 6; row++)
    await screens.screen
      .getByRole('row')
      .nth(row)
      .click({ position: { x: 20, y: 20 } });
  await screens.screen.getByRole('button', { name: 'Send SMS' }).last().click();
  await screens.screen.getByRole('heading', { level: 1, name: 'Edit campaign' }).waitFor();

  await screens.field('Name').fill('Journey sale');
  await screens.field('Text (English)').fill('Hi {{first_name|friend}} – today “20% off” at {{club}}…');
  await screens.screen.getByText('With plain characters this text has 1 part:').waitFor();
  await screens.button('Use plain characters').click();
  await screens.button('Add Indonesian').click();
  await screens.field('Text (Indonesian)').fill('Halo {{first_name|kak}}, diskon 20% hari ini!');
  await pictures('campaign-form');
  await screens.screen.getByRole('button', { name: 'Continue to the price' }).click();
  await screens.screen.getByText('5 messages').waitFor();
  await screens.screen.getByText('1: haven’t agreed to text messages').waitFor();
  expect(await screens.screen.locator('.sms-preview').last().innerText()).toContain(
    'Hi Zoë - today "20% off" at',
  );
  await screens.button('Next').click();
  await screens.screen.locator('.sms-preview').last().getByText('Halo Ana, diskon 20% hari ini!').waitFor();
  for (const size of [PHONE, DESK]) {
    await screens.resize(size);
    expect(await overflow()).toBe(0);
  }
  await pictures('campaign-quote');

  await screens.button('Test').click();
  await dialog().getByLabel('Phone number').fill(number(40));
  await dialog().getByRole('button', { name: 'Send test' }).click();
  await screens.toast('Test sent').waitFor();
  await screens.button('Send now').click();
  await dialog().getByText('5 messages are sent for at most').waitFor();
  await dialog().getByRole('button', { name: 'Send now' }).click();
  await screens.toast('Campaign started').waitFor();
  const delivered = async () =>
    (
      await screens.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM messages WHERE shop_id = $1 AND state = 'delivered' AND settled_at IS NOT NULL`,
      )
    )[0]!.n;
  await expect
    .poll(
      async () => {
        await wake('process-receipts');
        await wake('send-messages');
        return delivered();
      },
      { timeout: 90_000, interval: 1_000 },
    )
    .toBe(6);
  await screens.query(
    `INSERT INTO orders (shop_id, order_id, customer_id, processed_at, updated_at, triggered_at, financial, currency, total_minor, net_minor, state)
     VALUES ($1, 990001, 990001, now() + interval '1 minute', now(), now(), 'paid', 'IDR', 25000000, 25000000, '{}')`,
  );
  const [campaign] = await screens.query<{ id: string }>(
    `SELECT campaign_id::text AS id FROM campaigns WHERE shop_id = $1 AND name = 'Journey sale'`,
  );
  await screens.open(`/messages/campaigns/${campaign!.id}`);
  await screens.screen.getByText('Finished').first().waitFor();
  await screens.screen
    .getByRole('row')
    .filter({ hasText: 'Delivered' })
    .getByText('5', { exact: true })
    .waitFor();
  await screens.screen.getByText('1 order for Rp 250,000 within 12 hours after the message').waitFor();
  await pictures('campaign-results');
  await screens.resize(PHONE);
  expect(await overflow()).toBe(0);
  await screens.button('Export').click();
  await dialog().getByRole('button', { name: 'Export', exact: true }).click();
  await screens.toast('Export started').waitFor();
  await screens.screen.getByRole('row').filter({ hasText: 'Campaign' }).getByText('Ready').waitFor();
  await screens.open(`/messages/campaigns/${campaign!.id}`);
  await screens.button('Duplicate').click();
  await screens.screen.getByRole('heading', { level: 1, name: 'Edit campaign' }).waitFor();
  expect(await screens.field('Name').inputValue()).toBe('Copy of Journey sale');
  expect(screens.watched.problems).toEqual([]);
});

test('on a phone: a template, pasted numbers with what cannot be read, a time by each clock, taken back', async () => {
  await screens.resize(PHONE);
  await screens.open('/messages/templates/new');
  await screens.field('Name').fill('Evening');
  await screens.field('Text (English)').fill('Hi {{first_name|friend}}, tonight 20% off');
  await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await screens.screen.getByRole('heading', { level: 1, name: 'Evening' }).waitFor();
  await screens.screen.getByText('No campaign yet.').waitFor();

  const [known] = await screens.query<{ phone: string }>(
    `SELECT phone FROM customers WHERE shop_id = $1 AND last_name = 'Journey' ORDER BY customer_id LIMIT 1`,
  );
  await screens.open('/messages/campaigns/new');
  await screens.field('Name').fill('Tonight');
  await screens.screen.getByText('Pasted numbers', { exact: true }).click();
  await screens.screen
    .getByRole('textbox', { name: 'Pasted numbers' })
    .fill(`${known!.phone}\n+6281234560000\nnobody`);
  await screens.screen.getByText('2 numbers read').waitFor();
  await screens.screen.getByText('1 number belongs to no customer and is left out').waitFor();
  await screens.screen.getByText('Line 3: nobody').waitFor();
  await screens.field('Template').selectOption({ label: 'Evening' });
  expect(await screens.field('Text (English)').inputValue()).toBe(
    'Hi {{first_name|friend}}, tonight 20% off',
  );
  await screens.screen.getByText('At a time, by each recipient’s clock').click();
  const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await screens.field('Day').fill(day);
  await screens.field('Time').selectOption('18:30');
  await screens.screen.getByRole('button', { name: 'Continue to the price' }).click();
  await screens.screen.getByText('1 message').first().waitFor();
  expect(await overflow()).toBe(0);
  await screens.button('Schedule').click();
  await dialog().getByRole('button', { name: 'Schedule' }).click();
  await screens.toast('Campaign scheduled').waitFor();
  await screens.screen.getByText('The first messages go out on').waitFor();
  await pictures('campaign-scheduled');
  await screens.resize(PHONE);
  await screens.button('Don’t send').click();
  await dialog().getByRole('button', { name: 'Don’t send' }).click();
  await screens.toast('Campaign is a draft again').waitFor();
  await screens.screen.getByText('Draft', { exact: true }).waitFor();
  const [wallet] = await screens.query<{ held: string }>(
    `SELECT held_micros::text AS held FROM wallets WHERE shop_id = $1`,
  );
  expect(wallet!.held).toBe('0');
  await screens.button('Delete draft').click();
  await dialog().getByRole('button', { name: 'Delete draft' }).click();
  await screens.toast('Draft deleted').waitFor();
  await screens.screen.getByRole('heading', { level: 1, name: 'Campaigns' }).waitFor();
  expect(screens.watched.problems).toEqual([]);
});

test('how often and when is sent is saved, and refused where a country does not allow it', async () => {
  await screens.open('/settings/messaging/sending');
  await screens.field('Messages to a person').fill('2');
  await screens.screen.locator('#to_PH').selectOption('22:00');
  await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await screens.screen.getByText('This is outside the hours allowed there').waitFor();
  await screens.screen.locator('#to_PH').selectOption('20:00');
  await screens.save();
  await screens.open('/settings/messaging/sending');
  expect(await screens.field('Messages to a person').inputValue()).toBe('2');
  expect(await screens.screen.locator('#to_PH').inputValue()).toBe('20:00');
});

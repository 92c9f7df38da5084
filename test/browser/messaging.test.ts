/** A merchant connects Twilio, a customer sends STOP, and the wallet is topped up at Shopify: as people do it. */
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { MERCHANT_ACCOUNT } from '#sandbox/twilio/seed.ts';
import { useAdminScreens } from './admin-screens.ts';
import { openPage, overflow, WIDTHS } from './pages.ts';

const screens = useAdminScreens();
const PHONE = '+14155550199';
const SENDER = '+14155550172';

/** `SHOTS=<folder>` before the command keeps pictures to look at. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}

/** The shop's number writes to the phone of the console, through Twilio's own API. */
async function sendToConsole(body: string): Promise<void> {
  const { sid, authToken, serviceSid } = MERCHANT_ACCOUNT;
  const sent = await fetch(`${screens.app.sandboxUrl}/2010-04-01/Accounts/${sid}/Messages.json`, {
    method: 'POST',
    body: new URLSearchParams({ To: PHONE, Body: body, MessagingServiceSid: serviceSid }),
    headers: {
      authorization: `Basic ${Buffer.from(`${sid}:${authToken}`).toString('base64')}`,
      'x-twilio-host': 'api.twilio.com',
    },
  });
  expect(sent.status).toBe(201);
}

test('an own account is connected, tested and set up; what is wrong is said at its field; STOP appears with its words', async () => {
  await screens.open('/settings/messaging');
  await screens.field('Your own Twilio account').check({ force: true });
  await screens.field('Account SID').fill(MERCHANT_ACCOUNT.sid);
  await screens.field('Auth token').fill('wrong');
  await screens.field('Messaging service SID').fill(MERCHANT_ACCOUNT.serviceSid);
  await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await screens.screen.getByText('Twilio doesn’t accept this account SID and auth token').waitFor();
  await screens.field('Auth token').fill(MERCHANT_ACCOUNT.authToken);
  await screens.save();
  await screens.screen.getByText('Connected', { exact: true }).waitFor();
  const sender = screens.screen.getByRole('row').filter({ hasText: '+1 415 555 0172' });
  for (const trait of ['Number', 'United States', 'Reach Setia', 'Allowed'])
    await sender.getByText(trait, { exact: true }).waitFor();
  await screens.button('Set up the service').click();
  await screens.toast('Service set up').waitFor();
  await screens.screen.getByText('The service needs two settings').waitFor({ state: 'detached' });
  await screens.button('Test connection').click();
  await screens.toast('Connection tested').waitFor();
  await screens.button('Change pace of +1 415 555 0172').click();
  const pace = screens.field('Parts per second for +1 415 555 0172');
  expect(await pace.inputValue()).toBe('1');
  await pace.fill('300');
  await screens.button('Save').click();
  await screens.screen.getByText('At most 225', { exact: true }).waitFor();
  await pace.fill('5');
  await screens.button('Save').click();
  await screens.toast('Pace saved').waitFor();
  await sender.getByText('5', { exact: true }).waitFor();
  await picture(screens.page, 'senders');
  expect(await screens.screen.locator('body').innerHTML()).not.toContain(MERCHANT_ACCOUNT.authToken);

  const sent = await fetch(`${screens.app.sandboxUrl}/_control/phones/text`, {
    method: 'POST',
    body: JSON.stringify({ from: PHONE, to: SENDER, body: 'please leave me alone' }),
  });
  expect(sent.status).toBe(201);
  for (const size of WIDTHS) {
    await screens.resize(size);
    await screens.open('/messages/opt-outs?tab=review');
    await screens.screen.getByText('“please leave me alone”').waitFor();
  }
  await screens.button('Keep opted out').click();
  await screens.toast('Reviewed').waitFor();
  await screens.screen.getByText('No opt-outs').waitFor();
});

/** The merchant's account sends and hears, whatever the tests before did. */
async function givenConnected(): Promise<void> {
  const known = await screens.query(
    `SELECT FROM channels WHERE shop_id = $1 AND inbound_url LIKE '%/twilio/inbound/%'`,
  );
  if (known.length > 0) return;
  await screens.open('/settings/messaging');
  await screens.field('Your own Twilio account').check({ force: true });
  await screens.field('Account SID').fill(MERCHANT_ACCOUNT.sid);
  await screens.field('Auth token').fill(MERCHANT_ACCOUNT.authToken);
  await screens.field('Messaging service SID').fill(MERCHANT_ACCOUNT.serviceSid);
  await screens.save();
  await screens.button('Set up the service').click();
  await screens.toast('Service set up').waitFor();
}

test('STOP is pressed on a phone of the console, and START takes it back, at both widths', async () => {
  await givenConnected();
  const customerId = '995001';
  await screens.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, last_name, phone, sms_consent, sms_consent_at, locale)
     VALUES ($1, ${customerId}, 'Console', 'Phone', $2, 'subscribed', now() - interval '1 day', 'en')`,
    [PHONE],
  );
  for (const size of WIDTHS) {
    await sendToConsole(`Hello from a ${size.name}`);
    const { page, context, problems } = await openPage(screens.browser, size);
    await page.goto(`${screens.app.sandboxUrl}/console?shop=${screens.shop}#phones`);
    const phone = page.getByRole('region', { name: PHONE });
    await phone.getByText(`Hello from a ${size.name}`).waitFor();
    expect(await overflow(page)).toBe(0);
    await phone.getByRole('button', { name: 'STOP', exact: true }).click();
    // Twilio answers on the phone, and blocks.
    await phone.getByText('You have successfully been unsubscribed', { exact: false }).last().waitFor();
    await phone.getByText('Sent STOP', { exact: true }).waitFor();
    await picture(page, `console-stop-${size.name}`);

    await screens.resize(size);
    await screens.open('/messages/opt-outs');
    const row = screens.screen.getByRole('row').filter({ hasText: '+1 415 555 0199' });
    await row.getByText('Replied with a stop word').waitFor();
    await screens.open(`/customers/${customerId}/edit`);
    await screens.screen.getByText('Opted out since', { exact: false }).first().waitFor();
    await screens.screen.getByText('ask them to text START to +1 415 555 0172', { exact: false }).waitFor();
    expect(await overflow(screens.page)).toBe(0);
    await picture(screens.page, `opted-out-${size.name}`);

    await phone.getByRole('button', { name: 'START', exact: true }).click();
    await phone.getByText('Sent STOP', { exact: true }).waitFor({ state: 'detached' });
    // Twilio obeys before it tells the app.
    const isStopped = `SELECT FROM suppressions WHERE shop_id = $1 AND address = $2 AND lifted_at IS NULL`;
    await expect.poll(() => screens.query(isStopped, [PHONE])).toEqual([]);
    await screens.open('/messages/opt-outs');
    await screens.screen.getByText('No opt-outs').waitFor();
    expect(await row.count()).toBe(0);
    await screens.open(`/customers/${customerId}/edit`);
    expect(await screens.screen.getByText('Opted out since', { exact: false }).count()).toBe(0);
    expect(problems).toEqual([]);
    await context.close();
  }
  expect(screens.watched.problems).toEqual([]);
});

test('a top-up is declined, left alone and approved at Shopify; only the approved one is credited', async () => {
  const free = (money: string) => screens.screen.getByText(money, { exact: true }).first().waitFor();
  const start = async (amount: string) => {
    await screens.button('Top up').click();
    await screens.field(amount).check({ force: true });
    await screens.button('Continue to Shopify').click();
    await screens.page.getByRole('heading', { name: 'Approve the charge' }).waitFor();
  };
  await screens.open('/messages/wallet');
  await free('$0.00');
  await start('$10.00');
  await screens.page.getByRole('button', { name: 'Decline' }).click();
  await free('$0.00');
  await start('$50.00');
  await screens.open('/messages/wallet');
  await screens.screen.getByText('A top-up of $50.00 waits for your approval').waitFor();
  await screens.resize(WIDTHS[1]);
  await start('$25.00');
  await screens.page.getByRole('button', { name: 'Approve' }).click();
  await free('$25.00');
  expect(await screens.screen.getByText('Top-up', { exact: true }).count()).toBe(1);
  expect(screens.watched.problems).toEqual([]);
});

test('the link in a message opens a page with one button, at both widths; only pressing it stops', async () => {
  await screens.open('/messages/opt-outs');
  for (const [n, size] of WIDTHS.entries()) {
    const code = `${BigInt(screens.shopId).toString(36)}-ABCDEFGHJ${n}`;
    await screens.query(
      `INSERT INTO messages (shop_id, message_key, customer_id, channel_id, to_address, address_hash, body, state, stop_code, actor)
       VALUES ($1, 'stop:' || $2, 1, 1, '+62812999900' || $2, 'stop-hash-' || $2, 'Halo', 'delivered', '${code}', 'staff:1')`,
      [n],
    );
    const page = await screens.browser.newPage({ viewport: size });
    await page.goto(`${screens.app.appUrl}/u/${code}`);
    await page
      .getByText(`…00${n}`)
      .or(page.getByText(`00${n}`))
      .first()
      .waitFor();
    const stopped = () =>
      screens.query(`SELECT 1 FROM suppressions WHERE shop_id = $1 AND address_hash = 'stop-hash-' || $2`, [
        n,
      ]);
    expect(await stopped()).toEqual([]);
    await page.getByRole('button', { name: 'Stop messages' }).click();
    await page.getByRole('button', { name: 'Get messages again' }).click();
    await page.getByRole('button', { name: 'Stop messages' }).click();
    await page.getByRole('button', { name: 'Get messages again' }).waitFor();
    expect(await stopped()).toHaveLength(1);
    await page.close();
  }
  await screens.open('/messages/opt-outs');
  await screens.screen.getByText('Used the link in a message').first().waitFor();
  expect(screens.watched.problems).toEqual([]);
});

test('money becomes SMS credit by a package; a limit is set; the statement and the history go into files', async () => {
  await screens.query(
    `WITH pack AS (INSERT INTO message_packages (currency, price_micros, credit_micros, from_day)
       SELECT 'USD', 20000000, 23000000, '2026-01-01' WHERE $1::bigint IS NOT NULL)
     INSERT INTO wallets AS w (shop_id, currency, balance_micros) VALUES ($1, 'USD', 60000000)
       ON CONFLICT (shop_id) DO UPDATE SET balance_micros = 60000000`,
  );
  for (const size of WIDTHS) {
    await screens.resize(size);
    await screens.open('/messages/wallet');
    await screens.screen.getByText('$23.00 of SMS credit for $20.00').first().waitFor();
    await screens.button('Buy').first().click();
    await screens.screen.getByRole('dialog').getByRole('button', { name: 'Buy' }).click();
    await screens.toast('SMS credit added').waitFor();
  }
  await screens.screen.getByText('$46.00 of it is SMS credit').waitFor();
  await screens.button('Change limits').click();
  await screens.field('Monthly limit').fill('150');
  await screens.button('Save').click();
  await screens.toast('Limits saved').waitFor();
  await screens.screen.getByText('Limit: $150.00 a month').waitFor();
  expect(screens.watched.problems).toEqual([]);
});

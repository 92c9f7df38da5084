/** Messages > Wallet: a top-up is approved, declined or left at Shopify, and credited once. */
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { club, fault, sandbox, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { auditShop } from '#app/modules/audit/audit-shop.server.ts';
import { sweepTopups } from '#app/modules/messaging/wallet/top-up.server.ts';
import { loader as home } from '#app/routes/app._index.tsx';
import { action, loader } from '#app/routes/app.messages.wallet.tsx';
import { adminArgs, answerOf } from '#test/support/route-requests.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';

useSandboxShop({ hasOrders: false });

const PATH = '/app/messages/wallet';
const read = () => loader(adminArgs(DEMO_SHOP, PATH));
const topUp = async (amount: string) =>
  (await answerOf(action(adminArgs(DEMO_SHOP, PATH, { json: { amount, locale: 'en' } })))) as {
    status: number;
    data: { ok: boolean; confirmationUrl?: string; errors?: object };
  };
/** What the merchant presses on Shopify's page; returns where it leads. */
const answer = async (url: string, how: 'approve' | 'decline') => {
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ answer: how }),
    redirect: 'manual',
  });
  return response.headers.get('location') ?? '';
};
let url: string;

beforeEach(async () => {
  const started = await topUp('25');
  expect(started.status).toBe(200);
  url = started.data.confirmationUrl!;
});

it('credits what was approved, once, and shows it in the statement', async () => {
  expect(await read()).toMatchObject({
    freeMicros: 0n,
    isLow: true,
    pending: [{ amountMinor: 2_500n, confirmationUrl: url }],
  });
  const page = await (await fetch(url)).text();
  expect(page).toContain('$25.00');
  expect(await answer(url, 'approve')).toContain(`/admin/${DEMO_SHOP}/apps/setia${PATH}?charge_id=`);
  await Promise.all([read(), read(), sweepTopups()]);
  expect(await read()).toMatchObject({
    freeMicros: 25_000_000n,
    isLow: false,
    pending: [],
    entries: [{ kind: 'topup', amountMicros: 25_000_000n, balanceAfterMicros: 25_000_000n }],
  });
  expect(await answer(url, 'decline')).not.toBe('');
  expect(await sweepTopups()).toBe(0);
  expect(await auditShop(club.shopId)).toEqual([]);
});

it('credits nothing that was declined, or that the merchant came back from without an answer', async () => {
  expect((await read()).pending).toHaveLength(1);
  await answer(url, 'decline');
  expect(await read()).toMatchObject({ freeMicros: 0n, pending: [], entries: [] });
});

it('credits nothing that is not as it was asked for, whatever the address says', async () => {
  const [purchase] = sandbox.world.shop(DEMO_SHOP).purchases!;
  purchase!.amount = 1;
  await answer(url, 'approve');
  expect((await loader(adminArgs(DEMO_SHOP, `${PATH}?charge_id=${purchase!.id}`))).freeMicros).toBe(0n);
  expect(await select('SELECT state FROM topups WHERE shop_id = $1')).toEqual([{ state: 'wrong' }]);
});

it('waits for a Shopify that is away, and says so', async () => {
  await answer(url, 'approve');
  await fault('status503', { times: 20 });
  expect(await read()).toMatchObject({ isShopifyAway: true, freeMicros: 0n });
  expect(await topUp('10')).toMatchObject({ status: 422, data: { errors: { form: { code: 'not_saved' } } } });
  await sandbox.control('DELETE', '/_control/faults');
  await sweepTopups();
  expect((await read()).freeMicros).toBe(25_000_000n);
});

it('refuses amounts that are none, too small or too large', async () => {
  const code = async (amount: string) => (await topUp(amount)).data.errors;
  expect(await code('')).toEqual({ amount: { code: 'required' } });
  expect(await code('ten')).toEqual({ amount: { code: 'not_an_amount' } });
  expect(await code('4.99')).toEqual({ amount: { code: 'too_small' } });
  expect(await code('1000.01')).toEqual({ amount: { code: 'too_large' } });
});

it('sells a package for the wallet’s money, and keeps the merchant’s limits', async () => {
  const post = async (json: object) =>
    (await answerOf(action(adminArgs(DEMO_SHOP, PATH, { json: { locale: 'en', ...json } })))) as {
      status: number;
      data: { ok: boolean; errors?: object };
    };
  await pool.query(
    `INSERT INTO message_packages (currency, price_micros, credit_micros, from_day) VALUES ('USD', 20000000, 23000000, '2026-01-01')`,
  );
  const offer = (await read()).packages.at(-1)!;
  const buy = {
    intent: 'package',
    packageId: String(offer.packageId),
    priceMicros: '20000000',
    creditMicros: '23000000',
    key: randomUUID(),
  };
  expect((await post(buy)).data).toEqual({ ok: false, errors: { form: { code: 'not_enough_money' } } });
  await answer(url, 'approve');
  await read();
  expect((await post({ ...buy, creditMicros: '99000000' })).data).toMatchObject({
    errors: { form: { code: 'changed_meanwhile' } },
  });
  expect((await post(buy)).status).toBe(200);
  expect((await post(buy)).status).toBe(200);
  expect(await read()).toMatchObject({
    freeMicros: 28_000_000n,
    moneyMicros: 5_000_000n,
    creditMicros: 23_000_000n,
    entries: [{ kind: 'package', amountMicros: 3_000_000n, creditMicros: 23_000_000n }, { kind: 'topup' }],
  });
  expect((await post({ intent: 'package', key: 'x' })).status).toBe(422);
  expect((await post({ intent: 'limits', limit: 'x', low: '' })).data.errors).toEqual({
    limit: { code: 'not_an_amount' },
    low: { code: 'required' },
  });
  expect((await post({ intent: 'limits', limit: '100', low: '30' })).status).toBe(200);
  expect(await read()).toMatchObject({ monthlyLimitMicros: 100_000_000n, isLow: true });
  // Only where the wallet is what pays.
  const isLowOnHome = async () => (await home(adminArgs(DEMO_SHOP, '/app'))).isWalletLow;
  expect(await isLowOnHome()).toBe(false);
  await pool.query(
    `INSERT INTO channels (shop_id, kind, account, account_sid, token_cipher, service_sid, service_name, uses_numbers_inbound, smart_encoding, changed_by)
     VALUES ($1, 'sms', 'platform', 'AC1', '', 'MG1', 'Toko', false, false, 'staff:1')`,
    [club.shopId],
  );
  expect(await isLowOnHome()).toBe(true);
  // Home says too that messages wait for a person.
  const troubleOnHome = async () => (await home(adminArgs(DEMO_SHOP, '/app'))).sendingTrouble;
  expect(await troubleOnHome()).toBeNull();
  await pool.query('UPDATE channels SET paused_at = now(), pause_code = 20003');
  expect(await troubleOnHome()).toEqual({ pause: 'platform', unregistered: [] });
  expect((await post({ intent: 'limits', limit: ' ', low: '0' })).status).toBe(200);
  expect(await read()).toMatchObject({ monthlyLimitMicros: null, isLow: false });
  expect(await auditShop(club.shopId)).toEqual([]);
});

/** The wallet: money moves once, never below zero, and the audit finds what was changed behind its back. */
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { auditShop } from '#app/modules/audit/audit-shop.server.ts';
import {
  creditTopup,
  readWallet,
  reserveMoney,
  settleHold,
} from '#app/modules/messaging/wallet/post-wallet.server.ts';
import { listCurrentPrices, setPrice } from '#app/modules/messaging/wallet/prices.server.ts';
import { seededRandom } from '#test/support/random.ts';
import { givenShop } from '#test/support/shops.ts';

let shopId: bigint;
const DOLLAR = 1_000_000n;

beforeEach(async () => {
  ({ shopId } = await givenShop());
});

async function credit(amountMicros: bigint, gid = `gid://shopify/AppPurchaseOneTime/${randomUUID()}`) {
  await pool.query(
    `INSERT INTO topups (shop_id, charge_gid, state, amount_minor, currency, is_test, confirmation_url, actor)
     VALUES ($1, $2, 'active', 1, 'USD', true, '', 'staff:1') ON CONFLICT DO NOTHING`,
    [shopId, gid],
  );
  return withTransaction((tx) =>
    creditTopup(tx, shopId, { key: `topup:${gid}`, amountMicros, actor: 'staff:1' }),
  );
}
const reserve = (amountMicros: bigint, key: string = randomUUID()) =>
  withTransaction((tx) => reserveMoney(tx, shopId, { key, amountMicros }));
const settle = (holdId: bigint, chargeMicros: bigint, returnMicros: bigint, key: string = randomUUID()) =>
  withTransaction((tx) =>
    settleHold(tx, shopId, holdId, { key, chargeMicros, returnMicros, messages: 1, campaignId: null }),
  );
const state = async () => {
  const { balanceMicros, heldMicros } = await readWallet(pool, shopId);
  return [balanceMicros, heldMicros];
};

test('a top-up that comes by return page, webhook and sweep at once is one entry', async () => {
  const credited = await Promise.all(
    Array.from({ length: 8 }, () => credit(25n * DOLLAR, 'gid://shopify/AppPurchaseOneTime/1')),
  );
  expect(credited.filter(Boolean)).toHaveLength(1);
  expect(await state()).toEqual([25n * DOLLAR, 0n]);
});

test('money for one: of two reservations at once one succeeds; a balance equal to the price is enough', async () => {
  await credit(DOLLAR);
  const holds = await Promise.all([reserve(DOLLAR), reserve(DOLLAR)]);
  expect(holds.filter((hold) => hold !== null)).toHaveLength(1);
  expect(await state()).toEqual([DOLLAR, DOLLAR]);
  const hold = holds.find((each) => each !== null)!;
  await settle(hold, DOLLAR, 0n);
  expect(await state()).toEqual([0n, 0n]);
  expect(await auditShop(shopId)).toEqual([]);
});

test('the same reservation and the same settlement happen once', async () => {
  await credit(10n * DOLLAR);
  const [first, second] = await Promise.all([
    reserve(4n * DOLLAR, 'campaign:1'),
    reserve(4n * DOLLAR, 'campaign:1'),
  ]);
  expect(first).toBe(second);
  await settle(first!, DOLLAR, DOLLAR, 'charge:1');
  await settle(first!, DOLLAR, DOLLAR, 'charge:1');
  expect(await state()).toEqual([9n * DOLLAR, 2n * DOLLAR]);
  await expect(settle(first!, 3n * DOLLAR, 0n)).rejects.toThrow('open');
  expect(await state()).toEqual([9n * DOLLAR, 2n * DOLLAR]);
});

test('a hundred charges at once add up to the micro', async () => {
  await credit(100n * DOLLAR);
  const hold = (await reserve(50n * DOLLAR))!;
  await Promise.all(Array.from({ length: 100 }, (_, n) => settle(hold, 7_901n, 99n, `charge:${n}`)));
  expect(await state()).toEqual([100n * DOLLAR - 790_100n, 50n * DOLLAR - 800_000n]);
  expect(await auditShop(shopId)).toEqual([]);
});

test('whatever happens in whatever order, the wallet adds up and is never negative', async () => {
  const random = seededRandom('wallet');
  const holds: { id: bigint; open: bigint }[] = [];
  for (let n = 0; n < 60; n++) {
    const amount = BigInt(random.between(1, 5_000_000));
    const step = random.between(0, 2);
    if (step === 0) await credit(amount);
    else if (step === 1) {
      const id = await reserve(amount);
      if (id !== null) holds.push({ id, open: amount });
    } else {
      if (holds.length === 0) continue;
      const hold = random.pick(holds);
      const charge = hold.open / 3n;
      await settle(hold.id, charge, hold.open - 2n * charge);
      hold.open = charge;
    }
    const [balance, held] = await state();
    expect(held! >= 0n && balance! >= held!).toBe(true);
  }
  expect(await auditShop(shopId)).toEqual([]);
});

test('entries cannot be changed, and the audit names what was changed beside them', async () => {
  await credit(5n * DOLLAR);
  await expect(pool.query('UPDATE wallet_entries SET amount_micros = 9')).rejects.toThrow('append-only');
  await expect(pool.query('DELETE FROM wallet_entries')).rejects.toThrow('append-only');
  await pool.query(
    'UPDATE wallets SET balance_micros = balance_micros + 1, held_micros = 1 WHERE shop_id = $1',
    [shopId],
  );
  await pool.query(`UPDATE topups SET state = 'pending' WHERE shop_id = $1`, [shopId]);
  expect((await auditShop(shopId)).map(({ check }) => check)).toEqual([
    'the wallet is the sum of its entries',
    'what the wallet reserves is the sum of its open holds',
    'every approved top-up was credited, and no other',
  ]);
});

test('a price holds from its day on, and days that have passed keep theirs', async () => {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const set = (fromDay: string, priceMicros: bigint) =>
    setPrice(pool, { country: 'ID', fromDay, priceMicros });
  expect(await set(day(-30), 40_000n)).toBe(true);
  expect(await set(day(-10), 1n)).toBe(false);
  expect(await set(day(2), 50_000n)).toBe(true);
  expect(await listCurrentPrices(pool)).toEqual([{ country: 'ID', fromDay: day(-30), priceMicros: 40_000n }]);
});

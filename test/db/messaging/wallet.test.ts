/** The wallet: money moves once, never below zero, and the audit finds what was changed behind its back. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { auditShop } from '#app/modules/audit/audit-shop.server.ts';
import {
  creditTopup,
  readWallet,
  reserveMoney,
  settleHold,
  SpendingLimitReached,
} from '#app/modules/messaging/wallet/post-wallet.server.ts';
import {
  buyPackage,
  correctWallet,
  listMovements,
  refundTopup,
  saveLimits,
} from '#app/modules/messaging/wallet/change-wallet.server.ts';
import {
  addPackage,
  endPackage,
  listPackages,
  type MessagePackage,
} from '#app/modules/messaging/wallet/packages.server.ts';
import { listCurrentPrices, setPrice } from '#app/modules/messaging/wallet/prices.server.ts';
import { runVerb } from '#scripts/ops/verbs.ts';
import { sheetRows, writtenExport } from '#test/support/exports.ts';
import { seededRandom } from '#test/support/random.ts';
import { givenShop } from '#test/support/shops.ts';

let shopId: bigint;
const DOLLAR = 1_000_000n;
const CENT = 10_000n;

beforeEach(async () => {
  ({ shopId } = await givenShop());
});

async function credit(amountMicros: bigint, gid = `gid://shopify/AppPurchaseOneTime/${randomUUID()}`) {
  await pool.query(
    `INSERT INTO topups (shop_id, charge_gid, state, amount_minor, currency, is_test, confirmation_url, actor)
     VALUES ($1, $2, 'active', $3, 'USD', true, '', 'staff:1') ON CONFLICT DO NOTHING`,
    [shopId, gid, amountMicros / CENT],
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
  const charges: { gid: string; cents: bigint }[] = [];
  await addPackage(pool, { priceMicros: DOLLAR, creditMicros: DOLLAR + 123_457n, fromDay: '2026-01-01' });
  const offer = (await listPackages(pool)).at(-1)!;
  for (let n = 0; n < 250; n++) {
    const amount = BigInt(random.between(1, 5_000_000));
    const step = random.between(0, 6);
    if (step === 0) {
      const gid = `gid://shopify/AppPurchaseOneTime/${n}`;
      const cents = amount / CENT + 1n;
      await credit(cents * CENT, gid);
      charges.push({ gid, cents });
    } else if (step === 1) {
      const id = await reserve(amount);
      if (id !== null) holds.push({ id, open: amount });
    } else if (step === 2) {
      await buyPackage(shopId, { ...offer, key: randomUUID() }, 'staff:1');
    } else if (step === 3) {
      if (charges.length === 0) continue;
      const { gid, cents } = random.pick(charges);
      await refundTopup(shopId, {
        chargeGid: gid,
        amountMinor: cents,
        actor: 'operator',
      });
    } else if (step === 4) {
      const amountMicros = random.between(0, 1) === 0 ? amount : -amount;
      await correctWallet(shopId, { key: String(n), amountMicros, note: 'test', actor: 'operator' });
    } else {
      if (holds.length === 0) continue;
      const hold = random.pick(holds);
      const charge = hold.open / 3n;
      await settle(hold.id, charge, hold.open - 2n * charge);
      hold.open = charge;
    }
    const { balanceMicros, heldMicros, creditMicros, debtMicros } = await readWallet(pool, shopId);
    expect(heldMicros >= 0n && balanceMicros >= heldMicros && debtMicros >= 0n).toBe(true);
    expect(creditMicros >= 0n && balanceMicros >= creditMicros).toBe(true);
  }
  // What is left of every top-up is paid back: the rest is owed.
  for (const { gid, cents } of charges)
    await refundTopup(shopId, { chargeGid: gid, amountMinor: cents, actor: 'operator' });
  const { debtMicros, balanceMicros, heldMicros } = await readWallet(pool, shopId);
  expect(debtMicros > 0n ? balanceMicros : heldMicros).toBe(heldMicros);
  expect(await auditShop(shopId)).toEqual([]);
});

describe('a package', () => {
  const DAY = '2026-01-01';
  const buy = (offer: MessagePackage, key: string = randomUUID()) =>
    buyPackage(shopId, { ...offer, key }, 'staff:1');

  test('turns money into more SMS credit, once; it pays for messages first and is no money', async () => {
    await addPackage(pool, { priceMicros: 20n * DOLLAR, creditMicros: 23n * DOLLAR, fromDay: DAY });
    const offer = (await listPackages(pool)).find(({ priceMicros }) => priceMicros === 20n * DOLLAR)!;
    await credit(30n * DOLLAR);
    const key = randomUUID();
    expect(await Promise.all([buy(offer, key), buy(offer, key)])).toEqual([{ ok: true }, { ok: true }]);
    expect(await readWallet(pool, shopId)).toMatchObject({
      balanceMicros: 33n * DOLLAR,
      creditMicros: 23n * DOLLAR,
    });
    // 10 dollars of money are left: the credit buys no further package.
    expect(await buy(offer)).toEqual({ ok: false, reason: 'wallet_too_low' });
    const hold = (await reserve(25n * DOLLAR))!;
    await settle(hold, 24n * DOLLAR, DOLLAR);
    expect(await readWallet(pool, shopId)).toMatchObject({ balanceMicros: 9n * DOLLAR, creditMicros: 0n });
    expect(await auditShop(shopId)).toEqual([]);
  });

  test('that is not as it was shown, not yet or no longer sold, is not bought; nor with reserved money', async () => {
    await addPackage(pool, { priceMicros: 3n * DOLLAR, creditMicros: 4n * DOLLAR, fromDay: DAY });
    await addPackage(pool, { priceMicros: 3n * DOLLAR, creditMicros: 9n * DOLLAR, fromDay: '2999-01-01' });
    const offer = (await listPackages(pool)).find(({ priceMicros }) => priceMicros === 3n * DOLLAR)!;
    expect(offer.creditMicros).toBe(4n * DOLLAR);
    await credit(5n * DOLLAR);
    expect(await buy({ ...offer, creditMicros: 5n * DOLLAR })).toMatchObject({ reason: 'changed_meanwhile' });
    await reserve(3n * DOLLAR);
    expect(await buy(offer)).toMatchObject({ reason: 'wallet_too_low' });
    await credit(5n * DOLLAR);
    expect(await endPackage(pool, offer.packageId)).toBe(true);
    expect(await endPackage(pool, offer.packageId)).toBe(false);
    expect(await buy(offer)).toMatchObject({ reason: 'changed_meanwhile' });
    expect(await state()).toEqual([10n * DOLLAR, 3n * DOLLAR]);
  });
});

describe('a refunded top-up', () => {
  const GID = 'gid://shopify/AppPurchaseOneTime/9';
  const refund = (amountMinor: bigint, chargeGid = GID) =>
    refundTopup(shopId, { chargeGid, amountMinor, actor: 'operator' });

  test('leaves the wallet at least at what is reserved; what was spent is owed, and paid by the next top-up', async () => {
    await credit(10n * DOLLAR, GID);
    const hold = (await reserve(8n * DOLLAR))!;
    await settle(hold, 6n * DOLLAR, 0n);
    // 4 left, 2 of them reserved.
    expect(await refund(1_000n)).toEqual({ takenMicros: 2n * DOLLAR, owedMicros: 8n * DOLLAR });
    expect(await readWallet(pool, shopId)).toMatchObject({
      balanceMicros: 2n * DOLLAR,
      heldMicros: 2n * DOLLAR,
      debtMicros: 8n * DOLLAR,
    });
    expect(await refund(1n)).toBeNull();
    await credit(5n * DOLLAR);
    expect(await readWallet(pool, shopId)).toMatchObject({
      balanceMicros: 2n * DOLLAR,
      debtMicros: 3n * DOLLAR,
    });
    await credit(5n * DOLLAR);
    expect(await readWallet(pool, shopId)).toMatchObject({ balanceMicros: 4n * DOLLAR, debtMicros: 0n });
    expect(await auditShop(shopId)).toEqual([]);
  });

  test('is refunded in parts, never beyond what was paid, and only where it was credited', async () => {
    await credit(10n * DOLLAR, GID);
    expect(await refund(300n)).toMatchObject({ owedMicros: 0n });
    const both = await Promise.all([refund(400n), refund(400n)]);
    expect(both.filter((each) => each !== null)).toHaveLength(1);
    expect(await refund(100n, 'gid://shopify/AppPurchaseOneTime/none')).toBeNull();
    expect(await refund(-100n)).toBeNull();
    expect(await state()).toEqual([3n * DOLLAR, 0n]);
    expect(await auditShop(shopId)).toEqual([]);
  });
});

test('the month’s limit counts what was spent in the shop’s month and what is reserved', async () => {
  await credit(100n * DOLLAR);
  const hold = (await reserve(10n * DOLLAR))!;
  await settle(hold, 10n * DOLLAR, 0n);
  await saveLimits(shopId, { monthlyLimitMicros: 30n * DOLLAR, lowMicros: 80n * DOLLAR });
  await reserve(15n * DOLLAR);
  await expect(reserve(5n * DOLLAR + 1n)).rejects.toThrow(SpendingLimitReached);
  expect(await reserve(5n * DOLLAR)).not.toBeNull();
  expect(await state()).toEqual([90n * DOLLAR, 20n * DOLLAR]);
  // Of the month before nothing counts: the entry is the only one with another day.
  await pool.query('ALTER TABLE wallet_entries DISABLE TRIGGER wallet_entries_append_only');
  await pool.query(
    `UPDATE wallet_entries SET created_at = date_trunc('month', now(), 'Asia/Jakarta') - interval '1 second' WHERE kind = 'charge'`,
  );
  await pool.query('ALTER TABLE wallet_entries ENABLE TRIGGER wallet_entries_append_only');
  await pool.query(`UPDATE shops SET time_zone = 'Asia/Jakarta' WHERE shop_id = $1`, [shopId]);
  expect(await reserve(10n * DOLLAR)).not.toBeNull();
  await expect(reserve(1n)).rejects.toThrow(SpendingLimitReached);
  await saveLimits(shopId, { monthlyLimitMicros: null, lowMicros: 0n });
  expect(await reserve(DOLLAR)).not.toBeNull();
});

test('a correction needs free money, and is posted once for its key', async () => {
  await credit(2n * DOLLAR);
  const correct = (key: string, amountMicros: bigint) =>
    correctWallet(shopId, { key, amountMicros, note: 'Promised on the phone', actor: 'operator' });
  expect(await correct('a', DOLLAR)).toBe(true);
  expect(await correct('a', DOLLAR)).toBe(false);
  expect(await correct('b', -4n * DOLLAR)).toBe(false);
  expect(await correct('b', -3n * DOLLAR)).toBe(true);
  expect(await state()).toEqual([0n, 0n]);
  expect(await listMovements(pool, shopId, 9)).toMatchObject([
    { kind: 'correction', amount: '-3', note: 'Promised on the phone' },
    { kind: 'correction', amount: '1' },
    { kind: 'topup', amount: '2' },
  ]);
});

test('the operator’s verbs show, refund and correct a wallet, and keep the list of packages', async () => {
  const gid = 'gid://shopify/AppPurchaseOneTime/77';
  const { rows } = await pool.query<{ domain: string }>('SELECT domain FROM shops WHERE shop_id = $1', [
    shopId,
  ]);
  const shop = rows[0]!.domain;
  await credit(10n * DOLLAR, gid);
  await runVerb('wallet', { shop, refund: gid, amount: '4' });
  await expect(runVerb('wallet', { shop, refund: gid, amount: '7' })).rejects.toThrow('not left');
  await expect(runVerb('wallet', { shop, refund: 'gid://none' })).rejects.toThrow('no top-up');
  await runVerb('wallet', { shop, correct: '-1.5', note: 'Twice', key: 'k' });
  await expect(runVerb('wallet', { shop, correct: '-1.5', note: 'Twice', key: 'k' })).rejects.toThrow('key');
  await expect(runVerb('wallet', { shop, correct: '1' })).rejects.toThrow('--note');
  const { report, text } = await runVerb('wallet', { shop });
  expect(report).toMatchObject({ balance: '4.5', reserved: '0', smsCredit: '0', owed: '0' });
  expect(text).toContain('refund_of_topup');
  await expect(runVerb('packages', { price: '50', credit: '50' })).rejects.toThrow('more than the price');
  const added = (await runVerb('packages', { price: '50', credit: '57.5' })).report as {
    id: bigint;
    price: string;
  }[];
  const { id, ...offer } = added.find(({ price }) => price === '50 USD')!;
  expect(offer).toMatchObject({ credit: '57.5 USD', untilDay: null });
  const ended = (await runVerb('packages', { end: String(id) })).report as { id: bigint; untilDay: string }[];
  expect(ended.find((each) => each.id === id)!.untilDay).toMatch(/^\d{4}-/);
});

test('the statement is a file, newest first, with amounts as numbers', async () => {
  await credit(10n * DOLLAR);
  const hold = (await reserve(DOLLAR))!;
  await settle(hold, 45_001n, DOLLAR - 45_001n);
  const [heading, charge, topup] = await sheetRows(
    await writtenExport(shopId, { kind: 'wallet', columns: ['kind', 'amount', 'balance', 'messages', 'by'] }),
  );
  expect(heading).toEqual(['Kind', 'Amount (USD)', 'Balance (USD)', 'Messages', 'By']);
  expect(charge).toEqual(['1 message', -0.045001, 9.954999, 1]);
  expect(topup).toEqual(['Top-up', 10, 10, undefined, 'staff:1']);
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

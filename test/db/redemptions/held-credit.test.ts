/** Credit after a change of the shop's currency: nothing of it is spent by any way before staff has decided. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { club, sandbox, select } from '#test/support/sandbox-bed.ts';
import { siti, useRedemptions } from '#test/support/redemption-bed.ts';
import { readClub } from '#app/modules/club-api/read-club.server.ts';
import { ensureInstalled } from '#app/modules/home/install.server.ts';
import { payOutStoreCredit } from '#app/modules/redemptions/payouts/pay-out-store-credit.server.ts';
import { payWithPoints } from '#app/modules/redemptions/pay-with-points.server.ts';
import { releaseCredit } from '#app/modules/shops/release-credit.server.ts';
import type { Unit } from '#app/lib/units.ts';
import { setClub, walletOf } from '#test/support/clubs.ts';
import { givePoints } from '#test/support/redemptions.ts';
import { claim, givenReward, takeReward } from '#test/support/rewards.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';

useRedemptions();

const CREDIT = 20_000_00n;

async function changeCurrency(currency: string): Promise<void> {
  sandbox.world.shop(DEMO_SHOP).shop.currency = currency;
  await ensureInstalled(DEMO_SHOP);
  // Staff switches everything on again, as if the credit were dollars.
  await setClub(club, { redemption_enabled: true, payout_active: true });
  await select(`UPDATE rewards SET status = 'active' WHERE shop_id = $1`);
}

const asked = async (unit: Unit, units: bigint) => {
  const who = { shopId: club.shopId, customerId: BigInt(siti), key: randomUUID(), unit, units };
  const [pay, payout] = [
    await payWithPoints({ ...who, cart: null }),
    await payOutStoreCredit({ ...who, key: randomUUID(), actor: 'staff:1' }),
  ];
  return [pay, payout].map((result) => (result.ok ? 'ok' : result.reason));
};
const held = async () =>
  (await select('SELECT credit_currency FROM shops WHERE shop_id = $1'))[0].credit_currency;
const wallets = async () =>
  (await readClub({ shopDomain: DEMO_SHOP, customerId: BigInt(siti), cart: null }))?.wallets.map(
    ({ unit }) => unit,
  );

test('credit of rupiah is no dollars: no payment, payout, reward or gift takes any, points go on', async () => {
  await givePoints(club, siti, CREDIT, null, 'CREDIT');
  await givePoints(club, siti, 100n);
  const rewards = [
    await givenReward(club, { unit: 'CREDIT', units: 1_000n }),
    await givenReward(club, { unit: 'CREDIT', units: 1_000n, kind: 'other', name: 'Mug' }),
  ];
  expect(await wallets()).toEqual(['POINTS', 'CREDIT']);
  await changeCurrency('USD');
  expect(await held()).toBe('IDR');
  expect(await asked('CREDIT', 100n)).toEqual(['disabled', 'disabled']);
  expect(await takeReward(club, siti, rewards[0]!)).toMatchObject({ ok: false, reason: 'disabled' });
  expect(await claim(club, siti, rewards[1]!)).toMatchObject({ ok: false, reason: 'disabled' });
  expect(await wallets()).toEqual(['POINTS']);
  expect(await asked('POINTS', 10n)).toEqual(['ok', 'ok']);
  const { rows } = {
    rows: await select(
      `SELECT unit, balance, held FROM ledger_accounts WHERE shop_id = $1 AND unit = 'CREDIT'`,
    ),
  };
  expect(rows).toEqual([{ unit: 'CREDIT', balance: CREDIT, held: 0n }]);
});

test('staff keeps the numbers: they count in the new currency from then on, decided once', async () => {
  await givePoints(club, siti, CREDIT, null, 'CREDIT');
  await changeCurrency('USD');
  expect(await releaseCredit(club.shopId, 'staff:1')).toBe(true);
  expect(await releaseCredit(club.shopId, 'staff:1')).toBe(false);
  expect(await wallets()).toEqual(['POINTS', 'CREDIT']);
  expect(await asked('CREDIT', 100n)).toEqual(['ok', 'ok']);
  await changeCurrency('IDR');
  expect(await held()).toBe('USD');
});

test('the former currency again needs no decision; a third one is still about the first', async () => {
  await givePoints(club, siti, CREDIT, null, 'CREDIT');
  for (const [currency, wanted] of [
    ['USD', 'IDR'],
    ['EUR', 'IDR'],
    ['IDR', null],
  ] as const) {
    await changeCurrency(currency);
    expect(await held()).toBe(wanted);
  }
  expect(await asked('CREDIT', 100n)).toEqual(['ok', 'ok']);
  expect((await walletOf(club, siti)).balance).toBe(0n);
});

test('a shop that owes no credit has nothing to decide', async () => {
  await givePoints(club, siti, 100n);
  await changeCurrency('USD');
  expect(await held()).toBeNull();
});

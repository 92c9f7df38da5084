/** A code that a customer's own price makes worthless gives its points back at once, with the reason (F139). */
import { beforeEach, describe, expect, test } from 'vitest';
import { club, fault, sandbox, shop } from '#test/support/sandbox-bed.ts';
import { siti, useRedemptions } from '#test/support/redemption-bed.ts';
import { walletOf } from '#test/support/clubs.ts';
import { givePoints, reserved, rowOf } from '#test/support/redemptions.ts';
import type { Loose } from '#test/support/sandbox.ts';
import { pool } from '#app/db.server.ts';
import { writePrices } from '#app/modules/pricing/publish/write-prices.server.ts';
import { savePriceSettings } from '#app/modules/pricing/settings/save-price-settings.server.ts';
import { checkDueRedemptions } from '#app/modules/redemptions/check-due.server.ts';
import { listCodes } from '#app/modules/redemptions/codes/codes.queries.server.ts';
import { releaseRedemption, type Unapplied } from '#app/modules/redemptions/release-redemption.server.ts';

useRedemptions();

const TEA = 'teh-melati-premium';

async function setPrices(combination: string): Promise<void> {
  await pool.query('DELETE FROM price_settings');
  await savePriceSettings(club.shopId, {
    version: '0',
    isOn: true,
    combination,
    withProducts: true,
    withShipping: true,
    forCompanies: false,
    tax: '',
    refusal: 'Not with reseller prices.',
    setA: '[]',
    setB: '[]',
  });
  await writePrices();
}

const release = (redemptionId: string, unapplied: Unapplied) =>
  releaseRedemption({ shopId: club.shopId, customerId: BigInt(siti), redemptionId, unapplied });

async function buyTea(quantity: number, discountCodes: string[] = []): Promise<Loose> {
  const { status, body } = await sandbox.control('POST', '/_control/orders', {
    customer: siti,
    lines: [{ product: TEA, quantity }],
    discountCodes,
  });
  if (status === 201) await shop.tell(body.order);
  return { status, ...body };
}

beforeEach(async () => {
  await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
  await pool.query(
    `UPDATE categories SET discount_bp = 2000, label = 'Reseller price' WHERE shop_id = $1 AND key = 'reseller'`,
    [club.shopId],
  );
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, category_id) SELECT $1, $2, category_id FROM categories WHERE shop_id = $1 AND key = 'reseller'
     ON CONFLICT (shop_id, customer_id) DO UPDATE SET category_id = excluded.category_id`,
    [club.shopId, siti],
  );
  await givePoints(club, siti, 500n);
});

describe('the lower of the two counts', () => {
  test('the checkout doesn’t take the code: its points are back, and staff see why', async () => {
    await setPrices('lowest');
    const { redemptionId, code } = await reserved(club, siti, 100n);
    // 20 % of 450,000 is more than the code's 10,000.
    expect(await buyTea(10, [code])).toMatchObject({ status: 422, rejection: 'not_combinable' });
    expect(await release(redemptionId, 'yes')).toEqual({ ok: true, because: 'price_is_lower' });
    expect(await walletOf(club, siti)).toMatchObject({ available: 500n, held: 0n });
    expect(await listCodes(club.shopId, BigInt(siti))).toMatchObject([
      { code, state: 'released', because: 'price_is_lower' },
    ]);
  });

  test('a code that saves more than the price is used, and the price isn’t', async () => {
    await setPrices('lowest');
    const { redemptionId, code } = await reserved(club, siti, 500n);
    // 20 % of 45,000 is 9,000, the code takes 45,000.
    expect(await buyTea(1, [code])).toMatchObject({ status: 201 });
    expect((await rowOf(redemptionId)).state).toBe('settled');
  });

  test('an order comes without it: the worker gives the points back within its next run', async () => {
    await setPrices('lowest');
    const { redemptionId, code } = await reserved(club, siti, 100n);
    await buyTea(10);
    expect(await walletOf(club, siti)).toMatchObject({ held: 100n });
    await checkDueRedemptions();
    expect(await rowOf(redemptionId)).toMatchObject({
      state: 'released',
      released_because: 'price_is_lower',
    });
    expect(await walletOf(club, siti)).toMatchObject({ held: 0n });
    const ended = (await shop.codes()).find((each) => each.code === code);
    expect(ended?.status).not.toBe('ACTIVE');
  });

  test('an order without a price of ours takes no code away', async () => {
    await setPrices('lowest');
    const { redemptionId } = await reserved(club, siti, 100n);
    await shop.tell(await shop.order(siti, [100_000]));
    await checkDueRedemptions();
    expect((await rowOf(redemptionId)).state).toBe('issued');
  });

  test('while Shopify doesn’t answer the points are held, and the reason stays for later', async () => {
    await setPrices('lowest');
    const { redemptionId } = await reserved(club, siti, 100n);
    await fault('status500', { operation: 'DeactivateDiscountCode', times: 20 });
    expect(await release(redemptionId, 'yes')).toEqual({ ok: false, reason: 'pending' });
    await sandbox.control('DELETE', '/_control/faults');
    await pool.query('UPDATE redemptions SET next_check_at = ledger_now()');
    await checkDueRedemptions();
    expect(await rowOf(redemptionId)).toMatchObject({
      state: 'released',
      released_because: 'price_is_lower',
    });
  });
});

test('where codes are refused beside prices, the reason says so', async () => {
  await setPrices('refuse');
  const { redemptionId, code } = await reserved(club, siti, 100n);
  expect(await buyTea(10, [code])).toMatchObject({ status: 422, rejection: 'refused_by_app' });
  expect(await release(redemptionId, 'yes')).toEqual({ ok: true, because: 'not_with_price' });
});

describe('where prices are not the reason', () => {
  test.each(['stack', 'off'])(
    '%s: a code that wasn’t taken is released without one, or kept',
    async (combination) => {
      await setPrices(combination === 'off' ? 'lowest' : combination);
      if (combination === 'off') await pool.query('UPDATE price_settings SET is_on = false');
      const first = await reserved(club, siti, 100n);
      expect(await release(first.redemptionId, 'price')).toEqual({ ok: false, reason: 'kept' });
      expect((await rowOf(first.redemptionId)).state).toBe('issued');
      expect(await release(first.redemptionId, 'yes')).toEqual({ ok: true });
    },
  );

  test('who gives a code back themselves needs no reason', async () => {
    await setPrices('lowest');
    const { redemptionId } = await reserved(club, siti, 100n);
    expect(await release(redemptionId, 'no')).toEqual({ ok: true });
    expect((await rowOf(redemptionId)).released_because).toBeNull();
  });
});

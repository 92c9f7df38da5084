/**
 * Points beside the merchant's discounts: codes and automatic ones of every class, of which Shopify applies the best that
 * combine. What the order's applications say is what is spent; a code that gave way spends nothing.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { club, sandbox, shop } from '#test/support/sandbox-bed.ts';
import { release, siti, useRedemptions } from '#test/support/redemption-bed.ts';
import { entriesOf, setClub, walletOf } from '#test/support/clubs.ts';
import { givePoints, reserved, rowOf } from '#test/support/redemptions.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';
import { addCode, shippingOf } from '#sandbox/shopify/checkout/checkout-cart.ts';
import { placeOrder } from '#sandbox/shopify/orders.ts';
import { orderPayload } from '#sandbox/shopify/payloads/order.ts';

useRedemptions();

const PRODUCT = 'teh-melati-premium';
/** A shopper gets 30 an hour. */
const CODES = 25;
const UNITS = 100n;
/** A point pays Rp 100. */
const POINT_MINOR = 100_00n;

const discounts = fc.array(
  fc.record({
    isAutomatic: fc.boolean(),
    class: fc.constantFrom('product', 'order', 'shipping'),
    worth: fc.oneof(
      fc.record({ percent: fc.constantFrom(5, 33, 100) }),
      fc.record({ amount: fc.constantFrom('777.77', '9999', '30000') }),
    ),
    combinesWith: fc.subarray(['product', 'order', 'shipping']),
  }),
  { maxLength: 5 },
);
const settings = fc.record({
  combines_with_order: fc.boolean(),
  combines_with_product: fc.boolean(),
  combines_with_shipping: fc.boolean(),
});
/** Where among the other codes ours is typed, and how much is in the cart. */
const shopping = fc.record({ place: fc.nat(5), quantity: fc.integer({ min: 1, max: 2 }) });

async function give(
  drawn: readonly { isAutomatic: boolean; class: string; worth: object; combinesWith: string[] }[],
): Promise<string[]> {
  const state = sandbox.world.shop(DEMO_SHOP);
  [state.discounts, state.automaticDiscounts] = [[], []];
  for (const [index, { isAutomatic, worth, ...rest }] of drawn.entries()) {
    const name = isAutomatic ? { title: `Sale ${index}` } : { code: `CODE${index}` };
    const { status } = await sandbox.control('POST', '/_control/discounts', { ...name, ...worth, ...rest });
    expect(status).toBe(201);
  }
  return drawn.flatMap(({ isAutomatic }, index) => (isAutomatic ? [] : [`CODE${index}`]));
}

/** Types codes one after the other, as a shopper does, and orders with those that are left. */
function buy(codes: readonly string[], quantity: number) {
  const { world } = sandbox;
  const at = world.shop(DEMO_SHOP).shop;
  const variantId = world.findProduct(DEMO_SHOP, PRODUCT)!.variants[0]!.id;
  const shopper = { customerId: siti, lines: [{ variantId, quantity }], codes: [] as string[] };
  for (const code of codes) addCode(world, at, shopper, code);
  const outcome = placeOrder(world, DEMO_SHOP, {
    lines: shopper.lines,
    discountCodes: shopper.codes,
    customerId: siti,
    shipping: shippingOf(at),
    paid: true,
  });
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.order;
}

test('whatever else is on the order, exactly what our code took off is spent', async () => {
  let applied = 0;
  let gaveWay = 0;
  await fc.assert(
    fc.asyncProperty(discounts, settings, shopping, async (drawn, combines, { place, quantity }) => {
      await setClub(club, combines);
      await givePoints(club, siti, UNITS);
      const others = await give(drawn);
      const { code, redemptionId } = await reserved(club, siti, UNITS);
      const before = await walletOf(club, siti);
      const order = buy(others.toSpliced(place % (others.length + 1), 0, code), quantity);
      const ours = order.discountApplications.findIndex((each) => each.code === code);
      const takenMinor = [
        ...order.lines.flatMap((line) => line.allocations),
        ...(order.shippingAllocations ?? []),
      ]
        .filter(({ applicationIndex }) => applicationIndex === ours)
        .reduce((sum, { amount }) => sum + BigInt(amount), 0n);
      const history = await entriesOf(club, siti);
      await shop.tell(orderPayload(sandbox.world, DEMO_SHOP, order));
      const row = await rowOf(redemptionId);
      const added = (await entriesOf(club, siti)).slice(history.length);
      if (takenMinor > 0n) {
        applied += 1;
        const units = (takenMinor + POINT_MINOR - 1n) / POINT_MINOR;
        expect(row).toMatchObject({ state: 'settled', settled_minor: takenMinor, settled_units: units });
        expect(added.filter((entry) => entry.startsWith('redeem'))).toEqual([`redeem -${units}`]);
      } else {
        gaveWay += 1;
        expect(added.filter((entry) => entry.startsWith('redeem'))).toEqual([]);
        // Not on the order at all it still works; on it without taking anything it is over.
        expect(row.state).toBe(ours === -1 ? 'issued' : 'released');
        if (ours === -1) {
          expect((await walletOf(club, siti)).held).toBe(before.held);
          expect(await release(redemptionId)).toEqual({ ok: true });
        }
      }
      expect((await walletOf(club, siti)).held).toBe(0n);
    }),
    { numRuns: CODES, endOnFailure: true },
  );
  expect({ applied: applied > 5, gaveWay: gaveWay > 5 }).toEqual({ applied: true, gaveWay: true });
});

test("a code says what it combines with as the club's settings do", async () => {
  await givePoints(club, siti, 200n);
  for (const isOpen of [true, false]) {
    await setClub(club, {
      combines_with_order: isOpen,
      combines_with_product: !isOpen,
      combines_with_shipping: isOpen,
    });
    const { code } = await reserved(club, siti, 50n);
    expect(sandbox.world.findDiscount(DEMO_SHOP, code)?.combinesWith).toEqual({
      orderDiscounts: isOpen,
      productDiscounts: !isOpen,
      shippingDiscounts: isOpen,
    });
  }
});

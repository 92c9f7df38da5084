/** The app's Functions in the sandbox: the real bundles on carts and orders, as we read Shopify's documentation. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkCart } from '../../../extensions/shared/price/check-cart.ts';
import { DEMO_SHOP, type Loose, startTestSandbox, type TestSandbox } from '../../support/sandbox.ts';
import {
  createDiscount,
  createDiscountRaw,
  customerGid,
  priceRules,
  setMetafield,
  updateDiscount,
  variantGid,
} from '../../support/price-shop.ts';

let sandbox: TestSandbox;
const BUDI = 'budi.santoso@example.com';
const DEWI = 'dewi.lestari@example.com';
const TEA = 'teh-melati-premium';
const SAMBAL = 'sambal-roa-manado';
const ALL = ['product', 'order', 'shipping'];

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', {});
});

/** Budi is a reseller with 10 %, by the one discount of the shop. */
async function aReseller(person: object = {}, category: object = {}, terms: object = {}): Promise<string> {
  const id = await createDiscount(sandbox, { rules: priceRules(category), ...terms });
  await setMetafield(sandbox, customerGid(sandbox, BUDI), 'price', { v: 1, cat: 'reseller', ...person });
  return id;
}

const cart = async (body: object): Promise<Loose> =>
  (await sandbox.control('POST', '/_control/carts', { customer: BUDI, lines: [{ product: TEA }], ...body }))
    .body;

const order = (body: object) =>
  sandbox.control('POST', '/_control/orders', { customer: BUDI, lines: [{ product: TEA }], ...body });

/** Total of each line: tea costs 45,000, sambal 25,000. */
const totals = async (body: object = {}): Promise<string[]> =>
  (await cart(body)).cart.lines.map(({ total }: Loose) => total);

const runs = async (): Promise<Loose[]> =>
  (await sandbox.control('GET', '/_control/requests?kind=function')).body.requests;

describe('who gets the price', () => {
  test('a customer who is signed in, with the label of the category', async () => {
    await aReseller();
    const { cart: priced } = await cart({});
    expect(priced.lines[0]).toMatchObject({
      total: '40500.00',
      discounts: [{ title: 'Reseller price', amount: '4500.00' }],
    });
  });

  test("not a guest with a reseller's address, nor another customer", async () => {
    await aReseller();
    expect(await totals({ customer: null, email: BUDI })).toEqual(['45000.00']);
    expect(await totals({ signedIn: false })).toEqual(['45000.00']);
    expect(await totals({ customer: DEWI })).toEqual(['45000.00']);
  });

  test('signing in at the cart changes the price at once, tags change nothing', async () => {
    await aReseller();
    expect(await totals({ customer: null })).toEqual(['45000.00']);
    await sandbox.control('POST', `/_control/customers/${sandbox.world.findCustomer(DEMO_SHOP, BUDI)?.id}`, {
      tags: ['RESELLER', 'cat:customer'],
    });
    expect(await totals()).toEqual(['40500.00']);
  });

  test('a company has the prices of its catalog', async () => {
    await aReseller();
    expect(await totals({ company: true })).toEqual(['45000.00']);
  });

  test('at a till with POS Pro, not at one without, and not in an order over the API', async () => {
    await aReseller();
    expect(await totals({ sourceName: 'pos' })).toEqual(['40500.00']);
    await sandbox.control('POST', '/_control/functions', { posPro: false });
    expect(await totals({ sourceName: 'pos' })).toEqual(['45000.00']);
    expect(await totals({ sourceName: '12345' })).toEqual(['45000.00']);
  });

  test('a draft order that takes automatic discounts, if its customer counts as signed in', async () => {
    await aReseller();
    const draft = { sourceName: 'shopify_draft_order', acceptAutomaticDiscounts: true };
    expect(await totals(draft)).toEqual(['45000.00']);
    await sandbox.control('POST', '/_control/functions', { draftsAuthenticated: true });
    expect(await totals(draft)).toEqual(['40500.00']);
    expect(await totals({ ...draft, acceptAutomaticDiscounts: false })).toEqual(['45000.00']);
  });

  test('a subscription, if the category and the discount have them', async () => {
    const id = await aReseller({}, { subs: true }, { appliesOnSubscription: true, recurringCycleLimit: 0 });
    const lines = [{ product: TEA, subscription: true }];
    expect(await totals({ lines })).toEqual(['40500.00']);
    await updateDiscount(sandbox, id, { appliesOnSubscription: false, recurringCycleLimit: 1 });
    expect(await totals({ lines })).toEqual(['45000.00']);
  });

  test('nobody while the merchant has the discount switched off', async () => {
    const id = await aReseller();
    await sandbox.control('POST', `/_control/app-discounts/${id.split('/').at(-1)}`, { active: false });
    expect(await totals()).toEqual(['45000.00']);
  });
});

describe('amounts', () => {
  const title =
    'percents are cut off on the line, in the cart as in the price check, on 1,000 random lines: %i';
  test.each([0, 200, 400, 600, 800])(title, async (first) => {
    await aReseller({ bp: 217 });
    const { products } = sandbox.world.shop(DEMO_SHOP);
    const variants = products.filter(({ giftCard }) => !giftCard).flatMap((product) => product.variants);
    const random = Array.from({ length: 200 }, (_, place) => first + place).map((index) => ({
      variant: variants[(index * 7) % variants.length]!,
      quantity: 1 + ((index * 31) % 23),
      price: 1 + ((index * 7_919_777) % 9_999_999),
    }));
    const expected = checkCart(
      {
        rules: priceRules(),
        person: { v: 1, cat: 'reseller', bp: 217 },
        date: '2026-11-28',
        currency: 'IDR',
        rate: '1',
      },
      random.map(({ variant, quantity, price }, index) => ({
        id: String(index),
        productId: String(variant.id),
        quantity,
        unitMinor: BigInt(price),
        compareAtMinor: null,
        prices: null,
        isGiftCard: false,
        isSubscription: false,
        sets: { a: false, b: false },
      })),
    );
    const lines = random.map(({ variant, quantity, price }) => ({
      variant: variant.id,
      quantity,
      price: (price / 100).toFixed(2),
    }));
    const priced = await totals({ lines });
    expect(priced.map((each) => BigInt(each.replace('.', '')))).toEqual(
      expected.lines.map(({ totalMinor }) => totalMinor),
    );
  });

  test('three lines at different breaks, also of one variant on two lines', async () => {
    await aReseller(
      {},
      {
        breaks: [
          [10, 2000],
          [20, 3000],
        ],
      },
    );
    const lines = [
      { product: TEA, quantity: 1 },
      { product: TEA, quantity: 10 },
      { product: SAMBAL, quantity: 20 },
    ];
    expect(await totals({ lines })).toEqual(['40500.00', '360000.00', '350000.00']);
  });

  test('a list price on two lines of different quantity is off each unit', async () => {
    await aReseller({ bp: 0 }, { list: true });
    const prices = { v: 1, reseller: [[1, '4000000']] };
    await setMetafield(sandbox, variantGid(sandbox, TEA), 'prices', prices);
    const lines = [
      { product: TEA, quantity: 1 },
      { product: TEA, quantity: 3 },
    ];
    expect(await totals({ lines })).toEqual(['40000.00', '120000.00']);
  });

  test('a list price in the currency of another market', async () => {
    await aReseller({ bp: 0 }, { list: true });
    await setMetafield(sandbox, variantGid(sandbox, TEA), 'prices', { v: 1, reseller: [[1, '3000000']] });
    const { body } = await order({ currency: 'USD', rate: 0.0000613 });
    const [line] = body.order.line_items;
    // 45,000 is 2.76, 30,000 is 1.84: 0.92 off.
    expect(line.price_set.presentment_money).toEqual({ amount: '2.76', currency_code: 'USD' });
    expect(line.discount_allocations[0].amount_set.presentment_money).toEqual({
      amount: '0.92',
      currency_code: 'USD',
    });
  });

  test('only the collections of the set', async () => {
    const set = sandbox.world.shop(DEMO_SHOP).collections.find(({ title }) => title === 'Kopi & Teh');
    await aReseller({}, { only: 'a' }, { vars: { a: [`gid://shopify/Collection/${set?.id}`], b: [] } });
    expect(await totals({ lines: [{ product: TEA }, { product: SAMBAL }] })).toEqual([
      '40500.00',
      '25000.00',
    ]);
  });

  test('items on sale, if the category leaves them out', async () => {
    await aReseller({}, { sale: false });
    sandbox.world.findProduct(DEMO_SHOP, TEA)!.variants[0]!.compareAtPrice = 5_000_000;
    expect(await totals({ lines: [{ product: TEA }, { product: SAMBAL }] })).toEqual([
      '45000.00',
      '22500.00',
    ]);
  });
});

describe('beside other discounts', () => {
  const combinesWith = { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true };
  const discount = (body: object) => sandbox.control('POST', '/_control/discounts', body);

  test('a code of the order stands beside it when both allow it, from what the price left', async () => {
    await aReseller({}, {}, { combinesWith });
    await discount({ code: 'ORDER', percent: 10, combinesWith: ALL });
    expect(await totals({ discountCodes: ['ORDER'] })).toEqual(['36450.00']);
  });

  test.each([
    [5, '40500.00', [{ code: 'ORDER', reason: 'not_combinable' }]],
    [20, '36000.00', []],
  ])(
    'without that the larger saving wins, in any order of entry: %i %%',
    async (percent, total, rejected) => {
      await aReseller();
      await discount({ code: 'ORDER', percent });
      const seen = await cart({ discountCodes: ['ORDER'] });
      expect([seen.cart.lines[0].total, seen.rejected]).toEqual([total, rejected]);
    },
  );

  test('a line has one product discount, the one that takes more off it', async () => {
    await aReseller({}, {}, { combinesWith });
    await discount({ title: 'Tea week', class: 'product', percent: 30, products: [TEA], combinesWith: ALL });
    const { cart: priced } = await cart({ lines: [{ product: TEA }, { product: SAMBAL }] });
    expect(
      priced.lines.map(({ total, discounts }: Loose) => [total, discounts.length, discounts[0].title]),
    ).toEqual([
      ['31500.00', 1, 'Tea week'],
      ['22500.00', 1, 'Reseller price'],
    ]);
  });

  test('codes of the club are refused with the words of the shop, others are not', async () => {
    const refuse = { prefix: 'SETIA-', message: "Points can't be used with reseller prices." };
    const id = await createDiscount(sandbox, { rules: { ...priceRules(), refuse }, combinesWith });
    expect(id).toMatch(/DiscountAutomaticNode/);
    await setMetafield(sandbox, customerGid(sandbox, BUDI), 'price', { v: 1, cat: 'reseller' });
    await discount({ code: 'SETIA-7K2M', amount: 30_000, combinesWith: ALL });
    await discount({ code: 'WELCOME', amount: 1_000, combinesWith: ALL });
    const seen = await cart({ discountCodes: ['setia-7k2m', 'WELCOME'] });
    expect(seen.rejected).toEqual([
      { code: 'setia-7k2m', reason: 'refused_by_app', message: refuse.message },
    ]);
    expect(seen.cart.lines[0].total).toBe('39500.00');
    const { status, body } = await order({ discountCodes: ['SETIA-7K2M'] });
    expect([status, body.rejection, body.message]).toEqual([422, 'refused_by_app', refuse.message]);
  });
});

describe('the order', () => {
  test('carries an application for each value, of the kind explicit, and what each line got', async () => {
    await aReseller({ bp: 1275 }, { breaks: [[10, 2000]] });
    const { body } = await order({
      lines: [
        { product: TEA, quantity: 1 },
        { product: SAMBAL, quantity: 10 },
      ],
    });
    expect(body.order.discount_applications).toEqual([
      {
        target_type: 'line_item',
        type: 'automatic',
        value: '12.75',
        value_type: 'percentage',
        allocation_method: 'each',
        target_selection: 'explicit',
        title: 'Reseller price',
        description: 'Reseller price',
      },
      expect.objectContaining({ value: '20.0', title: 'Reseller price' }),
    ]);
    const allocations = body.order.line_items.map((line: Loose) => line.discount_allocations);
    expect(allocations).toEqual([
      [expect.objectContaining({ amount: '5737.50', discount_application_index: 0 })],
      [expect.objectContaining({ amount: '50000.00', discount_application_index: 1 })],
    ]);
    expect(body.order.total_discounts).toBe('55737.50');
    expect(body.order.discount_codes).toEqual([]);
  });

  test('is webhooked with them', async () => {
    await aReseller();
    await order({});
    await sandbox.control('POST', '/_control/idle', {});
    const paid = sandbox.receiver.received.filter(({ topic }) => topic === 'orders/paid').at(-1);
    expect(paid?.payload.discount_applications[0]).toMatchObject({
      type: 'automatic',
      title: 'Reseller price',
    });
  });

  test('without a label the title of the discount is shown', async () => {
    await aReseller({}, { label: undefined });
    const { body } = await order({});
    expect(body.order.discount_applications[0].title).toBe('Setia prices');
  });
});

describe('a run that fails', () => {
  test('takes nothing off, the cart works, and the console has it', async () => {
    await aReseller({ bp: 100 }, { list: true });
    const variant = variantGid(sandbox, TEA);
    await setMetafield(sandbox, variant, 'prices', {
      v: 1,
      reseller: [
        [1, '4000000'],
        [10, '3900000'],
      ],
    });
    const lines = Array.from({ length: 200 }, (_, index) => ({ product: TEA, price: 45_000 + index }));
    const priced = await totals({ lines });
    expect(priced[0]).toBe('45000.00');
    expect((await runs())[0]).toMatchObject({
      operation: 'category-price',
      outcome: 'function_error',
      detail: expect.stringMatching(/^InstructionCountLimitExceeded/),
    });
  });

  test('input above 128 kB does not run', async () => {
    await aReseller({ bp: 100 }, { list: true });
    const prices = { v: 1, reseller: [[1, '4000000']], other: 'x'.repeat(9_000) };
    await setMetafield(sandbox, variantGid(sandbox, TEA), 'prices', prices);
    await totals({ lines: Array.from({ length: 20 }, () => ({ product: TEA })) });
    expect((await runs())[0]).toMatchObject({ detail: expect.stringMatching(/^InputTooLarge/) });
  });

  test('a metafield above 10,000 bytes is not there', async () => {
    await aReseller({}, { filler: 'x'.repeat(11_000) });
    expect(await totals()).toEqual(['45000.00']);
    expect(await runs()).toEqual([]);
  });
});

describe('discountAutomaticAppCreate and -Update', () => {
  test.each([
    [{ title: '' }, 'BLANK'],
    [{ functionHandle: undefined }, 'MISSING_FUNCTION_IDENTIFIER'],
    [{ functionHandle: 'volume' }, 'INVALID'],
    [{ functionHandle: 'members-only' }, 'INVALID'],
    [{ recurringCycleLimit: -1 }, 'RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER'],
    [{ recurringCycleLimit: 0 }, 'MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS'],
    [{ appliesOnOneTimePurchase: false, appliesOnSubscription: false }, 'APPLIES_ON_NOTHING'],
    [{ endsAt: '2020-01-01T00:00:00Z' }, 'END_DATE_BEFORE_START_DATE'],
  ])('refuse %j', async (terms, code) => {
    const { userErrors } = await createDiscountRaw(sandbox, terms);
    expect(userErrors.map((each: Loose) => each.code)).toEqual([code]);
    expect(sandbox.world.shop(DEMO_SHOP).appDiscounts ?? []).toEqual([]);
  });

  test('refuse a title that is taken, and the 26th that is active, in words', async () => {
    await createDiscount(sandbox, { title: 'Prices' });
    const { userErrors } = await createDiscountRaw(sandbox, { title: 'Prices' });
    expect(userErrors[0]).toMatchObject({ code: 'TAKEN', field: ['automaticAppDiscount', 'title'] });
    for (let index = 0; index < 24; index++) {
      await sandbox.control('POST', '/_control/discounts', { title: `Sale ${index}`, percent: 1 });
    }
    const { userErrors: overlaps } = await createDiscountRaw(sandbox, { title: 'More' });
    expect(overlaps[0]).toMatchObject({
      code: 'ACTIVE_PERIOD_OVERLAP',
      message:
        'Active period overlaps with other automatic discounts. At any given time, only 25 automatic discounts can be active.',
    });
  });

  test('change what combines; what was not sent is not the default again', async () => {
    const id = await aReseller();
    const updated = await updateDiscount(sandbox, id, {
      combinesWith: { orderDiscounts: true, productDiscounts: false, shippingDiscounts: true },
    });
    expect(updated.userErrors).toEqual([]);
    expect(updated.automaticAppDiscount.combinesWith).toMatchObject({
      orderDiscounts: true,
      productDiscounts: false,
    });
    expect(await totals()).toEqual(['40500.00']);
  });
});

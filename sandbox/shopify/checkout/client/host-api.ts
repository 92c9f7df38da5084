import type { CheckoutCart } from '../checkout-cart.ts';
import { type Catalogue, createHostI18n } from './i18n.ts';

/** What the checkout tells its extension host. */
export interface HostSettings {
  base: string;
  locale: string;
  catalogues: Catalogue[];
  shop: { id: number; name: string; domain: string; timeZone: string; countryCode: string };
  customer: { id: string; email: string | null; phone: string | null } | null;
  cart: CheckoutCart;
}

/** A value that components follow; the extension brings the class (see `setSignals`). */
interface HostSignal<T> {
  value: T;
}

type SignalClass = new <T>(value: T) => HostSignal<T>;

/** A discount code change as an extension asks for it. */
interface CodeChange {
  type: 'addDiscountCode' | 'removeDiscountCode';
  code: string;
}

const STORAGE_PREFIX = 'setia-checkout-redeem:';
const TARGET = 'purchase.checkout.block.render';

/** Until the extension hands over its Signal class a plain box does. */
class PlainSignal<T> implements HostSignal<T> {
  value: T;
  constructor(value: T) {
    this.value = value;
  }
}

/**
 * Builds the global `shopify` of a checkout extension over the sandbox's cart. What the sandbox does not simulate
 * is absent, so that using it fails loudly.
 * @param onCart told each cart that a change of the extension led to
 */
export function createHostApi(settings: HostSettings, onCart: (cart: CheckoutCart) => void) {
  let signals = createSignals(PlainSignal, settings, settings.cart);
  let lastCart = settings.cart;
  const showCart = (cart: CheckoutCart) => {
    lastCart = cart;
    for (const update of signals.updates) update(cart);
  };
  const fixed = fixedParts(settings);
  const shopify = {
    ...fixed,
    setSignals: (signalClass: SignalClass) => {
      signals = createSignals(signalClass, settings, lastCart);
    },
    extend: (target: string, render: () => unknown) => {
      if (target !== TARGET) throw new Error(`the sandbox's checkout has no target ${target}`);
      void render();
    },
    get buyerIdentity() {
      return signals.buyerIdentity;
    },
    get cost() {
      return signals.cost;
    },
    get lines() {
      return signals.lines;
    },
    get discountCodes() {
      return signals.discountCodes;
    },
    get discountAllocations() {
      return signals.discountAllocations;
    },
    get instructions() {
      return signals.instructions;
    },
    get localization() {
      return signals.localization;
    },
    get settings() {
      return signals.settings;
    },
    applyDiscountCodeChange: async (change: CodeChange) => {
      const { result, cart } = await post<{ result: unknown; cart: CheckoutCart }>(
        `${settings.base}/codes`,
        change,
      );
      showCart(cart);
      onCart(cart);
      return result;
    },
  };
  return { shopify, showCart };
}

function createSignals(SignalOf: SignalClass, settings: HostSettings, cart: CheckoutCart) {
  const updates: ((cart: CheckoutCart) => void)[] = [];
  const follow = <T>(read: (cart: CheckoutCart) => T): HostSignal<T> => {
    const signal = new SignalOf(read(cart));
    updates.push((next) => (signal.value = read(next)));
    return signal;
  };
  const money = (read: (cart: CheckoutCart) => number) =>
    follow((each) => ({ amount: read(each), currencyCode: each.currency }));
  const { customer, shop, locale } = settings;
  const canChangeCodes = new URLSearchParams(location.search).get('codes') !== 'blocked';
  return {
    updates,
    buyerIdentity: {
      customer: new SignalOf(customer ? { id: customer.id } : undefined),
      email: new SignalOf(customer?.email ?? undefined),
      phone: new SignalOf(customer?.phone ?? undefined),
      purchasingCompany: new SignalOf(undefined),
    },
    cost: {
      subtotalAmount: money((each) => each.subtotal),
      totalShippingAmount: money((each) => each.shipping),
      totalTaxAmount: money((each) => each.tax),
      totalAmount: money((each) => each.total),
    },
    lines: follow((each) => each.lines.map((line) => lineOf(line, each.currency))),
    discountCodes: follow((each) => each.codes.map((code) => ({ code }))),
    discountAllocations: follow((each) =>
      each.allocations.map(({ code, amount }) => ({
        type: 'code',
        code,
        discountedAmount: { amount, currencyCode: each.currency },
      })),
    ),
    instructions: new SignalOf({ discounts: { canUpdateDiscountCodes: canChangeCodes } }),
    localization: {
      currency: new SignalOf({ isoCode: cart.currency }),
      language: new SignalOf({ isoCode: locale }),
      extensionLanguage: new SignalOf({ isoCode: locale }),
      country: new SignalOf({ isoCode: shop.countryCode }),
      timezone: new SignalOf(shop.timeZone),
    },
    settings: new SignalOf({}),
  };
}

function lineOf(line: CheckoutCart['lines'][number], currencyCode: string) {
  return {
    id: line.id,
    quantity: line.quantity,
    merchandise: { type: 'variant', id: line.variantId, title: line.title },
    cost: { totalAmount: { amount: line.amount - line.discount, currencyCode } },
    attributes: [],
    discountAllocations: [],
  };
}

function fixedParts({ base, locale, catalogues, shop }: HostSettings) {
  return {
    extension: { target: TARGET, apiVersion: '2026-07' },
    i18n: createHostI18n(locale, catalogues),
    sessionToken: {
      get: async () => (await post<{ token: string }>(`${base}/session-token`, {})).token,
    },
    shop: {
      id: `gid://shopify/Shop/${shop.id}`,
      name: shop.name,
      myshopifyDomain: shop.domain,
      storefrontUrl: location.origin + base.replace(/\/checkout$/, ''),
    },
    storage: {
      read: async (key: string): Promise<unknown> =>
        JSON.parse(localStorage.getItem(STORAGE_PREFIX + key) ?? 'null'),
      write: async (key: string, data: unknown) =>
        localStorage.setItem(STORAGE_PREFIX + key, JSON.stringify(data)),
      delete: async (key: string) => localStorage.removeItem(STORAGE_PREFIX + key),
    },
  };
}

async function post<T>(path: string, body: unknown): Promise<T> {
  const response = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`the checkout answered ${response.status} for ${path}`);
  const answer: T = await response.json();
  return answer;
}

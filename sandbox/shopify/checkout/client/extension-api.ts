import type { CheckoutCart } from '../checkout-cart.ts';
import { createHostI18n } from './i18n.ts';
import type { CheckoutServices, CodeChange, WorkerSettings } from './worker-protocol.ts';

/** A value that components follow; the extension brings the class (see `setSignals`). */
interface HostSignal<T> {
  value: T;
}

type SignalClass = new <T>(value: T) => HostSignal<T>;

const TARGET = 'purchase.checkout.block.render';

/** A plain box is used until the extension provides its Signal class. */
class PlainSignal<T> implements HostSignal<T> {
  value: T;
  constructor(value: T) {
    this.value = value;
  }
}

/**
 * Builds the global `shopify` of a checkout extension over the sandbox's cart. What the sandbox doesn't simulate is
 * absent, so that using it fails loudly.
 * @returns the global; `showCart` for a cart that changed; `render`, which runs what the bundle registered
 */
export function createExtensionApi(settings: WorkerSettings, services: CheckoutServices) {
  let signals = createSignals(PlainSignal, settings, settings.cart);
  let lastCart = settings.cart;
  let registered: (() => unknown) | null = null;
  const shopify = {
    ...fixedParts(settings, services),
    setSignals: (signalClass: SignalClass) => {
      signals = createSignals(signalClass, settings, lastCart);
    },
    extend: (target: string, render: () => unknown) => {
      if (target !== TARGET) throw new Error(`the sandbox's checkout has no target ${target}`);
      registered = render;
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
    applyDiscountCodeChange: (change: CodeChange) => services.changeCode(change),
  };
  return {
    shopify,
    showCart: (cart: CheckoutCart) => {
      lastCart = cart;
      for (const update of signals.updates) update(cart);
    },
    render: async () => {
      if (!registered) throw new Error(`the bundle registered nothing for ${TARGET}`);
      await registered();
    },
  };
}

function createSignals(SignalOf: SignalClass, settings: WorkerSettings, cart: CheckoutCart) {
  const updates: ((cart: CheckoutCart) => void)[] = [];
  const follow = <T>(read: (cart: CheckoutCart) => T): HostSignal<T> => {
    const signal = new SignalOf(read(cart));
    updates.push((next) => (signal.value = read(next)));
    return signal;
  };
  const money = (read: (cart: CheckoutCart) => number) =>
    follow((each) => ({ amount: read(each), currencyCode: each.currency }));
  const { customer, shop, locale, canChangeCodes } = settings;
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
      each.allocations.map(({ code, title, amount }) => ({
        ...(code === null ? { type: 'automatic', title } : { type: 'code', code }),
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

function fixedParts({ storefrontUrl, locale, catalogues, shop }: WorkerSettings, services: CheckoutServices) {
  return {
    extension: { target: TARGET, apiVersion: '2026-07' },
    i18n: createHostI18n(locale, catalogues),
    sessionToken: { get: () => services.getSessionToken() },
    shop: {
      id: `gid://shopify/Shop/${shop.id}`,
      name: shop.name,
      myshopifyDomain: shop.domain,
      storefrontUrl,
    },
    storage: {
      read: (key: string) => services.readStored(key),
      write: (key: string, data: unknown) => services.writeStored(key, data),
      delete: (key: string) => services.deleteStored(key),
    },
  };
}

/// <reference types="@shopify/ui-extensions/pos.customer-details.action.render" />
import { type Signal, signal } from '@preact/signals';
import { vi } from 'vitest';
import { createHostI18n } from '#sandbox/shopify/extensions/client/i18n.ts';
import type { Till, TillCart } from '../../extensions/pos-club/src/till.ts';
import { cataloguesOf } from './extension-page.ts';
import { StaffServer } from './staff-server.ts';

/** A till around an extension, as far as a test turns it. */
export interface PosHost {
  server: StaffServer;
  cart: Signal<TillCart>;
  connectivity: Signal<{ internetConnected: 'Connected' | 'Disconnected' }>;
  /** Each change of the cart, as "add CODE", "remove", "customer 7". */
  changes: string[];
  /** How many codes the till refuses before it takes one. */
  refusals: number;
  stored: Map<string, unknown>;
  toasts: string[];
  mayUseApp: boolean;
  till: Till;
}

/** The tester throws for a key that is absent; a till without a customer has none. */
const NO_CUSTOMER = { customer: undefined } as object;

/** The till's cart of Rp 150,000. */
export const posCart = (changes: Partial<TillCart> = {}): TillCart => ({
  ...NO_CUSTOMER,
  ...{ editable: true, subtotal: '150000.00', cartDiscounts: [] },
  lineItems: [{ variantId: 11, quantity: 2 }],
  ...changes,
});

/** Makes a till; its parts are those that the extension asks of Shopify's. */
export function makeTill(locale: 'en' | 'id' = 'en'): PosHost {
  vi.stubEnv('APP_URL', 'https://app.example.test/');
  const host: Omit<PosHost, 'till'> = {
    server: new StaffServer(),
    cart: signal(posCart()),
    connectivity: signal({ internetConnected: 'Connected' }),
    ...{ changes: [], refusals: 0, stored: new Map(), toasts: [], mayUseApp: true },
  };
  const codesOf = () => host.cart.value.cartDiscounts;
  const till: Till = {
    i18n: createHostI18n(locale, cataloguesOf('pos-club', locale)),
    session: {
      currentSession: { currency: 'IDR' },
      getSessionToken: async () => (host.mayUseApp ? 'staff-token' : undefined),
    },
    connectivity: { current: host.connectivity },
    storage: {
      get: async (key) => structuredClone(host.stored.get(key)),
      set: async (key, value) => void host.stored.set(key, structuredClone(value)),
      delete: async (key) => host.stored.delete(key),
    },
    toast: { show: (content) => void host.toasts.push(content) },
    cart: {
      current: host.cart,
      addCartCodeDiscount: async (code) => {
        host.changes.push(`add ${code}`);
        if (host.refusals-- > 0) throw new Error('The code does not apply');
        const discount = { amount: 5_000, type: 'Code', discountDescription: code };
        host.cart.value = { ...host.cart.value, cartDiscounts: [...codesOf(), discount] };
      },
      removeCartDiscount: async () => {
        host.changes.push('remove');
        host.cart.value = { ...host.cart.value, cartDiscounts: [] };
      },
      setCustomer: async ({ id }) => {
        host.changes.push(`customer ${id}`);
        host.cart.value = { ...host.cart.value, customer: { id } };
      },
    },
  };
  return Object.assign(host, { till });
}

/** Puts the till's parts into the tester's `shopify`. Its proxy throws for what its mock does not have: it is defined instead. */
export function installTill(shopify: object, { till }: PosHost): void {
  for (const [name, value] of Object.entries(till))
    Object.defineProperty(shopify, name, { value, configurable: true, enumerable: true, writable: true });
}

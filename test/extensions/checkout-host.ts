/// <reference types="@shopify/ui-extensions/purchase.checkout.block.render" />
import { readFileSync } from 'node:fs';
import { type Signal, signal } from '@preact/signals';
import { getExtension } from '@shopify/ui-extensions-tester';
import { configure, fireEvent, waitFor } from '@testing-library/preact';
import { expect, vi } from 'vitest';
import { type Catalogue, createHostI18n } from '#sandbox/shopify/extensions/client/i18n.ts';
import { type ClubServer, createClubServer } from './club-server.ts';

const FOLDER = `${process.cwd()}/extensions/checkout-redeem`;
/** Who is signed in unless a test says otherwise. */
export const CUSTOMER_ID = 'gid://shopify/Customer/7001';

/** The default of 1 s is the machine's, not the product's. */
configure({ asyncUtilTimeout: 30_000 });

/** The official tester's harness for the block. */
export const extension = getExtension('purchase.checkout.block.render', { configSearchDir: FOLDER });

/** What a test sees and turns of the checkout around the block. */
export interface CheckoutHost {
  server: ClubServer;
  customer: Signal<{ id: string } | undefined>;
  codes: Signal<{ code: string }[]>;
  subtotal: Signal<{ amount: number; currencyCode: 'IDR' | 'USD' }>;
  /** Each call of applyDiscountCodeChange, as "add CODE" or "remove CODE". */
  changes: string[];
  /** When set, the checkout answers a change with an error. */
  refuseChange: 'add' | 'remove' | null;
  /** How many of such changes it refuses before it takes one. */
  refusals: number;
  stored: Map<string, unknown>;
}

/** The catalogue of a language. */
export function catalogueOf(locale: 'en' | 'id'): Catalogue {
  const file = locale === 'en' ? 'en.default.json' : 'id.json';
  const catalogue: Catalogue = JSON.parse(readFileSync(`${FOLDER}/locales/${file}`, 'utf8'));
  return catalogue;
}

/** Sets the harness up as a checkout of Rp 150,000 with a signed-in customer. Call before `render`. */
export function setUpCheckout(locale: 'en' | 'id' = 'en'): CheckoutHost {
  vi.stubEnv('APP_URL', 'https://app.example.test/');
  extension.setUp();
  const host: CheckoutHost = {
    server: createClubServer(),
    customer: signal({ id: CUSTOMER_ID }),
    codes: signal([]),
    subtotal: signal({ amount: 150000, currencyCode: 'IDR' }),
    changes: [],
    refuseChange: null,
    refusals: Infinity,
    stored: new Map(),
  };
  extension.fetch = host.server.fetch;
  const { shopify } = extension;
  shopify.i18n = createHostI18n(locale, [catalogueOf(locale), catalogueOf('en')]) as typeof shopify.i18n;
  setCustomer(host.customer);
  shopify.discountCodes = host.codes as unknown as typeof shopify.discountCodes;
  shopify.cost.subtotalAmount = host.subtotal as unknown as typeof shopify.cost.subtotalAmount;
  shopify.storage = {
    read: async (key: string) => structuredClone(host.stored.get(key) ?? null),
    write: async (key: string, data: unknown) => void host.stored.set(key, structuredClone(data)),
    delete: async (key: string) => void host.stored.delete(key),
  } as typeof shopify.storage;
  shopify.applyDiscountCodeChange = async (change: { type: string; code: string }) => {
    const verb = change.type === 'addDiscountCode' ? 'add' : 'remove';
    host.changes.push(`${verb} ${change.code}`);
    if (host.refuseChange === verb && host.refusals-- > 0) return { type: 'error', message: 'not now' };
    const others = host.codes.value.filter(({ code }) => code !== change.code);
    host.codes.value = verb === 'add' ? [...others, { code: change.code }] : others;
    return { type: 'success' };
  };
  return host;
}

/** The tester's mock has no `buyerIdentity`, and its proxy refuses to assign one: it is defined instead. */
function setCustomer(customer: CheckoutHost['customer']): void {
  Object.defineProperty(extension.shopify, 'buyerIdentity', {
    value: { customer },
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

/** Takes the harness down. */
export function tearDownCheckout(): void {
  extension.tearDown();
  vi.unstubAllEnvs();
}

/**
 * All that the shopper can read, with plain spaces. A banner's heading and a field's error are attributes
 * here: jsdom knows no `s-*` element, so Preact cannot set them as properties.
 */
export function screenText(): string {
  const inAttributes = [...document.body.querySelectorAll('[heading], [error]')].map(
    (element) => `${element.getAttribute('heading') ?? ''} ${element.getAttribute('error') ?? ''}`,
  );
  return [document.body.textContent, ...inAttributes].join(' ').replaceAll('\u00a0', ' ');
}

/** Waits until the shopper can read `text`. */
export async function seeText(text: string | RegExp): Promise<void> {
  await waitFor(() => expect(screenText()).toMatch(text));
}

/** The button, chip or toggle with this text. */
export function control(text: string): HTMLElement {
  const all = [...document.body.querySelectorAll<HTMLElement>('s-button, s-clickable-chip, s-press-button')];
  const found = all.find((element) => element.textContent === text);
  if (!found) throw new Error(`no "${text}" among: ${all.map((element) => element.textContent).join(', ')}`);
  return found;
}

/** Presses it. */
export const press = (text: string): boolean => fireEvent.click(control(text));

/** Types into the amount field. */
export function type(text: string): void {
  const field = document.body.querySelector('s-number-field');
  if (!field) throw new Error('no amount field');
  field.value = text;
  fireEvent.input(field);
}

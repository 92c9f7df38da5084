/** From a wish to a code on the cart and back, against a cart and a club that fail in every way. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createApi } from '../../extensions/theme-scripts/api.ts';
import type { Cart, CartCode } from '../../extensions/theme-scripts/cart.ts';
import { redeem, undo, type RedeemParts } from '../../extensions/theme-scripts/redeem.ts';
import type { ClubRedemption } from '../../extensions/shared/club-api.ts';

const OURS: ClubRedemption = {
  id: '0f0e8a52-1f4f-4a0f-8a11-5f0a6f0c9f0e',
  unit: 'POINTS',
  units: '50',
  amountMinor: '500000',
  code: 'SETIA-1',
  reward: null,
  expiresAt: '2026-12-01T00:00:00.000Z',
};

/** The shop: its cart's codes, which of them fit, and what the club says to each request, in order. */
let codes: string[];
let fits: (code: string, all: readonly string[]) => boolean;
let club: { status: number; body: unknown }[];
let sent: { path: string; body: Record<string, unknown> }[];
let cartFails: boolean;

const shown = (): CartCode[] => codes.map((code) => ({ code, applicable: fits(code, codes) }));
const cart = (): Cart => ({ currency: 'IDR', total_price: 6_500_000, items: [], discount_codes: shown() });

beforeEach(() => {
  [codes, club, sent, cartFails] = [[], [], [], false];
  fits = () => true;
  sessionStorage.clear();
  delete window.Shopify;
  globalThis.fetch = async (input, init) => {
    const path = String(input);
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : {};
    sent.push({ path, body });
    if (!path.includes('/apps/')) {
      if (cartFails) throw new Error('no connection');
      if (path.endsWith('update.js')) codes = String(body.discount).split(',').filter(Boolean);
      return Response.json(cart());
    }
    const next = club.length > 1 ? club.shift() : club[0];
    if (!next || next.status === 0) throw new Error('no connection');
    return Response.json(next.body, { status: next.status });
  };
});

const parts = (): RedeemParts => ({
  api: createApi('/id/apps/setia'),
  root: '/id',
  pause: () => Promise.resolve(),
});
const pay = () => redeem(parts(), cart(), { kind: 'pay', unit: 'POINTS', units: '50' });
const reserved = { status: 200, body: { ok: true, redemption: OURS } };
const released = { status: 200, body: { ok: true } };
const asked = (end: string) => sent.filter(({ path }) => path.endsWith(end));

/** `Shopify.actions` over the same cart. */
function withActions(): { discountCodes: string[] }[] {
  const changes: { discountCodes: string[] }[] = [];
  window.Shopify = {
    actions: {
      getCart: async () => ({ cart: { discountCodes: shown() } }),
      updateCart: async (change) => {
        changes.push(change);
        codes = change.discountCodes;
        return { cart: { discountCodes: shown() }, userErrors: [] };
      },
    },
  };
  return changes;
}

describe('a code that fits', () => {
  test('is added to the codes of others, all of them sent, by Shopify where it can', async () => {
    codes = ['SUMMER'];
    const changes = withActions();
    club = [reserved];
    expect(await pay()).toMatchObject({ kind: 'applied', isRefreshed: true, lostCode: null });
    expect(changes).toEqual([{ discountCodes: ['SUMMER', 'SETIA-1'] }]);
    expect(asked('/cart/update.js')).toEqual([]);
  });

  test("by the cart's own address where Shopify's actions are missing", async () => {
    codes = ['SUMMER'];
    club = [reserved];
    expect(await pay()).toMatchObject({ kind: 'applied', isRefreshed: false });
    expect(asked('/id/cart/update.js')[0]?.body).toEqual({ discount: 'SUMMER,SETIA-1' });
  });

  test("by the cart's own address where Shopify's actions fail", async () => {
    withActions();
    window.Shopify!.actions!.updateCart = () => Promise.reject(new Error('no'));
    club = [reserved];
    expect(await pay()).toMatchObject({ kind: 'applied', isRefreshed: false });
  });

  test('by its link where the cart can’t be changed at all: nothing is given back', async () => {
    club = [reserved];
    cartFails = true;
    expect(await pay()).toMatchObject({ kind: 'link', redemption: { code: 'SETIA-1' } });
    expect(asked('/release')).toEqual([]);
  });

  test('that drives another code off says which', async () => {
    codes = ['SUMMER'];
    fits = (code, all) => code !== 'SUMMER' || all.length === 1;
    club = [reserved];
    expect(await pay()).toMatchObject({ kind: 'applied', lostCode: 'SUMMER' });
    expect(codes).toEqual(['SUMMER', 'SETIA-1']);
  });
});

describe('a code that takes nothing off', () => {
  test('is released at once and leaves the cart as it was', async () => {
    codes = ['SUMMER'];
    fits = (code) => code !== 'SETIA-1';
    club = [reserved, released];
    expect(await pay()).toEqual({ kind: 'not_applicable', because: null });
    expect(codes).toEqual(['SUMMER']);
    expect(asked(`/redemptions/${OURS.id}/release?unapplied=yes`)).toHaveLength(1);
  });

  test('because of the customer’s own price says so', async () => {
    fits = () => false;
    club = [reserved, { status: 200, body: { ok: true, because: 'price_is_lower' } }];
    expect(await pay()).toEqual({ kind: 'not_applicable', because: 'price_is_lower' });
  });

  test('that can’t be released says that its value returns by itself', async () => {
    fits = () => false;
    club = [reserved, { status: 503, body: {} }];
    expect(await pay()).toEqual({ kind: 'kept' });
  });

  test('at first only is tried again: a fresh code takes a moment', async () => {
    let looks = 0;
    fits = () => ++looks > 1;
    club = [reserved];
    expect(await pay()).toMatchObject({ kind: 'applied' });
  });
});

describe('before there is a code', () => {
  test('a refusal comes with its figures, and the cart stays as it is', async () => {
    const refusal = {
      ok: false,
      reason: 'below_minimum_cart',
      available: '50',
      minimum: '10',
      minimumCartMinor: '9',
    };
    club = [{ status: 409, body: refusal }];
    expect(await pay()).toEqual({ kind: 'refused', reason: 'below_minimum_cart', refusal });
    expect(asked('/cart/update.js')).toEqual([]);
  });

  test('an unknown outcome is asked for with the same key, also after a reload', async () => {
    club = [{ status: 0, body: null }];
    expect(await pay()).toEqual({ kind: 'unknown' });
    club = [reserved];
    expect(await pay()).toMatchObject({ kind: 'applied' });
    const keys = new Set(asked('/redemptions').map(({ body }) => body.key));
    expect(keys.size).toBe(1);
    club = [reserved];
    await pay();
    expect(new Set(asked('/redemptions').map(({ body }) => body.key)).size).toBe(2);
  });

  test('pending at Shopify is asked again', async () => {
    const pending = { status: 409, body: { ok: false, reason: 'pending', available: '0', minimum: '0' } };
    club = [pending, pending, reserved];
    expect(await pay()).toMatchObject({ kind: 'applied' });
  });
});

describe('taking it back', () => {
  test('the code leaves the cart, the others stay, the value returns', async () => {
    codes = ['SUMMER', 'setia-1'];
    club = [released];
    expect(await undo(parts(), OURS)).toEqual({ result: 'returned', isRefreshed: false });
    expect(codes).toEqual(['SUMMER']);
  });

  test('one that an order has used stays used; one that is gone is back', async () => {
    club = [{ status: 409, body: { ok: false, reason: 'used' } }];
    expect((await undo(parts(), OURS)).result).toBe('used');
    club = [{ status: 404, body: null }];
    expect((await undo(parts(), OURS)).result).toBe('returned');
  });
});

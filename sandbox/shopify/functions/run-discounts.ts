/** Runs the app's automatic discounts on a cart. */
import { z } from 'zod';

import type { AppDiscount } from '../../state.ts';
import { type World } from '../../world.ts';
import { findMetafield } from '../admin-graphql/sources/metafield.ts';
import { discountStatus } from '../discounts.ts';
import { localTime } from '../payloads/local-time.ts';
import type { Cart, PricedLine } from '../pricing.ts';
import {
  cartLineIndex,
  cartSource,
  channelOf,
  currencyOf,
  fromPresentment,
  metafieldOf,
} from './cart-source.ts';
import { functionHost } from './load-functions.ts';
import { recordRun } from './record-run.ts';

/** What one candidate of a Function takes off lines: a percent of their totals, or an amount, of each unit or at most once. */
export interface FunctionCandidate {
  message: string | null;
  /** Places of its lines in the cart. */
  lines: ReadonlySet<number>;
  value:
    | { kind: 'percentage'; percent: string }
    /** In minor units of the shop's currency. */
    | { kind: 'fixed_amount'; amount: number; isEach: boolean };
}

/** An app discount with what its Function decided. */
export interface FunctionDiscount {
  discount: AppDiscount;
  candidates: FunctionCandidate[];
}

export interface FunctionDiscounts {
  discounts: FunctionDiscount[];
  /** Codes that a Function refused, as they were entered, with its message. */
  refused: { code: string; message: string }[];
}

const decimal = z.union([z.string(), z.number()]).transform(String);

const result = z.object({
  operations: z.array(
    z.object({
      productDiscountsAdd: z
        .object({
          selectionStrategy: z.enum(['FIRST', 'MAXIMUM', 'ALL']),
          candidates: z.array(
            z.object({
              message: z.string().nullish(),
              targets: z.array(z.object({ cartLine: z.object({ id: z.string() }) })),
              value: z.object({
                percentage: z.object({ value: decimal }).nullish(),
                fixedAmount: z
                  .object({ amount: decimal, appliesToEachItem: z.boolean().nullish() })
                  .nullish(),
              }),
            }),
          ),
        })
        .nullish(),
      enteredDiscountCodesReject: z
        .object({ codes: z.array(z.object({ code: z.string() })), message: z.string() })
        .nullish(),
    }),
  ),
});

type Result = z.output<typeof result>;
type Added = NonNullable<Result['operations'][number]['productDiscountsAdd']>;

/**
 * Runs every active app discount on a cart. A run that fails takes nothing off, and is stored for the console.
 * @param codes that are entered, as the shop wrote them
 */
export function runDiscountFunctions(
  world: World,
  domain: string,
  cart: Cart,
  lines: readonly PricedLine[],
  codes: readonly string[],
): FunctionDiscounts {
  const active = activeDiscounts(world, domain, cart);
  const all: FunctionDiscounts = { discounts: [], refused: [] };
  if (active.length === 0 || lines.length === 0) return all;
  for (const discount of active) {
    const output = runOne(world, domain, { cart, lines, codes }, discount);
    if (!output) continue;
    const candidates = output.operations
      .flatMap(({ productDiscountsAdd }) => (productDiscountsAdd ? chosen(productDiscountsAdd) : []))
      .map((candidate) => toCandidate(world, domain, cart, discount, candidate));
    all.discounts.push({ discount, candidates: candidates.filter((each) => each.lines.size > 0) });
    for (const { enteredDiscountCodesReject: refusal } of output.operations) {
      all.refused.push(
        ...(refusal?.codes ?? []).map(({ code }) => ({ code, message: refusal?.message ?? '' })),
      );
    }
  }
  return all;
}

/** The app discounts that run where the cart is. */
function activeDiscounts(world: World, domain: string, cart: Cart): AppDiscount[] {
  const { appDiscounts = [], functionSwitches = {} } = world.shop(domain);
  const channel = channelOf(cart);
  // Orders over the API keep their prices; a till without POS Pro and a draft that does not ask for it have no Functions.
  if (channel === 'other' || (channel === 'pos' && functionSwitches.isPosPro === false)) return [];
  if (channel === 'draft' && !cart.acceptsAutomaticDiscounts) return [];
  return appDiscounts.filter((each) => discountStatus(each, world.now()) === 'ACTIVE');
}

interface Entered {
  cart: Cart;
  lines: readonly PricedLine[];
  codes: readonly string[];
}

function runOne(world: World, domain: string, entered: Entered, discount: AppDiscount): Result | null {
  const host = functionHost();
  const loaded = host.find(discount.functionHandle, 'discount');
  if (!loaded) return null;
  const { cart, lines, codes } = entered;
  const { shop } = world.shop(domain);
  const { rate } = currencyOf(world, domain, cart);
  const source = {
    cart: cartSource(world, domain, cart, lines),
    discount: { discountClasses: discount.discountClasses, metafield: metafieldOf(discount) },
    enteredDiscountCodes: codes.map((code) => ({ code, rejectable: true })),
    triggeringDiscountCode: null,
    presentmentCurrencyRate: rate === 1 ? '1.0' : String(rate),
    shop: { localTime: { date: localTime(world.instant(), shop.timeZone).slice(0, 10) } },
  };
  const outcome = host.run(loaded, source, variablesOf(discount, loaded.variables), lines.length);
  recordRun(world, domain, loaded.handle, outcome);
  return outcome.ok ? result.parse(outcome.output) : null;
}

function variablesOf(
  discount: AppDiscount,
  from: { namespace: string; key: string } | null,
): Record<string, unknown> {
  const value = from && findMetafield(discount, from.namespace, from.key)?.value;
  const parsed: unknown = value ? JSON.parse(value) : {};
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

/** The candidates that the strategy takes. MAXIMUM would need their amounts: our Functions send ALL. */
function chosen({ selectionStrategy, candidates }: Added): Added['candidates'] {
  if (selectionStrategy === 'MAXIMUM') throw new Error('sandbox: MAXIMUM is not simulated');
  return selectionStrategy === 'FIRST' ? candidates.slice(0, 1) : candidates;
}

function toCandidate(
  world: World,
  domain: string,
  cart: Cart,
  discount: AppDiscount,
  { message, targets, value }: Added['candidates'][number],
): FunctionCandidate {
  const lines = new Set(
    targets.map(({ cartLine }) => cartLineIndex(cartLine.id)).filter((index) => index >= 0),
  );
  // Shopify enforces the kinds of purchase of a discount after its Function.
  for (const index of lines) {
    const isSubscription = cart.lines[index]?.isSubscription ?? false;
    if (!(isSubscription ? discount.appliesOnSubscription : discount.appliesOnOneTimePurchase))
      lines.delete(index);
  }
  const { fixedAmount, percentage } = value;
  if (!fixedAmount) {
    return {
      message: message ?? null,
      lines,
      value: { kind: 'percentage', percent: percentage?.value ?? '0' },
    };
  }
  const money = currencyOf(world, domain, cart);
  const amount = fromPresentment(Math.round(Number(fixedAmount.amount) * 10 ** money.digits), money);
  const isEach = fixedAmount.appliesToEachItem ?? false;
  return { message: message ?? null, lines, value: { kind: 'fixed_amount', amount, isEach } };
}

/** A percent of an amount, cut off as Shopify does on a line's total. */
export function cutPercent(minor: number, percent: string): number {
  const [whole = '0', fraction = ''] = percent.split('.');
  return Number((BigInt(minor) * BigInt(whole + fraction)) / (100n * 10n ** BigInt(fraction.length)));
}

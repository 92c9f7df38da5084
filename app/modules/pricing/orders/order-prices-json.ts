/** The prices of an order as they lie in the database. */
import { z } from 'zod';
import { ORDER_RULES, type OrderPrice } from '../rules/order-prices.ts';

const stored = z.array(
  z.object({
    at: z.number(),
    rule: z.enum(ORDER_RULES),
    key: z.string(),
    title: z.string(),
    bp: z.number().nullable(),
    off: z.string().transform(BigInt),
    back: z.string().transform(BigInt),
  }),
);

/** Writes prices as JSON. */
export const storedPrices = (prices: readonly OrderPrice[]): z.input<typeof stored> =>
  prices.map(({ application, rule, key, title, percentBp, amountMinor, returnedMinor }) => ({
    at: application,
    rule,
    key,
    title,
    bp: percentBp,
    off: amountMinor.toString(),
    back: returnedMinor.toString(),
  }));

/** Reads them; none where there is no row yet. */
export const loadOrderPrices = (value: unknown): OrderPrice[] =>
  stored.parse(value ?? []).map(({ at, rule, key, title, bp, off, back }) => ({
    application: at,
    rule,
    key,
    title,
    percentBp: bp,
    amountMinor: off,
    returnedMinor: back,
  }));

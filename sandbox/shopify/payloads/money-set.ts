import type { Order } from '../../state.ts';
import { currencyDigits, toDecimal } from '../money.ts';

export type Money = { amount: string; currency_code: string };
export type MoneySet = { shop_money: Money; presentment_money: Money };

/** The two ways a payload writes an amount: decimal text in shop currency, and the set with presentment money. */
export type MoneyWriter = {
  text(amount: number): string;
  set(amount: number): MoneySet;
};

/** A writer for the currencies of one order. */
export function moneyWriter(
  order: Pick<Order, 'currency' | 'presentmentCurrency' | 'presentmentRate'>,
): MoneyWriter {
  const digits = currencyDigits(order.currency);
  const presentmentDigits = currencyDigits(order.presentmentCurrency);
  const text = (amount: number) => toDecimal(amount, digits);
  return {
    text,
    set: (amount) => ({
      shop_money: { amount: text(amount), currency_code: order.currency },
      presentment_money: {
        amount: toDecimal(Math.round(amount * order.presentmentRate), presentmentDigits),
        currency_code: order.presentmentCurrency,
      },
    }),
  };
}

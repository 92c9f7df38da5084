import type { Order } from '../../../state.ts';
import { currencyDigits, toDecimal } from '../../money.ts';

/**
 * A `Decimal` as the GraphQL API writes it: `100000.0`, without the trailing zeros of webhook payloads.
 * `amount` is in minor units.
 */
export function graphqlDecimal(amount: number, currency: string): string {
  const text = toDecimal(amount, currencyDigits(currency));
  if (!text.includes('.')) return `${text}.0`;
  return text.replace(/0+$/, '').replace(/\.$/, '.0');
}

/** `MoneyV2` of an amount in minor units. */
export function moneyV2(amount: number, currency: string) {
  return { __typename: 'MoneyV2', amount: graphqlDecimal(amount, currency), currencyCode: currency };
}

/** Writes `MoneyBag`s in the currencies of one order. */
export function moneyBags(order: Pick<Order, 'currency' | 'presentmentCurrency' | 'presentmentRate'>) {
  return (amount: number) => ({
    shopMoney: moneyV2(amount, order.currency),
    presentmentMoney: moneyV2(Math.round(amount * order.presentmentRate), order.presentmentCurrency),
  });
}

/** A `DateTime` as the API writes it: UTC, whole seconds. */
export function dateTime(instant: string): string {
  return instant.replace(/\.\d+Z$/, 'Z');
}

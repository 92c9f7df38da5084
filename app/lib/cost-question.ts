/** What a save would cost, where that has to be meant: the figure is typed before it is saved. */
import { parseMoneyInput, parsePercentInput, parseWholeInput } from './typed-number.ts';
import type { Unit } from './units.ts';

/** Money in minor units of the shop's currency, shares in hundredths of a percent. */
export type CostQuestion =
  /** Of each order that much goes back to the customer, counted over all rules in force: `backMinor` of `orderMinor`. */
  | { kind: 'order'; shareBp: number; orderMinor: bigint; backMinor: bigint }
  /** A reward takes off that much of what was spent to collect its price. */
  | { kind: 'reward'; shareBp: number; spendMinor: bigint; offMinor: bigint }
  /** A reward takes off that much of an order of any size. */
  | { kind: 'percent_off'; shareBp: number }
  /** A gift is that much of what its customer owns. */
  | { kind: 'balance'; shareBp: number }
  /** So much for one customer; `usual` is what a customer gets at a time, null where that is not known. */
  | { kind: 'worth'; amount: bigint; unit: Unit; worthMinor: bigint; usual: bigint | null }
  /** So much for many customers together; `large` of them get much each, as more than `limitMinor` is. */
  | { kind: 'many'; customers: number; worthMinor: bigint; large: number; limitMinor: bigint };

/** The figure that must be typed, as it is sent back with the form. */
export function figureOf(question: CostQuestion): string {
  switch (question.kind) {
    case 'worth':
      return question.amount.toString();
    case 'many':
      return question.worthMinor.toString();
    default:
      return question.shareBp.toString();
  }
}

/**
 * Whether a form was sent with the figure of this very question: a rule that was changed since needs another. `meant` is the
 * figures between commas, as a form may ask more than once.
 */
export function isMeant(question: CostQuestion, meant: unknown): boolean {
  return typeof meant === 'string' && meant.split(',').includes(figureOf(question));
}

/** Reads the figure as it was typed into the question; null for what is no number. */
export function readFigure(
  question: CostQuestion,
  typed: string,
  locale: string,
  currency: string,
): string | null {
  switch (question.kind) {
    case 'worth':
      if (question.unit === 'POINTS') return parseWholeInput(typed, locale)?.toString() ?? null;
      return parseMoneyInput(typed, currency, locale)?.toString() ?? null;
    case 'many':
      return parseMoneyInput(typed, currency, locale)?.toString() ?? null;
    default:
      return parsePercentInput(typed)?.toString() ?? null;
  }
}

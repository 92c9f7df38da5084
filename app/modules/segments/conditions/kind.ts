/** Kinds of conditions, described for editors and texts: what `op` may be is in the kind's file. */

/** What a number counts. Its value is an integer in 1 / 10^scale of it; money is in minor units of the shop's currency. */
export type Measure =
  'count' | 'money' | 'points' | 'days' | 'years' | 'percent' | 'kilograms' | 'centimetres';

/** Where the values of a choice come from. */
export type Choices =
  /** A fixed list; labels under `segments.choice.<code>.<value>`. */
  | { from: 'list'; list: readonly string[] }
  | {
      from:
        | 'category'
        | 'tier'
        | 'tag'
        | 'reward'
        | 'offer'
        | 'country'
        | 'province'
        | 'city'
        | 'district'
        | 'channel'
        | 'interest'
        | 'shopify_segment'
        | 'snapshot'
        | 'campaign';
    }
  /** Typed by staff. */
  | { from: 'text' };

export type Kind =
  | { name: 'number'; measure: Measure; scale: number; canBeEmpty: boolean }
  | { name: 'date'; canBeFuture: boolean }
  | { name: 'yearly' }
  /** The customer has one value. */
  | { name: 'choice'; choices: Choices; canBeEmpty: boolean }
  /** The customer has any number of values. */
  | { name: 'set'; choices: Choices; canBeEmpty: boolean }
  | { name: 'text'; ops: readonly TextOp[] }
  | { name: 'flag' }
  /** Any of, none of, or starting with one of a list of texts. */
  | { name: 'postal' }
  | { name: 'bought' }
  | { name: 'expiring'; measure: 'points' | 'money' };

export const TEXT_OPS = ['contains', 'startsWith', 'is', 'isSet', 'isEmpty'] as const;
export type TextOp = (typeof TEXT_OPS)[number];

/** What a condition is. Each has a file of its own below this folder and a line in `registry.ts`. */
import type { z } from 'zod';
import type { CustomerFacts, Moment } from './facts.ts';
import type { Kind } from './kind.ts';

/** Where the picker shows a condition. */
export const FAMILIES = ['who', 'place', 'orders', 'products', 'club', 'reach'] as const;
export type Family = (typeof FAMILIES)[number];

/** What a value names and what may be gone: a rule with a reference to it can't be computed then. */
export interface Reference {
  to:
    | 'product'
    | 'collection'
    | 'tag'
    | 'category'
    | 'tier'
    | 'reward'
    | 'offer'
    | 'shopify_segment'
    | 'snapshot'
    | 'campaign';
  id: string;
}

/** What a rule names and what keeps it from being computed. */
export interface Missing extends Reference {
  /** It is there, but who belongs to it is still being read. */
  isUnread?: true | undefined;
}

/** A customer's own value beside a condition. Numbers as in the condition's values, days as `YYYY-MM-DD`. */
export type Shown =
  | { is: 'nothing' }
  | { is: 'number'; value: string }
  | { is: 'day'; day: string }
  | { is: 'texts'; texts: readonly string[] }
  | { is: 'flag'; isOn: boolean };

/** Where a condition's SQL is used. The shop is `$1`; rows are `s` of `customer_stats`. */
export interface SqlContext {
  /** Adds a value to the statement's parameters; returns its placeholder with its type, such as `$3::int`. */
  put: (value: unknown, type: SqlType) => string;
  /**
   * Whether the customer `s` is one of those: `ids` selects each one's id, never NULL. Stands for itself, within an AND, or
   * within `not`: tree/compile.ts says what it becomes.
   */
  isAmong: (ids: string) => string;
  /** Whether a condition does not hold; NULL counts as false. */
  not: (sql: string) => string;
  moment: Moment;
}

export type SqlType =
  'bigint' | 'bigint[]' | 'int' | 'int[]' | 'text' | 'text[]' | 'timestamptz' | 'timestamptz[]' | 'date';

/** What the file of a condition defines. `V` is what staff chose: the operator in `op`, and its values, all JSON. */
export interface ConditionSpec<V> {
  family: Family;
  /** How its values are edited, shown and written as text. */
  kind: Kind;
  values: z.ZodType<V>;
  /** Never needs to be false rather than NULL: the compiler takes NULL for false. */
  sql: (values: V, context: SqlContext) => string;
  evaluate: (values: V, customer: CustomerFacts, moment: Moment) => boolean;
  /** What the customer has, to be shown beside the condition. */
  show: (customer: CustomerFacts, moment: Moment, values: V) => Shown;
  references?: (values: V) => Reference[];
  /** Typed texts that have to be folded by the database before `evaluate`. */
  texts?: (values: V) => string[];
}

/** A condition with its values, checked. */
export interface BoundCondition {
  sql: (context: SqlContext) => string;
  evaluate: (customer: CustomerFacts, moment: Moment) => boolean;
  show: (customer: CustomerFacts, moment: Moment) => Shown;
  references: Reference[];
  texts: string[];
}

export interface Condition<C extends string, V> {
  code: C;
  family: Family;
  kind: Kind;
  /** The end of a rule with these values, of any origin; null if they are none of this condition. */
  read: (values: unknown) => { kind: 'condition'; code: C; values: V } | null;
  /** Binds values of any origin; null if they are none of this condition. */
  bind: (values: unknown) => BoundCondition | null;
}

/** Makes a condition of its definition. `code` is stored with segments: never change it. */
export function defineCondition<C extends string, V>(code: C, spec: ConditionSpec<V>): Condition<C, V> {
  return {
    code,
    family: spec.family,
    kind: spec.kind,
    read(given) {
      const parsed = spec.values.safeParse(given);
      return parsed.success ? { kind: 'condition', code, values: parsed.data } : null;
    },
    bind(given) {
      const values = this.read(given)?.values;
      if (values === undefined) return null;
      return {
        sql: (context) => spec.sql(values, context),
        evaluate: (customer, moment) => spec.evaluate(values, customer, moment),
        show: (customer, moment) => spec.show(customer, moment, values),
        references: spec.references?.(values) ?? [],
        texts: spec.texts?.(values) ?? [],
      };
    },
  };
}

/** "is one of these" for one column: of one value as an equality, whose rows an index gives in the order of what comes after. */
export const isOneOf = (
  { put }: Pick<SqlContext, 'put'>,
  list: readonly string[],
  type: 'bigint' | 'text',
): string => (list.length === 1 ? `= ${put(list[0], type)}` : `= ANY(${put(list, `${type}[]`)})`);

/** A condition on the record of the customer `s`, as row `c` of `customers`. */
export function inRecord(condition: string): string {
  return `EXISTS (SELECT 1 FROM customers c WHERE c.shop_id = $1 AND c.customer_id = s.customer_id AND ${condition})`;
}

/**
 * Whether what a search reads of the customer `c` contains a pattern's text: true of everyone whose folded name or e-mail is
 * LIKE it, and answered by an index.
 */
export function mayBeLike(pattern: string, { put }: Pick<SqlContext, 'put'>): string {
  const within = `${pattern.startsWith('%') ? '' : '%'}${pattern}%`;
  return `c.search_text LIKE fold_text(${put(within, 'text')})`;
}

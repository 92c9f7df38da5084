/** What is wrong with a query text, and where. */

/** Part of a text: from the character `start` on, before `end`, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

/** The texts are `segment_query.error.<code>`; `details` fill them in. */
export type QueryErrorCode =
  /** A character that begins nothing: `character`. */
  | 'character'
  /** A text without its closing quote. */
  | 'quote'
  /** An attribute was expected; `found` is what is there. */
  | 'attribute_expected'
  /** A comparison was expected after `attribute`. */
  | 'operator_expected'
  /** A value was expected after `attribute`. */
  | 'value_expected'
  /** `)` or `(` was expected. */
  | 'bracket_expected'
  /** AND, OR or the end was expected. */
  | 'joint_expected'
  /** No attribute is called `name`. */
  | 'unknown_attribute'
  /** No attribute is called `name`; `near` is nearly the same. */
  | 'attribute_near'
  /** Shopify knows `name`, Setia doesn't store it. */
  | 'not_stored'
  /** `attribute` can't be compared so; `operators` lists how it can. */
  | 'operator'
  /** `attribute` doesn't take this value; `example` is one that it takes. */
  | 'value'
  /** `attribute` doesn't take it: too long, too many, or out of range. */
  | 'refused'
  /** Nothing of the shop is called `value`. */
  | 'unknown_value'
  /** A number with more decimals than `digits`. */
  | 'decimals'
  /** Conditions are on whole days, not on times. */
  | 'time'
  /** A day in the future, or a period that can't be told in days before today. */
  | 'period'
  /** The function `attribute` has no parameter `name`. */
  | 'parameter'
  /** The function `attribute` needs `name`. */
  | 'parameter_missing'
  /** Parameters that can't be combined here. */
  | 'combination'
  /** Shopify's codes of regions and cities; `use` is our attribute. */
  | 'place_code'
  /** Shopify's e-mail domains; `use` is a nearly equal condition. */
  | 'instead'
  | 'depth'
  | 'size'
  | 'length';

export interface QueryError {
  code: QueryErrorCode;
  details: Readonly<Record<string, string>>;
  span: Span;
}

/** Thrown within this folder only; `readQuery` returns what it carries. */
export class QueryProblem extends Error {
  readonly error: QueryError;
  constructor(code: QueryErrorCode, span: Span, details: Record<string, string> = {}) {
    super(code);
    this.error = { code, span, details };
  }
}

/** The line and the column of a character, both from 1. */
export function positionIn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** From the beginning of one part to the end of another. */
export const spanning = (first: Span, last: Span): Span => ({ start: first.start, end: last.end });

/** Shopify's query read as a rule of ours. Browser and server. */
import type { QueryError } from '../query/query-error.ts';
import { readQuery } from '../query/read-query.ts';
import type { QueryNote } from '../query/values.ts';
import type { SegmentNode } from '../tree/tree.ts';

export interface TheirRule {
  /** Null for a query that no rule of ours says. */
  rule: SegmentNode | null;
  /** What was read as something nearly the same. */
  notes: QueryNote[];
  /** What of it can't be read; null for a query that can, and for one without conditions. */
  error: QueryError | null;
}

/** Reads a query of Shopify's. Its attributes need no names of the shop's. */
export function readTheirRule(query: string, currency: string): TheirRule {
  const read = readQuery(query, { currency, names: {} });
  return read.ok
    ? { rule: read.rule, notes: read.notes, error: null }
    : { rule: null, notes: [], error: read.error };
}

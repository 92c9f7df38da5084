/** What becomes of the rows that name a customer. Each module says it for its own tables, in its `customer-data.ts`. */
import type { Transaction } from '#app/db.server.ts';

/** When the merchant merges two customers. */
type OnMerge =
  /** The rows become the kept customer's. */
  | 'hand-over'
  /** SQL in this order; `$1` is the shop, `$2` the kept customer, `$3` the deleted one. */
  | { run: readonly string[] }
  /** Which use case of the merge moves them. */
  | { by: string }
  /** Why they stay with the deleted customer. */
  | { stays: string };

/** In the file with everything that is stored about a customer. */
type OnExport =
  /** The section's name in the file; `where` (`$2`: the customer's ids, merged ones included) if not by `customer_id`. */
  | { section: string; where?: string }
  /** Why they are not in it. */
  | { leftOut: string };

/** When Shopify asks to erase a customer (customers/redact). */
type OnErase =
  | 'delete'
  /** SQL that erases what people wrote; `$1` is the shop, `$2` the customer's ids. Ids and figures stay. */
  | { run: string }
  /** Deletes rows that own others or files; returns how many. */
  | { delete: (tx: Transaction, shopId: bigint, customerIds: readonly bigint[]) => Promise<number> }
  /** Which use case of the erasure does it, and what it erases. */
  | { by: string }
  /** Why they stay as they are. */
  | { stays: string };

/** One table's three answers. A contract test compares them with the database. */
export interface CustomerData {
  table: string;
  onMerge: OnMerge;
  onExport: OnExport;
  onErase: OnErase;
}

export const CUSTOMER_DATA = [
  {
    table: 'customers',
    onMerge: { by: 'customers/merge-records: the records are joined' },
    onExport: { leftOut: 'the first section of the export, with the national ID decrypted' },
    onErase: { by: 'privacy/erase-customer: every column but the kept ones' },
  },
  {
    table: 'customer_changes',
    onMerge: 'hand-over',
    onExport: { section: 'changes' },
    onErase: 'delete',
  },
  {
    table: 'consent_log',
    onMerge: 'hand-over',
    onExport: { section: 'consents' },
    onErase: { stays: 'that and when consent was given or refused: proof, without name, number or address' },
  },
  {
    table: 'person_percent_changes',
    onMerge: 'hand-over',
    onExport: { section: 'personal_discounts' },
    onErase: {
      run: `UPDATE person_percent_changes SET note = NULL WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])`,
    },
  },
  {
    table: 'sensitive_accesses',
    onMerge: 'hand-over',
    onExport: { section: 'accesses' },
    onErase: { stays: 'which staff looked at what and when: proof for the merchant, without what they saw' },
  },
] satisfies CustomerData[];

/**
 * What becomes of each table that holds something of a customer. A test compares both lists with the database: a table
 * that is added later has to be decided on.
 */

/** Of the export: the name that the section has there, and how rows are found if not by `customer_id`. */
interface ExportedTable {
  table: string;
  section: string;
  /** `$2` are the customer's ids: those of whoever was merged into them too. */
  where?: string;
}

const THEIR_ORDERS = 'customer_id = ANY($2) OR claimed_by = ANY($2)';
const OF_THEIR_ORDERS = `order_id IN (SELECT o.order_id FROM orders o WHERE o.shop_id = $1 AND (o.customer_id = ANY($2) OR o.claimed_by = ANY($2)))`;

/** In the order in which the file shows them; the customer's own row comes before. */
export const EXPORTED: readonly ExportedTable[] = [
  { table: 'customer_stats', section: 'stats' },
  { table: 'orders', section: 'orders', where: THEIR_ORDERS },
  { table: 'order_lines', section: 'orderLines', where: OF_THEIR_ORDERS },
  { table: 'order_refunds', section: 'refunds', where: OF_THEIR_ORDERS },
  { table: 'ledger_accounts', section: 'balances' },
  { table: 'ledger_entries', section: 'ledger' },
  { table: 'ledger_lots', section: 'lots' },
  { table: 'ledger_debts', section: 'debts' },
  { table: 'ledger_holds', section: 'holds' },
  { table: 'redemptions', section: 'redemptions' },
  { table: 'claims', section: 'claims' },
  { table: 'tier_changes', section: 'tiers' },
  { table: 'planned_messages', section: 'messages' },
  { table: 'customer_tags', section: 'tags', where: 'customer_id = ANY($2) AND is_on' },
  { table: 'customer_notes', section: 'notes' },
  {
    table: 'customer_note_versions',
    section: 'noteVersions',
    where:
      'note_id IN (SELECT n.note_id FROM customer_notes n WHERE n.shop_id = $1 AND n.customer_id = ANY($2))',
  },
  { table: 'customer_photos', section: 'photos' },
  { table: 'customer_changes', section: 'changes' },
  { table: 'sensitive_accesses', section: 'accesses' },
  { table: 'privacy_records', section: 'privacyRequests' },
];

/** Tables that name customers and are not exported, each with the reason. */
export const NOT_EXPORTED: Readonly<Record<string, string>> = {
  customers: 'the first section of the export, with the national ID decrypted',
  tier_queue: 'that a tier will be looked at again within the minute',
  backfill_orders: 'orders on their way into the table of orders',
  customer_forms: 'which form made the customer',
  tag_writes: 'tags on their way to Shopify',
};

/** What of the customer's own row outlives them: what the ledger and the tiers of past orders are proved by. */
export const KEPT_COLUMNS: readonly string[] = [
  'shop_id',
  'customer_id',
  'state',
  'category_id',
  'tier_id',
  'tier_is_fixed',
  'tier_kept_until',
  'member_since',
  'member_via',
  'member_left_at',
  'is_trial',
  'merged_into',
  'shopify_updated_at',
  'created_at',
  'updated_at',
];

/** Tables whose rows about the customer go. */
export const DELETED_ROWS: readonly string[] = ['customer_changes', 'customer_tags', 'planned_messages'];

/** Tables that name customers and are erased in a way of their own, or keep nothing but ids and figures. */
export const ERASED_OTHERWISE: Readonly<Record<string, string>> = {
  customers: 'every column but the kept ones',
  orders: 'e-mail, phone, note and the codes that are not ours',
  customer_notes: 'deleted with their versions',
  tag_writes: 'only ids, gone when the worker has been there',
  customer_photos: 'deleted with their files',
  claims: 'the note to the customer',
  ledger_entries: 'the note of the staff',
  tier_changes: 'the reason as somebody wrote it',
  redemptions: 'why one failed, as Shopify wrote it',
  backfill_orders: 'deleted while they wait',
};

/** Tables that name customers and stay as they are: ids, figures and days. */
export const KEPT: Readonly<Record<string, string>> = {
  customer_stats: 'sums of orders; the database takes name and city from the customer row',
  order_lines: 'products, no person',
  ledger_accounts: 'the balance of nobody in particular',
  ledger_lots: 'amounts and days',
  ledger_debts: 'amounts',
  ledger_holds: 'amounts',
  tier_queue: 'an id',
  customer_forms: 'an id',
  sensitive_accesses: 'who of the staff looked at what when: proof for the merchant, without what was seen',
  privacy_records: 'that this was asked and done',
};

/** Every table that names customers, and what of the customer's own row outlives an erasure. */
import type { CustomerData } from '#app/modules/customers/customer-data.ts';
import { TABLES_TO_MERGE } from '#app/modules/crm/merge/customer-tables.ts';
import { CUSTOMER_DATA as WORKBOOKS } from '#app/modules/workbooks/customer-data.ts';
import { CUSTOMER_DATA as PRIVACY } from './customer-data.ts';

export const CUSTOMER_TABLES: readonly CustomerData[] = [...TABLES_TO_MERGE, ...WORKBOOKS, ...PRIVACY];

/** The sections of an export after the customer's own row, in the order of the file. */
export const EXPORT_SECTIONS = CUSTOMER_TABLES.flatMap(({ table, onExport }) =>
  'section' in onExport ? [{ table, ...onExport }] : [],
);

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
  'came_from',
  'is_trial',
  'merged_into',
  'shopify_updated_at',
  'created_at',
  'updated_at',
];

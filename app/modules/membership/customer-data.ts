import type { CustomerData } from '#app/modules/customers/customer-data.ts';

/** The tier that the kept customer ($2) takes over from the merged one. */
export const RECORD_MERGED_TIER = `
  INSERT INTO tier_changes (shop_id, customer_id, tier_id, since, reason, actor) VALUES ($1, $2, $3, ledger_now(), 'merged', 'setia')`;

export const CUSTOMER_DATA = [
  {
    table: 'tier_changes',
    onMerge: { stays: 'the tiers that the deleted customer had; points of their orders are proved by them' },
    onExport: { section: 'tiers' },
    onErase: {
      run: `UPDATE tier_changes SET reason = ''
             WHERE shop_id = $1 AND customer_id = ANY($2::bigint[]) AND actor LIKE 'staff:%'`,
    },
  },
  {
    table: 'tier_queue',
    onMerge: { stays: 'the merge queues the kept customer' },
    onExport: { leftOut: 'that a tier is evaluated again within the minute' },
    onErase: { stays: 'an id' },
  },
] satisfies CustomerData[];

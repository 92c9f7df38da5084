import type { CustomerData } from '#app/modules/customers/customer-data.ts';

const MOVED = { by: 'crm/merge: what is left moves by entries of its own (planMerge)' };

export const CUSTOMER_DATA = [
  {
    table: 'ledger_accounts',
    // Balances moved before, by entries (planMerge); what was ever earned and spent moves without.
    onMerge: {
      run: [
        `INSERT INTO ledger_accounts (shop_id, customer_id, unit) SELECT $1, $2, unit FROM ledger_accounts
         WHERE shop_id = $1 AND customer_id = $3 AND (earned <> 0 OR spent <> 0) ON CONFLICT DO NOTHING`,
        `UPDATE ledger_accounts a SET earned = a.earned + g.earned, spent = a.spent + g.spent FROM ledger_accounts g
         WHERE a.shop_id = $1 AND a.customer_id = $2 AND g.shop_id = $1 AND g.customer_id = $3 AND g.unit = a.unit`,
        `UPDATE ledger_accounts SET earned = 0, spent = 0
         WHERE shop_id = $1 AND customer_id = $3 AND $2::bigint IS NOT NULL AND (earned <> 0 OR spent <> 0)`,
      ],
    },
    onExport: { section: 'balances' },
    onErase: { stays: 'amounts' },
  },
  {
    table: 'ledger_entries',
    onMerge: MOVED,
    onExport: { section: 'ledger' },
    // The ledger's trigger allows this change, and only under the setting of an erasure.
    onErase: {
      run: `UPDATE ledger_entries SET note = NULL
             WHERE shop_id = $1 AND customer_id = ANY($2::bigint[]) AND note IS NOT NULL`,
    },
  },
  {
    table: 'ledger_lots',
    onMerge: MOVED,
    onExport: { section: 'lots' },
    onErase: { stays: 'amounts and days' },
  },
  { table: 'ledger_debts', onMerge: MOVED, onExport: { section: 'debts' }, onErase: { stays: 'amounts' } },
  { table: 'ledger_holds', onMerge: MOVED, onExport: { section: 'holds' }, onErase: { stays: 'amounts' } },
] satisfies CustomerData[];

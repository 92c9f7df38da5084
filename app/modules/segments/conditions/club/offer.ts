import { idText } from '../kinds/limits.ts';
import { setCondition } from '../kinds/set.ts';

/**
 * Offers that ever gave the customer something, also under an id that was merged into this one. What older entries say is
 * only the group.
 */
export const offer = setCondition('offer', {
  family: 'club',
  choices: { from: 'offer' },
  item: idText,
  hasAny(list, { put, isAmong }) {
    const entries = `FROM ledger_entries e WHERE e.shop_id = $1 AND e.kind = 'offer'${
      list === null
        ? ''
        : ` AND e.rule = ANY(${put(
            list.map((id) => `offer:${id}`),
            'text[]',
          )})`
    }`;
    return isAmong(`SELECT e.customer_id ${entries}
      UNION ALL SELECT c.merged_into FROM customers c WHERE c.shop_id = $1 AND c.merged_into IS NOT NULL AND EXISTS (
        SELECT 1 ${entries} AND e.customer_id = c.customer_id)`);
  },
  read: ({ offerIds }) => offerIds,
  references: 'offer',
});

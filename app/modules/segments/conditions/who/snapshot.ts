import { idText } from '../kinds/limits.ts';
import { isOneOf } from '../condition.ts';
import { setCondition } from '../kinds/set.ts';

/** Snapshots of segments that the customer was in, by their ids. */
export const snapshot = setCondition('snapshot', {
  family: 'who',
  choices: { from: 'snapshot' },
  item: idText,
  hasAny: (list, context) =>
    context.isAmong(
      `SELECT m.customer_id FROM segment_snapshot_members m WHERE m.shop_id = $1${
        list === null ? '' : ` AND m.snapshot_id ${isOneOf(context, list, 'bigint')}`
      }`,
    ),
  read: (customer) => customer.snapshotIds,
  canBeEmpty: false,
  references: 'snapshot',
});

/** Prepared statements over accounts. */
import type { QueryConfig } from 'pg';
import { prepared } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { AccountKey } from './rules/account.ts';

/** The three parallel arrays that `ACCOUNT_KEYS` takes. */
export function accountKeyArrays(keys: readonly AccountKey[]) {
  return [
    bigintArray(keys.map((key) => key.shopId)),
    bigintArray(keys.map((key) => key.customerId)),
    keys.map((key) => key.unit),
  ];
}

/** The accounts given by `accountKeyArrays` as $1 to $3. */
export const ACCOUNT_KEYS =
  'unnest($1::bigint[], $2::bigint[], $3::text[]) AS k (shop_id, customer_id, unit)';

/**
 * A prepared statement over accounts `k`, each with `columns` of bigint. One account has a text of its own: PostgreSQL
 * would plan each list of one again, because the plan that it could keep is made for ten.
 */
export function preparedForAccounts(
  name: string,
  textOf: (keys: string) => string,
  columns: readonly string[] = [],
): (keys: readonly AccountKey[], ...values: readonly bigint[][]) => QueryConfig {
  const place = (index: number) => `$${index + 4}::bigint`;
  const one = columns.map((column, index) => `, ${place(index)} AS ${column}`).join('');
  const ofOne = prepared(
    `${name}-one`,
    textOf(`(SELECT $1::bigint AS shop_id, $2::bigint AS customer_id, $3::text AS unit${one}) AS k`),
  );
  const arrays = columns.map((_column, index) => `, ${place(index)}[]`).join('');
  const names = ['shop_id', 'customer_id', 'unit', ...columns].join(', ');
  const ofMany = prepared(
    name,
    textOf(`unnest($1::bigint[], $2::bigint[], $3::text[]${arrays}) AS k (${names})`),
  );
  return (keys, ...values) => {
    const [key] = keys;
    return key && keys.length === 1
      ? ofOne([key.shopId, key.customerId, key.unit, ...values.map(([value]) => value)])
      : ofMany([...accountKeyArrays(keys), ...values.map(bigintArray)]);
  };
}

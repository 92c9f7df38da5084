/** How many customers a rule means, from a sample of them, while counting all takes longer than staff wait. */
import type { Queryable } from '#app/db.server.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import { SAMPLE_SIZE } from '../count-segment.server.ts';
import { compileProbe } from '../tree/compile.ts';
import { readMoment } from '../read-moment.server.ts';
import type { SegmentNode } from '../tree/tree.ts';
import { estimateCount, type Estimate } from './rules/estimate.ts';

interface Row extends CustomerLine {
  found: number;
  sampled: number;
  customers: number;
}

export interface EstimatedSegment extends Estimate {
  /** Up to ten of them, any. */
  sample: CustomerLine[];
}

/** Estimates whom a computable rule means; null for a shop without a sample. */
export async function estimateSegment(
  db: Queryable,
  shopId: bigint,
  rule: SegmentNode,
): Promise<EstimatedSegment | null> {
  const parameters: unknown[] = [shopId];
  const isMeant = compileProbe(rule, await readMoment(db, shopId, rule), parameters);
  const { rows } = await db.query<Row | { [K in keyof Row]: Row[K] | null }>(
    `WITH drawn AS MATERIALIZED (SELECT customer_ids, customers, cardinality(customer_ids) AS sampled FROM customer_samples WHERE shop_id = $1),
     meant AS MATERIALIZED (SELECT s.customer_id FROM drawn CROSS JOIN unnest(drawn.customer_ids) AS one (customer_id)
       CROSS JOIN LATERAL (SELECT s.* FROM customer_stats s WHERE s.shop_id = $1 AND s.customer_id = one.customer_id OFFSET 0) s
       WHERE s.standing = 'active' AND ${isMeant})
     SELECT c.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName", c.email, c.phone,
       (SELECT count(*)::int FROM meant) AS found, drawn.sampled, drawn.customers
     FROM drawn LEFT JOIN (SELECT * FROM meant LIMIT ${SAMPLE_SIZE}) few ON true
       LEFT JOIN customers c ON c.shop_id = $1 AND c.customer_id = few.customer_id`,
    parameters,
  );
  const [first] = rows;
  if (!first || first.found === null || first.sampled === null || first.customers === null) return null;
  const { found, sampled, customers } = first;
  const sample = rows.flatMap(({ customerId, firstName, lastName, email, phone }) =>
    customerId === null ? [] : [{ customerId, firstName, lastName, email, phone }],
  );
  return { ...estimateCount({ found, sampled, customers }), sample };
}

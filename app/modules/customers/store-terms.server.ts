/** A customer's category, and a percent of their own (F19) with the record of who changed it. */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';

/** A percent of a customer's own, in hundredths; 0 means the shop's price. Days are the shop's, both included. */
export interface PersonPercent {
  bp: number;
  /** `YYYY-MM-DD`; null for no limit. */
  from: string | null;
  until: string | null;
  note: string | null;
}

export interface CustomerTerms {
  customerId: bigint;
  /** Absent: unchanged; null: none. */
  categoryId?: bigint | null;
  /** Absent: unchanged; null: none. A number alone keeps the days and the note. */
  percent?: PersonPercent | number | null;
}

/** Days and note of a percent that is removed go with it. */
const STORE = `
  WITH n AS (SELECT * FROM unnest($2::bigint[], $3::bool[], $4::bigint[], $5::bool[], $6::int[], $7::bool[], $8::date[], $9::date[], $10::text[])
      AS n (customer_id, has_category, category_id, has_percent, bp, has_days, from_day, until_day, note)),
  old AS (SELECT c.customer_id, c.category_id, c.person_discount_bp, c.person_discount_from, c.person_discount_until, c.person_discount_note
     FROM customers c JOIN n USING (customer_id) WHERE c.shop_id = $1 ORDER BY c.customer_id FOR NO KEY UPDATE OF c),
  stored AS (UPDATE customers c SET
      category_id = CASE WHEN n.has_category THEN n.category_id ELSE c.category_id END,
      person_discount_bp = CASE WHEN n.has_percent THEN n.bp ELSE c.person_discount_bp END,
      person_discount_from = CASE WHEN n.has_percent AND (n.has_days OR n.bp IS NULL) THEN n.from_day ELSE c.person_discount_from END,
      person_discount_until = CASE WHEN n.has_percent AND (n.has_days OR n.bp IS NULL) THEN n.until_day ELSE c.person_discount_until END,
      person_discount_note = CASE WHEN n.has_percent AND (n.has_days OR n.bp IS NULL) THEN n.note ELSE c.person_discount_note END,
      updated_at = clock_timestamp()
     FROM n JOIN old USING (customer_id) WHERE c.shop_id = $1 AND c.customer_id = n.customer_id
     RETURNING c.customer_id, c.category_id, c.person_discount_bp AS bp, c.person_discount_from AS from_day, c.person_discount_until AS until_day,
       c.person_discount_note AS note),
  moved AS (INSERT INTO customer_changes (shop_id, customer_id, field, before, after, source, actor, changed_at)
     SELECT $1, s.customer_id, 'category', was.name, is_now.name, CASE WHEN $11 LIKE 'staff:%' THEN 'staff' ELSE 'import' END, $11, (SELECT ledger_now())
       FROM stored s JOIN old o USING (customer_id)
         LEFT JOIN categories was ON was.shop_id = $1 AND (was.category_id = o.category_id OR o.category_id IS NULL AND was.is_default)
         LEFT JOIN categories is_now ON is_now.shop_id = $1 AND (is_now.category_id = s.category_id OR s.category_id IS NULL AND is_now.is_default)
      WHERE was.category_id IS DISTINCT FROM is_now.category_id ORDER BY s.customer_id)
  INSERT INTO person_percent_changes (shop_id, customer_id, percent_bp, from_day, until_day, note, actor, changed_at)
  SELECT $1, s.customer_id, s.bp, s.from_day, s.until_day, s.note, $11, (SELECT ledger_now())
    FROM stored s JOIN old o USING (customer_id)
   WHERE (s.bp, s.from_day, s.until_day, s.note) IS DISTINCT FROM
     (o.person_discount_bp, o.person_discount_from, o.person_discount_until, o.person_discount_note)
   ORDER BY s.customer_id`;

/** Stores categories and percents of a shop's customers; what is left out stays. Each change is recorded. */
export async function storeTermsOf(
  tx: Transaction,
  shopId: bigint,
  terms: readonly CustomerTerms[],
  actor: string,
): Promise<void> {
  if (terms.length === 0) return;
  const dated = terms.map(({ percent }) => (typeof percent === 'object' ? percent : undefined));
  await tx.query(STORE, [
    shopId,
    bigintArray(terms.map(({ customerId }) => customerId)),
    terms.map(({ categoryId }) => categoryId !== undefined),
    bigintArray(terms.map(({ categoryId }) => categoryId ?? null)),
    terms.map(({ percent }) => percent !== undefined),
    terms.map(({ percent }) => (typeof percent === 'number' ? percent : (percent?.bp ?? null))),
    dated.map((percent) => percent !== undefined && percent !== null),
    dated.map((percent) => percent?.from ?? null),
    dated.map((percent) => percent?.until ?? null),
    dated.map((percent) => percent?.note ?? null),
    actor,
  ]);
}

/** A statement that returns `customer_id`; its values are $1 (the shop), $2 ... */
export interface ChosenCustomers {
  sql: string;
  values: readonly unknown[];
}

/** Sets the percent of chosen customers, or removes theirs (null). Returns how many it changed. */
export async function storePercentOfChosen(
  tx: Transaction,
  { sql, values }: ChosenCustomers,
  percent: PersonPercent | null,
  actor: string,
): Promise<number> {
  const at = (place: number) => `$${values.length + place}`;
  const wanted = `(${at(1)}::int, ${at(2)}::date, ${at(3)}::date, ${at(4)}::text)`;
  const { rowCount } = await tx.query(
    `WITH due AS (SELECT c.customer_id FROM customers c WHERE c.shop_id = $1 AND c.customer_id IN (${sql})
         AND (c.person_discount_bp, c.person_discount_from, c.person_discount_until, c.person_discount_note) IS DISTINCT FROM ${wanted}
         ORDER BY c.customer_id FOR NO KEY UPDATE OF c),
     stored AS (UPDATE customers c SET
         (person_discount_bp, person_discount_from, person_discount_until, person_discount_note) = ${wanted}, updated_at = clock_timestamp()
         FROM due WHERE c.shop_id = $1 AND c.customer_id = due.customer_id RETURNING c.customer_id)
     INSERT INTO person_percent_changes (shop_id, customer_id, percent_bp, from_day, until_day, note, actor, changed_at)
     SELECT $1, customer_id, ${at(1)}::int, ${at(2)}::date, ${at(3)}::date, ${at(4)}::text, ${at(5)}, ledger_now() FROM stored ORDER BY customer_id`,
    [
      ...values,
      percent?.bp ?? null,
      percent?.from ?? null,
      percent?.until ?? null,
      percent?.note ?? null,
      actor,
    ],
  );
  return rowCount ?? 0;
}

/** Moves every customer of a category into another (null: the default one) and records that. Returns the customers. */
export async function moveCategory(
  tx: Transaction,
  shopId: bigint,
  { from, to, actor }: { from: bigint; to: bigint | null; actor: string },
): Promise<bigint[]> {
  const { rows } = await tx.query<{ id: bigint }>(
    `WITH moved AS (UPDATE customers SET category_id = $3, updated_at = clock_timestamp() WHERE shop_id = $1 AND category_id = $2
       RETURNING customer_id),
     noted AS (INSERT INTO customer_changes (shop_id, customer_id, field, before, after, source, actor, changed_at)
       SELECT $1, m.customer_id, 'category', was.name, is_now.name, 'staff', $4, ledger_now() FROM moved m
         LEFT JOIN categories was ON was.shop_id = $1 AND was.category_id = $2
         LEFT JOIN categories is_now ON is_now.shop_id = $1 AND (is_now.category_id = $3 OR $3::bigint IS NULL AND is_now.is_default)
        ORDER BY m.customer_id)
     SELECT customer_id AS id FROM moved`,
    [shopId, from, to, actor],
  );
  return rows.map(({ id }) => id);
}

/** A category that a rule puts a customer into; null: back where they came from. */
export interface RuledCategory {
  customerId: bigint;
  toId: bigint;
  ruleId: bigint | null;
}

/** Puts customers into categories by rules, which is no one's choice: the database notes all other changes as one. */
export async function moveByRules(
  tx: Transaction,
  shopId: bigint,
  people: readonly RuledCategory[],
): Promise<void> {
  await tx.query(`SET LOCAL setia.moving_categories = 'on'`);
  await tx.query(
    `UPDATE customers c SET category_id = CASE WHEN g.is_default THEN NULL ELSE g.category_id END, category_rule_id = n.rule_id,
       updated_at = clock_timestamp()
     FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS n (customer_id, to_id, rule_id)
       JOIN categories g ON g.shop_id = $1 AND g.category_id = n.to_id
     WHERE c.shop_id = $1 AND c.customer_id = n.customer_id`,
    [
      shopId,
      bigintArray(people.map(({ customerId }) => customerId)),
      bigintArray(people.map(({ toId }) => toId)),
      bigintArray(people.map(({ ruleId }) => ruleId)),
    ],
  );
  await tx.query(`SET LOCAL setia.moving_categories = 'off'`);
}

export interface PercentChange {
  changeId: string;
  bp: number | null;
  from: string | null;
  until: string | null;
  note: string | null;
  actor: string;
  changedAt: Date;
}

const CHANGES_MAX = 20;

/** Lists the latest changes of a customer's percent, the newest first. */
export async function listPercentChanges(
  db: Queryable,
  shopId: bigint,
  customerId: bigint,
): Promise<PercentChange[]> {
  const { rows } = await db.query<PercentChange>(
    `SELECT change_id::text AS "changeId", percent_bp AS bp, from_day::text AS from, until_day::text AS until, note, actor,
       changed_at AS "changedAt"
     FROM person_percent_changes WHERE shop_id = $1 AND customer_id = $2 ORDER BY change_id DESC LIMIT ${CHANGES_MAX}`,
    [shopId, customerId],
  );
  return rows;
}

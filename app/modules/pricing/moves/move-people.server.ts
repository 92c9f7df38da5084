/** The worker's task: customers whose figures changed are looked at soon, all customers of a rule once a day. */
import { ledgerNow, pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { moveByRules, type RuledCategory } from '#app/modules/customers/store-terms.server.ts';
import { queueEvaluation } from '#app/modules/membership/queue-evaluation.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { decideMoves, type PersonMove } from '../rules/move-people.ts';
import { countedSince, measurePeople } from './measure-people.server.ts';
import { listMoveRules, type StoredMoveRule } from './move-rules.server.ts';

const QUEUED_A_BATCH = 1_000;
const CUSTOMERS_A_BATCH = 2_000;

interface DueShop {
  shopId: bigint;
  timeZone: string;
}

const DUE = `
  SELECT s.shop_id AS "shopId", s.time_zone AS "timeZone" FROM shops s
   WHERE EXISTS (SELECT FROM category_queue q WHERE q.shop_id = s.shop_id)
      OR EXISTS (SELECT FROM category_rules r WHERE r.shop_id = s.shop_id AND r.is_active AND r.removed_at IS NULL) ORDER BY 1`;

/** Moves everyone who is due. Returns how many moves there were. May run twice: the same figures move no one again. */
export async function movePeople(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<DueShop>(DUE);
  const move = async (shop: DueShop): Promise<number> =>
    (await moveQueued(shop, signal)) + (await moveDaily(shop, signal));
  return forEachShop('move-people', rows, move, { signal });
}

async function moveQueued(shop: DueShop, signal: AbortSignal | undefined): Promise<number> {
  let moved = 0;
  for (let taken = QUEUED_A_BATCH; taken === QUEUED_A_BATCH && !signal?.aborted;) {
    const batch = await withTransaction((tx) => moveBatch(tx, shop));
    moved += batch.moved;
    ({ taken } = batch);
  }
  return moved;
}

async function moveBatch(tx: Transaction, shop: DueShop): Promise<{ taken: number; moved: number }> {
  const { rows } = await tx.query<{ id: bigint }>(
    `WITH taken AS (DELETE FROM category_queue WHERE shop_id = $1 AND queue_id IN (
       SELECT queue_id FROM category_queue WHERE shop_id = $1 ORDER BY queue_id LIMIT ${QUEUED_A_BATCH} FOR UPDATE SKIP LOCKED)
       RETURNING shop_id, customer_id)
     SELECT coalesce(c.merged_into, t.customer_id) AS id FROM taken t LEFT JOIN customers c USING (shop_id, customer_id)`,
    [shop.shopId],
  );
  if (rows.length === 0) return { taken: 0, moved: 0 };
  const rules = await listActive(tx, shop.shopId);
  return {
    taken: rows.length,
    moved: await moveThese(tx, shop, rules, [...new Set(rows.map(({ id }) => id))]),
  };
}

const listActive = async (tx: Transaction, shopId: bigint): Promise<StoredMoveRule[]> =>
  (await listMoveRules(tx, shopId)).filter(({ isActive }) => isActive);

/** Those whom a rule may move: in its category, or moved by one that takes back. $4: is the default category among them. */
const OF_RULES = `
  SELECT c.customer_id AS id FROM customers c
   WHERE c.shop_id = $1 AND c.customer_id > $2 AND c.state = 'active' AND c.merged_into IS NULL
     AND (c.category_id = ANY($3::bigint[]) OR c.category_id IS NULL AND $4 OR c.category_rule_id = ANY($5::bigint[]))
   ORDER BY c.customer_id LIMIT ${CUSTOMERS_A_BATCH}`;

/** Goes over all customers of rules that weren't run today. An interrupted run starts over. */
async function moveDaily(shop: DueShop, signal: AbortSignal | undefined): Promise<number> {
  const { shopId, timeZone } = shop;
  const today = localDay(await ledgerNow(pool), timeZone);
  const due = (await listMoveRules(pool, shopId)).filter(
    ({ isActive, evaluatedOn }) => isActive && evaluatedOn !== today,
  );
  if (due.length === 0) return 0;
  const defaults = await pool.query<{ id: bigint }>(
    'SELECT category_id AS id FROM categories WHERE shop_id = $1 AND is_default',
    [shopId],
  );
  const from = due.map(({ fromId }) => fromId);
  const backs = due.flatMap(({ goesBack, ruleId }) => (goesBack ? [ruleId] : []));
  const hasDefault = defaults.rows.some(({ id }) => from.includes(id));
  let moved = 0;
  for (let after: bigint | null = 0n; after !== null;) {
    if (signal?.aborted) return moved;
    const last: bigint = after;
    const page = await withTransaction(async (tx) => {
      const { rows } = await tx.query<{ id: bigint }>(OF_RULES, [
        shopId,
        last,
        bigintArray(from),
        hasDefault,
        bigintArray(backs),
      ]);
      const ids = rows.map(({ id }) => id);
      return {
        after: ids.at(-1) ?? null,
        moved: await moveThese(tx, shop, await listActive(tx, shopId), ids),
      };
    });
    moved += page.moved;
    ({ after } = page);
  }
  // A rule that was changed meanwhile is due again.
  await pool.query(
    `UPDATE category_rules r SET evaluated_on = $2 FROM unnest($3::bigint[], $4::int[]) AS n (rule_id, version)
      WHERE r.shop_id = $1 AND r.rule_id = n.rule_id AND r.version = n.version`,
    [shopId, today, bigintArray(due.map(({ ruleId }) => ruleId)), due.map(({ version }) => version)],
  );
  return moved;
}

interface Person {
  customerId: bigint;
  categoryId: bigint;
  ruleId: bigint | null;
  chosenAt: Date | null;
}

/** Locked before they are measured, so that a waiting run measures at least what the earlier one saw. */
const LOCK = `
  SELECT c.customer_id AS "customerId", coalesce(c.category_id, g.category_id) AS "categoryId", c.category_rule_id AS "ruleId",
    c.category_set_at AS "chosenAt"
  FROM customers c JOIN categories g ON g.shop_id = c.shop_id AND g.is_default
  WHERE c.shop_id = $1 AND c.customer_id = ANY($2::bigint[]) AND c.state = 'active' AND c.merged_into IS NULL
  ORDER BY c.customer_id FOR NO KEY UPDATE OF c`;

async function moveThese(
  tx: Transaction,
  { shopId, timeZone }: DueShop,
  rules: readonly StoredMoveRule[],
  customerIds: readonly bigint[],
): Promise<number> {
  if (rules.length === 0 || customerIds.length === 0) return 0;
  const { rows } = await tx.query<Person>(LOCK, [shopId, bigintArray(customerIds)]);
  const movable = rows.filter(
    ({ categoryId, ruleId }) =>
      rules.some(({ fromId }) => fromId === categoryId) || rules.some((rule) => rule.ruleId === ruleId),
  );
  if (movable.length === 0) return 0;
  const now = await ledgerNow(tx);
  const measured = new Map(movable.map(({ customerId }) => [customerId, new Map<bigint, bigint>()]));
  for (const rule of rules) {
    const people = movable.map(({ customerId, chosenAt }) => ({
      customerId,
      since: countedSince(rule, chosenAt, now),
    }));
    for (const [id, amount] of await measurePeople(tx, shopId, rule.measure, people))
      measured.get(id)?.set(rule.ruleId, amount);
  }
  const moves = movable.flatMap((person) =>
    decideMoves(person, rules, measured.get(person.customerId) ?? new Map()).map((move) => ({
      ...move,
      customerId: person.customerId,
    })),
  );
  await writeMoves(tx, shopId, moves, localDay(now, timeZone));
  return moves.length;
}

/** A customer's moves come in their order, the last is where they are. */
async function writeMoves(
  tx: Transaction,
  shopId: bigint,
  moves: readonly (PersonMove & { customerId: bigint })[],
  day: string,
): Promise<void> {
  if (moves.length === 0) return;
  await tx.query(
    `INSERT INTO category_moves (shop_id, customer_id, rule_id, from_id, to_id, is_back, measured, day, moved_at)
     SELECT $1, n.customer_id, n.rule_id, n.from_id, n.to_id, n.is_back, n.measured, $8, (SELECT ledger_now())
     FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bool[], $7::bigint[]) WITH ORDINALITY
       AS n (customer_id, rule_id, from_id, to_id, is_back, measured, place) ORDER BY n.place`,
    [
      shopId,
      bigintArray(moves.map(({ customerId }) => customerId)),
      bigintArray(moves.map(({ ruleId }) => ruleId)),
      bigintArray(moves.map(({ fromId }) => fromId)),
      bigintArray(moves.map(({ toId }) => toId)),
      moves.map(({ isBack }) => isBack),
      bigintArray(moves.map(({ measured }) => measured)),
      day,
    ],
  );
  const last = [...new Map(moves.map((move) => [move.customerId, move])).values()];
  await setCategories(
    tx,
    shopId,
    last.map(({ customerId, toId, isBack, ruleId }) => ({
      customerId,
      toId,
      ruleId: isBack ? null : ruleId,
    })),
  );
}

/** Puts customers into categories by rules, and has what follows from it looked at. */
async function setCategories(
  tx: Transaction,
  shopId: bigint,
  people: readonly RuledCategory[],
): Promise<void> {
  await moveByRules(tx, shopId, people);
  await queueEvaluation(
    tx,
    people.map(({ customerId }) => ({ shopId, customerId })),
  );
  await wakeTask(tx, 'write-prices');
}

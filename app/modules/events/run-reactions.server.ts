/**
 * Runs reactions to events, each exactly once: a reaction's writes and its cursor move commit in one transaction. A
 * shop or a reaction that fails is retried later; the others continue.
 */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { EVENT_KINDS, type EventKind, type Reaction, type Reactions, type StoredEvent } from './event.ts';

const EVENTS_A_BATCH = 500;
/** A reaction's turn in a shop. */
interface ReactionTurn {
  shopId: bigint;
  /** Its name: one that fails doesn't stop the others. */
  part: string;
  reaction: Reaction;
  kinds: readonly EventKind[];
}

/** Runs every reaction over the events it hasn't read. Returns how many were read; `signal` stops it early. */
export async function runReactions(reactions: Reactions, signal?: AbortSignal): Promise<number> {
  const turns: ReactionTurn[] = [];
  for (const [reaction, kinds] of kindsByReaction(reactions)) {
    const { rows } = await pool.query<{ shopId: bigint }>(SHOPS_WITH_EVENTS, [reaction.name, kinds]);
    turns.push(...rows.map(({ shopId }) => ({ shopId, part: reaction.name, reaction, kinds })));
  }
  return forEachShop('react-to-events', turns, (turn) => runForShop(turn, signal), { signal });
}

/** A reaction to several kinds reads them in one order, with one cursor. */
function kindsByReaction(reactions: Reactions): Map<Reaction, EventKind[]> {
  const kinds = new Map<Reaction, EventKind[]>();
  for (const kind of EVENT_KINDS) {
    for (const reaction of reactions[kind]) kinds.set(reaction, [...(kinds.get(reaction) ?? []), kind]);
  }
  return kinds;
}

/** One at a time per shop, so that a position is visible before a higher one is assigned. */
const LOCK_POSITIONS = `SELECT pg_advisory_xact_lock(hashtextextended('events/' || $1::bigint, 0))`;

const GIVE_POSITIONS = `
  UPDATE events e SET position = n.position FROM (
    SELECT event_id, nextval('events_position_seq') AS position FROM (
      SELECT event_id FROM events WHERE shop_id = $1 AND position IS NULL ORDER BY event_id) o) n
  WHERE e.shop_id = $1 AND e.event_id = n.event_id`;

async function numberEvents(shopId: bigint): Promise<void> {
  await withTransaction(async (tx) => {
    await tx.query(LOCK_POSITIONS, [shopId]);
    await tx.query(GIVE_POSITIONS, [shopId]);
  });
}

const SHOPS_WITH_EVENTS = `
  SELECT s.shop_id AS "shopId" FROM shops s LEFT JOIN reaction_cursors c ON c.shop_id = s.shop_id AND c.reaction = $1
  WHERE EXISTS (SELECT FROM events e WHERE e.shop_id = s.shop_id AND e.kind = ANY($2) AND e.position > coalesce(c.position, 0))
     OR EXISTS (SELECT FROM events e WHERE e.shop_id = s.shop_id AND e.kind = ANY($2) AND e.position IS NULL) ORDER BY 1`;

async function runForShop(
  { shopId, reaction, kinds }: ReactionTurn,
  signal: AbortSignal | undefined,
): Promise<number> {
  await numberEvents(shopId);
  let done = 0;
  for (let read = EVENTS_A_BATCH; read === EVENTS_A_BATCH && !signal?.aborted; done += read)
    read = await withTransaction((tx) => runBatch(tx, reaction, kinds, shopId));
  return done;
}

const ADD_CURSOR = `INSERT INTO reaction_cursors (shop_id, reaction) VALUES ($1, $2) ON CONFLICT DO NOTHING`;

const LOCK_CURSOR = `SELECT position FROM reaction_cursors WHERE shop_id = $1 AND reaction = $2 FOR UPDATE`;

const NEXT_EVENTS = `
  SELECT event_id AS "eventId", kind, subject, details, at, position FROM events
  WHERE shop_id = $1 AND kind = ANY($2) AND position > $3 ORDER BY position LIMIT ${EVENTS_A_BATCH}`;

const MOVE_CURSOR = `
  UPDATE reaction_cursors SET position = $3 WHERE shop_id = $1 AND reaction = $2`;

async function runBatch(
  tx: Transaction,
  { name, react }: Reaction,
  kinds: readonly EventKind[],
  shopId: bigint,
): Promise<number> {
  await tx.query(ADD_CURSOR, [shopId, name]);
  const cursor = await tx.query<{ position: bigint }>(LOCK_CURSOR, [shopId, name]);
  const { rows } = await tx.query<StoredEvent & { position: bigint }>(NEXT_EVENTS, [
    shopId,
    kinds,
    cursor.rows[0]?.position ?? 0n,
  ]);
  const last = rows.at(-1);
  if (!last) return 0;
  await react(tx, shopId, rows);
  await tx.query(MOVE_CURSOR, [shopId, name, last.position]);
  return rows.length;
}

import { pool } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { forEachPage } from '#app/modules/shops/for-each-shop.server.ts';
import { isNotResting } from '#app/modules/shops/task-failures.server.ts';
import { EVENT_DAYS, EVENT_KINDS, type Reactions } from './event.ts';

const PRUNE_ROWS_MAX = 5_000;

interface EventKey {
  shopId: bigint;
  eventId: bigint;
}

/** `$2` are the reactions to the kind `$1`, `$3` the days it is stored: an event that one of them hasn't read is kept, however old it is. */
const OLD = `
  SELECT e.shop_id AS "shopId", e.event_id AS "eventId" FROM events e
   WHERE e.kind = $1 AND e.at < ledger_now() - make_interval(days => $3) AND ${isNotResting('prune-events', 'e')}
     AND ($2::text[] = '{}' OR e.position <= (SELECT min(coalesce(c.position, 0)) FROM unnest($2::text[]) AS r (name)
       LEFT JOIN reaction_cursors c ON c.shop_id = e.shop_id AND c.reaction = r.name))
   LIMIT ${PRUNE_ROWS_MAX}`;

const PRUNE = `
  DELETE FROM events e USING unnest($1::bigint[], $2::bigint[]) AS k (shop_id, event_id)
   WHERE e.shop_id = k.shop_id AND e.event_id = k.event_id`;

/** Deletes events whose days are over (EVENT_DAYS) and that every reaction has read, in short transactions. Returns how many. */
export async function pruneEvents(reactions: Reactions, signal?: AbortSignal): Promise<number> {
  let total = 0;
  for (const kind of EVENT_KINDS) {
    const names = reactions[kind].map(({ name }) => name);
    const listPage = async () => (await pool.query<EventKey>(OLD, [kind, names, EVENT_DAYS[kind]])).rows;
    total += await forEachPage('prune-events', { rowsMax: PRUNE_ROWS_MAX, listPage, work: prune }, signal);
  }
  return total;
}

async function prune(keys: readonly EventKey[]): Promise<number> {
  const { rowCount } = await pool.query(PRUNE, [
    bigintArray(keys.map(({ shopId }) => shopId)),
    bigintArray(keys.map(({ eventId }) => eventId)),
  ]);
  return rowCount ?? 0;
}

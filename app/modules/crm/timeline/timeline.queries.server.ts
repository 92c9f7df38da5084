/**
 * All that happened with a customer as one list, newest first. A page is found by its keys alone, each source along an
 * index of that customer; only then is read what each line tells.
 */
import { pool } from '#app/db.server.ts';
import { ORDERS_OF } from '#app/modules/orders/figures/refresh-figures.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import { readDetails, type TimelineEvent } from './read-details.server.ts';
import type { TimelineKind } from './timeline-kinds.ts';

const EVENTS_A_PAGE = 20;

/** Where one kind of event is found; `id` makes its place exact and may repeat in other sources. */
interface Source {
  kind: TimelineKind;
  /** What reads its details. */
  of: TimelineEvent['of'];
  table: string;
  at: string;
  id: string;
  where?: string;
}

/** Also those of customers merged into this one, and guests' orders that they were given. */
const ORDERS = `(SELECT o.processed_at, o.order_id, k.* FROM (SELECT $1::bigint AS shop_id, $2::bigint AS customer_id) k
  CROSS JOIN LATERAL ${ORDERS_OF} o) o`;

/** Their order breaks ties: what follows from an order is above it. */
const SOURCES: readonly Source[] = [
  { kind: 'orders', of: 'order', table: ORDERS, at: 'processed_at', id: 'order_id' },
  { kind: 'points', of: 'entry', table: 'ledger_entries', at: 'created_at', id: 'entry_id' },
  {
    kind: 'messages',
    of: 'message',
    table: 'messages',
    at: 'created_at',
    id: 'message_id',
    where: `state NOT IN ('planned', 'excluded')`,
  },
  {
    kind: 'notes',
    of: 'note',
    table: 'customer_notes',
    at: 'created_at',
    id: 'note_id',
    where: 'deleted_at IS NULL',
  },
  { kind: 'tags', of: 'tag', table: 'customer_tags', at: 'changed_at', id: `hashtextextended(tag_key, 0)` },
  { kind: 'consents', of: 'consent', table: 'consent_log', at: 'recorded_at', id: 'log_id' },
  {
    kind: 'changes',
    of: 'change',
    table: 'customer_changes',
    at: 'changed_at',
    id: 'change_id',
    where: 'is_kept',
  },
  { kind: 'changes', of: 'tier', table: 'tier_changes', at: 'since', id: 'change_id' },
];

export interface TimelinePage {
  events: TimelineEvent[];
  /** Names of the actors on the page. */
  names: Record<string, string>;
  /** The place that the next page starts after; null on the last page. */
  olderThan: string | null;
  isFirstPage: boolean;
}

interface Key {
  rank: number;
  at: Date;
  /** Of the row in its source. */
  id: bigint;
  position: string;
}

/** Microseconds since 1970, the rank of the source, and the id. */
const POSITION_FORMAT = /^(-?\d{1,18})~(\d)~(-?\d{1,19})$/;

/** A page of a customer's timeline, of one kind or of all (null), older than the place `before`; a place that is none is the newest. */
export async function readTimeline(
  shopId: bigint,
  customerId: bigint,
  kind: TimelineKind | null,
  before: string | null,
): Promise<TimelinePage> {
  const place = POSITION_FORMAT.exec(before ?? '');
  const { rows } = await pool.query<Key>(
    pageSql(kind, place !== null),
    place === null ? [shopId, customerId] : [shopId, customerId, ...place.slice(1)],
  );
  const keys = rows.slice(0, EVENTS_A_PAGE);
  const idsOf = (of: TimelineEvent['of']) =>
    keys.filter(({ rank }) => SOURCES[rank]?.of === of).map(({ id }) => id);
  const details = await readDetails(shopId, customerId, idsOf);
  const events = keys.flatMap(({ rank, id }) => details.get(`${SOURCES[rank]?.of} ${id}`) ?? []);
  const names = await staffNames(shopId, [...new Set(events.flatMap(({ actor }) => actor ?? []))]);
  const last = keys.at(-1);
  return {
    events,
    names: Object.fromEntries(names),
    olderThan: rows.length > keys.length && last ? last.position : null,
    isFirstPage: place === null,
  };
}

function pageSql(kind: TimelineKind | null, hasPlace: boolean): string {
  const reads = SOURCES.map((source, rank) => ({ ...source, rank }))
    .filter((source) => kind === null || source.kind === kind)
    .map(({ rank, table, at, id, where }) => {
      const conditions = ['shop_id = $1', 'customer_id = $2', ...(where === undefined ? [] : [where])];
      if (hasPlace)
        conditions.push(
          `(${at}, ${rank}, ${id}) < ('epoch'::timestamptz + $3::bigint * interval '1 microsecond', $4::int, $5::bigint)`,
        );
      return `(SELECT ${rank} AS rank, ${at} AS at, ${id} AS id FROM ${table} WHERE ${conditions.join(' AND ')}
        ORDER BY ${at} DESC, ${id} DESC LIMIT ${EVENTS_A_PAGE + 1})`;
    });
  return `SELECT rank, at, id, (extract(epoch FROM at) * 1000000)::bigint || '~' || rank || '~' || id AS position
    FROM (${reads.join(' UNION ALL ')}) e ORDER BY at DESC, rank DESC, id DESC LIMIT ${EVENTS_A_PAGE + 1}`;
}

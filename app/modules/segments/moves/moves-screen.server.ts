/** Who joined and who left a stored segment, by the events that the worker writes (members/). */
import { pool } from '#app/db.server.ts';
import { withReadablePhone } from '#app/lib/phone.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import { EVENT_DAYS } from '#app/modules/events/event.ts';
import type { Count } from '../count-customers.server.ts';
import { readSegment, type StoredSegment } from '../saved/segments.queries.server.ts';
import { MOVES, type Move } from './moves-address.ts';

const ROWS = 50;
/** Beyond this a count says "more". */
const COUNT_MAX = 10_000;

export interface SegmentMove {
  eventId: bigint;
  move: Move;
  at: Date;
  /** Whom the customer was merged into, if they were; null for an erased one. */
  customer: CustomerLine | null;
}

export interface MovesView {
  segment: StoredSegment;
  only: Move | null;
  moves: SegmentMove[];
  isFirstPage: boolean;
  /** The event before which the next page begins; null on the last. */
  olderThan: bigint | null;
  counts: Record<Move, Count>;
  /** How long joins and leaves are listed. */
  days: number;
}

/** Each kind from its own part of the index: of one that is rare no other has to be read. */
const LIST = `
  SELECT m.event_id AS "eventId", m.kind, m.at, c.customer_id AS "customerId", c.first_name AS "firstName",
    c.last_name AS "lastName", c.email, c.phone
  FROM unnest($3::text[]) AS k (kind) CROSS JOIN LATERAL (
    SELECT e.event_id, e.kind, e.subject, e.at FROM events e
     WHERE e.shop_id = $1 AND e.details ->> 'segment' = $2 AND e.kind = k.kind AND e.kind IN ('segment.joined', 'segment.left')
       AND ($4::bigint IS NULL OR e.event_id < $4) ORDER BY e.event_id DESC LIMIT ${ROWS + 1}) m
  LEFT JOIN customers s ON s.shop_id = $1 AND s.customer_id = m.subject
  LEFT JOIN customers c ON c.shop_id = $1 AND c.customer_id = coalesce(s.merged_into, m.subject) AND c.state <> 'redacted'
  ORDER BY m.event_id DESC LIMIT ${ROWS + 1}`;

const COUNTS = `
  SELECT k.kind, (SELECT count(*)::int FROM (SELECT FROM events e
      WHERE e.shop_id = $1 AND e.details ->> 'segment' = $2 AND e.kind = k.kind AND e.kind IN ('segment.joined', 'segment.left')
      LIMIT ${COUNT_MAX + 1}) n) AS count
  FROM unnest($3::text[]) AS k (kind)`;

type Kind = `segment.${Move}`;
const kindOf = (move: Move): Kind => `segment.${move}`;
const moveOf = (kind: Kind): Move => (kind === 'segment.joined' ? 'joined' : 'left');

type Row = { eventId: bigint; kind: Kind; at: Date } & Omit<CustomerLine, 'customerId'> & {
    customerId: bigint | null;
  };

/** Reads a page of joins and leaves, the newest first; null if there is no such segment. */
export async function readMoves(
  shopId: bigint,
  segmentId: bigint,
  only: Move | null,
  before: bigint | null,
): Promise<MovesView | null> {
  const segment = await readSegment(shopId, segmentId);
  if (segment === null) return null;
  const kinds = MOVES.filter((move) => only === null || move === only).map(kindOf);
  const [listed, counted] = await Promise.all([
    pool.query<Row>(LIST, [shopId, segmentId.toString(), kinds, before]),
    pool.query<{ kind: Kind; count: number }>(COUNTS, [shopId, segmentId.toString(), MOVES.map(kindOf)]),
  ]);
  const count = (move: Move): Count => {
    const found = counted.rows.find(({ kind }) => kind === kindOf(move))?.count ?? 0;
    return { count: Math.min(found, COUNT_MAX), isMore: found > COUNT_MAX };
  };
  const page = listed.rows.slice(0, ROWS);
  return {
    segment,
    only,
    moves: page.map(({ eventId, kind, at, customerId, ...named }) => ({
      eventId,
      move: moveOf(kind),
      at,
      customer: customerId === null ? null : withReadablePhone({ customerId, ...named }),
    })),
    isFirstPage: before === null,
    olderThan: listed.rows.length > ROWS ? (page.at(-1)?.eventId ?? null) : null,
    counts: { joined: count('joined'), left: count('left') },
    days: EVENT_DAYS['segment.joined'],
  };
}

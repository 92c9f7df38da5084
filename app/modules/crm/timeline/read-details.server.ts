/** What the lines of a timeline tell, read by their ids: one statement a source that is on the page. */
import { pool } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { ENTRY_COLUMNS, ENTRY_JOINS, type EntryRow } from '#app/modules/ledger/balances.queries.server.ts';
import type { MessageState } from '#app/modules/messaging/delivery/rules/message-state.ts';

interface Line {
  /** Unique on the page. */
  key: string;
  at: Date;
  /** `staff:<user id>` or what acted; null where no one did. */
  actor: string | null;
}

export interface EntryEvent extends Line {
  of: 'entry';
  entry: EntryRow;
}

export interface OrderEvent extends Line {
  of: 'order';
  orderId: bigint;
  name: string | null;
  totalMinor: bigint;
  currency: string;
  financial: string;
  isCancelled: boolean;
}

export interface MessageEvent extends Line {
  of: 'message';
  /** Null once the person was erased. */
  body: string | null;
  state: MessageState;
  campaignId: bigint | null;
  campaign: string | null;
}

export interface NoteEvent extends Line {
  of: 'note';
  text: string;
}

export interface TagEvent extends Line {
  of: 'tag';
  name: string;
  isOn: boolean;
}

export interface ConsentEvent extends Line {
  of: 'consent';
  channel: 'sms' | 'email';
  state: string | null;
  source: string;
}

export interface ChangeEvent extends Line {
  of: 'change';
  /** A field of the record, or `category`. */
  field: string;
  before: string | null;
  after: string | null;
  /** `staff`, `shopify`, `import` or `sync`. */
  source: string;
}

export interface TierEvent extends Line {
  of: 'tier';
  /** Null for none. */
  tierName: string | null;
}

export type TimelineEvent =
  EntryEvent | OrderEvent | MessageEvent | NoteEvent | TagEvent | ConsentEvent | ChangeEvent | TierEvent;

type Read = (shopId: bigint, customerId: bigint, ids: string) => Promise<TimelineEvent[]>;

/** Of every source: its lines as SQL with the columns of the event; `key` is the id in it. */
const READS: Record<TimelineEvent['of'], Read> = {
  entry: async (shopId, customerId, ids) => {
    const { rows } = await pool.query<EntryRow>(
      `SELECT ${ENTRY_COLUMNS} FROM ledger_entries e ${ENTRY_JOINS}
        WHERE e.shop_id = $1 AND e.customer_id = $2 AND e.entry_id = ANY($3::bigint[])`,
      [shopId, customerId, ids],
    );
    return rows.map((entry) => ({
      of: 'entry',
      key: String(entry.entryId),
      at: entry.createdAt,
      actor: entry.actor,
      entry,
    }));
  },
  order: (shopId, _customerId, ids) =>
    readLines<OrderEvent>(
      'order',
      `SELECT order_id::text AS key, processed_at AS at, NULL AS actor, order_id AS "orderId", name, total_minor AS "totalMinor", currency,
         financial, cancelled_at IS NOT NULL AS "isCancelled"
        FROM orders WHERE shop_id = $1 AND order_id = ANY($2::bigint[])`,
      [shopId, ids],
    ),
  message: (shopId, customerId, ids) =>
    readLines<MessageEvent>(
      'message',
      `SELECT m.message_id::text AS key, m.created_at AS at, m.actor, m.body, m.state, m.campaign_id AS "campaignId", g.name AS campaign
        FROM messages m LEFT JOIN campaigns g USING (shop_id, campaign_id)
        WHERE m.shop_id = $1 AND m.customer_id = $2 AND m.message_id = ANY($3::bigint[])`,
      [shopId, customerId, ids],
    ),
  note: (shopId, customerId, ids) =>
    readLines<NoteEvent>(
      'note',
      `SELECT note_id::text AS key, created_at AS at, author AS actor, text
        FROM customer_notes WHERE shop_id = $1 AND customer_id = $2 AND note_id = ANY($3::bigint[]) AND deleted_at IS NULL`,
      [shopId, customerId, ids],
    ),
  tag: (shopId, customerId, ids) =>
    readLines<TagEvent>(
      'tag',
      `SELECT hashtextextended(t.tag_key, 0)::text AS key, t.changed_at AS at, NULL AS actor, coalesce(g.name, t.tag_key) AS name, t.is_on AS "isOn"
        FROM customer_tags t LEFT JOIN tags g USING (shop_id, tag_key)
        WHERE t.shop_id = $1 AND t.customer_id = $2 AND hashtextextended(t.tag_key, 0) = ANY($3::bigint[])`,
      [shopId, customerId, ids],
    ),
  consent: (shopId, customerId, ids) =>
    readLines<ConsentEvent>(
      'consent',
      `SELECT log_id::text AS key, recorded_at AS at, actor, channel, state, source
        FROM consent_log WHERE shop_id = $1 AND customer_id = $2 AND log_id = ANY($3::bigint[])`,
      [shopId, customerId, ids],
    ),
  change: (shopId, customerId, ids) =>
    readLines<ChangeEvent>(
      'change',
      `SELECT change_id::text AS key, changed_at AS at, actor, field, before, after, source
        FROM customer_changes WHERE shop_id = $1 AND customer_id = $2 AND change_id = ANY($3::bigint[])`,
      [shopId, customerId, ids],
    ),
  tier: (shopId, customerId, ids) =>
    readLines<TierEvent>(
      'tier',
      `SELECT h.change_id::text AS key, h.since AS at, h.actor, t.name AS "tierName"
        FROM tier_changes h LEFT JOIN tiers t USING (shop_id, tier_id)
        WHERE h.shop_id = $1 AND h.customer_id = $2 AND h.change_id = ANY($3::bigint[])`,
      [shopId, customerId, ids],
    ),
};

async function readLines<Event extends TimelineEvent>(
  of: Event['of'],
  sql: string,
  values: unknown[],
): Promise<(Omit<Event, 'of'> & { of: Event['of'] })[]> {
  const { rows } = await pool.query<Omit<Event, 'of'>>(sql, values);
  return rows.map((row) => ({ ...row, of }));
}

/** Reads the events with these ids, by `<source> <id>`. */
export async function readDetails(
  shopId: bigint,
  customerId: bigint,
  idsOf: (of: TimelineEvent['of']) => readonly bigint[],
): Promise<Map<string, TimelineEvent>> {
  const found = await Promise.all(
    SOURCE_NAMES.map(async (of) => {
      const ids = idsOf(of);
      return ids.length === 0 ? [] : READS[of](shopId, customerId, bigintArray(ids));
    }),
  );
  return new Map(found.flat().map((event) => [`${event.of} ${event.key}`, event]));
}

const SOURCE_NAMES = ['entry', 'order', 'message', 'note', 'tag', 'consent', 'change', 'tier'] as const;

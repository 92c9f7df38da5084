/** Everyone with a percent of their own (F19), and whose ends soon. */
import { pool } from '#app/db.server.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import { ENDING_DAYS, type PercentTab } from './percent-tabs.ts';

const PAGE = 50;

export type PercentState = 'now' | 'later' | 'ending' | 'ended';

export interface PercentLine extends CustomerLine {
  bp: number;
  /** Days of the shop, `YYYY-MM-DD`. */
  from: string | null;
  until: string | null;
  note: string | null;
  state: PercentState;
  /** Null counts in the default one. */
  categoryId: bigint | null;
  changedAt: Date | null;
  /** The staff member's name, if it is known. */
  changedBy: string | null;
}

export interface PercentListView {
  tab: PercentTab;
  counts: Record<PercentTab, number>;
  lines: PercentLine[];
  categories: { categoryId: bigint; name: string; isDefault: boolean }[];
  /** The cursor of the next page; null on the last. */
  after: string | null;
  isFirstPage: boolean;
}

/** A statement of its own, which is computed once and not for each of a hundred thousand. */
const TODAY = `(SELECT (ledger_now() AT TIME ZONE time_zone)::date FROM shops WHERE shop_id = $1)`;
const HAS_PERCENT = `c.shop_id = $1 AND c.person_discount_bp IS NOT NULL AND c.state = 'active' AND c.merged_into IS NULL`;
const WHERE: Record<PercentTab, string> = {
  all: 'true',
  ending: `c.person_discount_until BETWEEN ${TODAY} AND ${TODAY} + ${ENDING_DAYS}`,
  ended: `c.person_discount_until < ${TODAY}`,
};

const COUNT = `
  SELECT count(*)::int AS all, count(*) FILTER (WHERE ${WHERE.ending})::int AS ending,
    count(*) FILTER (WHERE ${WHERE.ended})::int AS ended FROM customers c WHERE ${HAS_PERCENT}`;

const listSql = (tab: PercentTab) => `
  SELECT c.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName", c.email, c.phone,
    c.person_discount_bp AS bp, c.person_discount_from::text AS from, c.person_discount_until::text AS until,
    c.person_discount_note AS note, c.category_id AS "categoryId", h.changed_at AS "changedAt", h.actor,
    CASE WHEN c.person_discount_from > ${TODAY} THEN 'later' WHEN ${WHERE.ended} THEN 'ended' WHEN ${WHERE.ending} THEN 'ending'
      ELSE 'now' END AS state
  FROM customers c LEFT JOIN LATERAL (SELECT changed_at, actor FROM person_percent_changes h
     WHERE h.shop_id = $1 AND h.customer_id = c.customer_id ORDER BY change_id DESC LIMIT 1) h ON true
  WHERE ${HAS_PERCENT} AND ${WHERE[tab]} AND ($2::bigint IS NULL OR c.customer_id > $2)
  ORDER BY c.customer_id LIMIT ${PAGE + 1}`;

type Row = Omit<PercentLine, 'changedBy'> & { actor: string | null };

/** Reads a page of those with a percent, from the customer after `after` on. */
export async function listPercents(
  shopId: bigint,
  tab: PercentTab,
  after: bigint | null,
): Promise<PercentListView> {
  const [lines, counts, categories] = await Promise.all([
    pool.query<Row>(listSql(tab), [shopId, after]),
    pool.query<Record<PercentTab, number>>(COUNT, [shopId]),
    pool.query<PercentListView['categories'][number]>(
      `SELECT category_id AS "categoryId", name, is_default AS "isDefault" FROM categories WHERE shop_id = $1
       ORDER BY position, category_id`,
      [shopId],
    ),
  ]);
  const shown = lines.rows.slice(0, PAGE);
  const names = await staffNames(
    shopId,
    shown.flatMap(({ actor }) => actor ?? []),
  );
  return {
    tab,
    counts: counts.rows[0] ?? { all: 0, ending: 0, ended: 0 },
    lines: shown.map(({ actor, ...line }) => ({ ...line, changedBy: names.get(actor ?? '') ?? null })),
    categories: categories.rows,
    after: lines.rows.length > PAGE ? String(shown.at(-1)?.customerId) : null,
    isFirstPage: after === null,
  };
}

/** The orders of the list in SQL, and places between its rows, which stay valid when rows change. */
import type { PutParameter } from './sql-parameters.ts';
import type { CustomerSort, SortBy } from './customer-filter.ts';

/** A place in the list and the side of it that is asked for. */
export type CustomerCursor = { side: 'after' | 'before'; position: string };

interface SortKey {
  /** The column of `customer_stats` that the key is made of; null when the id alone decides. */
  column: string | null;
  /** Expression over rows `s` of `customer_stats`, never NULL, as its index has it; null when the id alone decides. */
  sql: string | null;
  /** The key as text within a position. */
  text: string;
  /** That text as SQL of the key's type; null for a text that is none. */
  parse(text: string, put: PutParameter): string | null;
}

/** A customer without orders comes before all times. */
const LAST_ORDER = `coalesce(s.latest_order_at, '-infinity'::timestamptz)`;
const NEVER = 'never';
/** Later than any order, and still a time that PostgreSQL has. */
const MICROS = /^\d{1,17}$/;
const INTEGER = /^\d{1,9}$/;
const BIGINT = /^\d{1,18}$/;
const BASE64 = /^[\w-]*$/;

const SORT_KEYS: Record<SortBy, SortKey> = {
  last_order: {
    column: 'latest_order_at',
    sql: LAST_ORDER,
    // Exact, where JavaScript's dates would lose the microseconds.
    text: `coalesce((extract(epoch FROM s.latest_order_at) * 1000000)::bigint::text, '${NEVER}')`,
    parse(text, put) {
      if (text === NEVER) return `'-infinity'::timestamptz`;
      if (!MICROS.test(text)) return null;
      return `('epoch'::timestamptz + ${put(text)}::bigint * interval '1 microsecond')`;
    },
  },
  name: {
    column: 'sort_name',
    sql: 's.sort_name',
    // Not readable in an address, which logs keep.
    text: `translate(encode(convert_to(s.sort_name, 'UTF8'), 'base64'), E'+/=\\n', '-_')`,
    parse(text, put) {
      if (!BASE64.test(text)) return null;
      const name = Buffer.from(text, 'base64url').toString('utf8');
      return name.includes('\u0000') ? null : `${put(name)}::text`;
    },
  },
  orders: {
    column: 'orders_valid',
    sql: 's.orders_valid',
    text: 's.orders_valid::text',
    parse: (text, put) => (INTEGER.test(text) ? `${put(text)}::int` : null),
  },
  sales: {
    column: 'spend_minor',
    sql: 's.spend_minor',
    text: 's.spend_minor::text',
    parse: (text, put) => (BIGINT.test(text) ? `${put(text)}::bigint` : null),
  },
  // Shopify counts its customers up.
  newest: { column: null, sql: null, text: `''`, parse: () => '' },
};

/** SQL of a page: what to order by, and what each row's position is. */
export interface PlaceSql {
  /** The columns of `s` that the order and the position are made of. */
  columns: string;
  orderBy: string;
  /** The order's own key, and the same order over rows that have it as `order_key`: PostgreSQL sees then that they are sorted. */
  orderKey: string;
  orderByKey: string;
  position: string;
  /** Condition for rows on the asked side of the cursor; null without one, and for one that is no place in this order. */
  beyond: string | null;
  /** True when rows come from the cursor backwards and have to be turned round. */
  isBackward: boolean;
}

/** Rows in the order of `sort`, from the cursor on or up to it. */
export function placeSql(sort: CustomerSort, cursor: CustomerCursor | null, put: PutParameter): PlaceSql {
  const key = SORT_KEYS[sort.by];
  const keys = key.sql === null ? 's.customer_id' : `${key.sql}, s.customer_id`;
  const at = cursor && readPlace(key, cursor.position, put);
  const isBackward = at !== null && cursor?.side === 'before';
  const isDescending = sort.isDescending !== isBackward;
  const direction = isDescending ? 'DESC' : 'ASC';
  return {
    columns: ['s.customer_id', ...(key.column === null ? [] : [`s.${key.column}`])].join(', '),
    orderKey: key.sql ?? 's.customer_id',
    orderByKey: `s.order_key ${direction}, s.customer_id ${direction}`,
    orderBy: keys.replace(/, (?=s\.customer_id$)/, ` ${direction}, `).concat(` ${direction}`),
    position: `${key.text} || '.' || s.customer_id`,
    beyond: at === null ? null : `(${keys}) ${isDescending ? '<' : '>'} (${at})`,
    isBackward,
  };
}

function readPlace(key: SortKey, position: string, put: PutParameter): string | null {
  const [, text = '', id] = /^([\w-]*)\.(\d{1,18})$/.exec(position) ?? [];
  if (id === undefined) return null;
  const value = key.parse(text, put);
  if (value === null) return null;
  return key.sql === null ? `${put(id)}::bigint` : `${value}, ${put(id)}::bigint`;
}

/** The place that an address asks for; null for the beginning. */
export function readCursor(params: URLSearchParams): CustomerCursor | null {
  const after = params.get('after');
  if (after !== null) return { side: 'after', position: after };
  const before = params.get('before');
  return before === null ? null : { side: 'before', position: before };
}

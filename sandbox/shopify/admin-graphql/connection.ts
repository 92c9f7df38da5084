import { GraphQLError } from 'graphql';

import type { FieldArguments, Source } from './context.ts';

const LARGEST_PAGE = 250;

/** The argument that replaces pages in a bulk operation; no schema can have one of this name. */
export const BULK_SLICE = '__slice';

/** A range of a connection's items, or all of them without bounds. */
export class BulkSlice {
  readonly from: number;
  readonly to: number;

  constructor(from = 0, to = Infinity) {
    this.from = from;
    this.to = to;
  }
}

export type Page<Item> = {
  items: readonly Item[];
  /** What a cursor encodes; must be unique and stable. */
  idOf: (item: Item) => string | number;
  toSource: (item: Item) => Source;
  /** 250 unless the schema says otherwise. */
  largestPage?: number;
};

/**
 * A connection over items that are in their final order: first/after or last/before, at most 250. Shopify's
 * messages for missing and oversized pages. Items are turned into sources only when they are on the page.
 */
export function connection<Item>(page: Page<Item>, args: FieldArguments): Source {
  const { items, idOf, toSource, largestPage = LARGEST_PAGE } = page;
  const slice = args[BULK_SLICE];
  if (slice instanceof BulkSlice) {
    return { edges: () => items.slice(slice.from, slice.to).map((item) => ({ node: () => toSource(item) })) };
  }
  const size = pageSize(args, largestPage);
  let start = 0;
  let end = items.length;
  if (typeof args.after === 'string') start = positionOf(items, idOf, args.after) + 1;
  if (typeof args.before === 'string') end = positionOf(items, idOf, args.before);
  if (typeof args.first === 'number') end = Math.min(end, start + size);
  else start = Math.max(start, end - size);
  const chosen = items.slice(start, Math.max(start, end));
  const edges = chosen.map((item) => ({ cursor: cursorOf(idOf(item)), item }));
  return {
    nodes: () => chosen.map(toSource),
    edges: () => edges.map(({ cursor, item }) => ({ cursor, node: () => toSource(item) })),
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function pageSize(args: FieldArguments, largestPage: number): number {
  const { first, last } = args;
  if (typeof first !== 'number' && typeof last !== 'number') {
    throw badRequest('you must provide one of first or last');
  }
  if (typeof first === 'number' && typeof last === 'number') {
    throw badRequest('providing both first and last is not supported');
  }
  const size = typeof first === 'number' ? first : Number(last);
  if (size < 0 || size > largestPage) {
    throw badRequest(`The first or last argument must be between 0 and ${largestPage}`);
  }
  return size;
}

function cursorOf(id: string | number): string {
  return Buffer.from(JSON.stringify({ last_id: id })).toString('base64');
}

/** Items keep their order between two pages, so a cursor only has to name its item. */
function positionOf<Item>(items: readonly Item[], idOf: Page<Item>['idOf'], cursor: string): number {
  const position = items.findIndex((item) => cursorOf(idOf(item)) === cursor);
  if (position < 0) throw badRequest('invalid cursor for current pagination sort');
  return position;
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}

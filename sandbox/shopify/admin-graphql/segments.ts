/** Segments and their members, as queries return them. What is refused and how: captured responses of conformance tests. */
import { GraphQLError } from 'graphql';

import type { Customer, Segment } from '../../state.ts';
import { gid, idOf } from '../../world.ts';
import { segmentFilter, SegmentQueryError } from '../segment-query.ts';
import { isMembersQueryDone, segmentMembers, segmentsOf } from '../segments.ts';
import { connection } from './connection.ts';
import type { AdminContext, FieldArguments, Source } from './context.ts';
import type { RootResolver } from './queries.ts';
import { searchFilter, type SearchFields } from './search.ts';

/** The schema says so. */
const LARGEST_MEMBERS_PAGE = 1_000;

const SEARCH: SearchFields<Segment> = {
  id: ({ id }) => ({ kind: 'number', value: id }),
  name: ({ name }) => ({ kind: 'text', value: name }),
};

const ORDER: Record<string, (segment: Segment) => string | number> = {
  CREATION_DATE: ({ createdAt }) => createdAt,
  ID: ({ id }) => id,
  LAST_EDIT_DATE: ({ editedAt }) => editedAt,
};

export const segmentQueries: Record<string, RootResolver> = {
  segments: (args, { world, domain }) => {
    const valueOf = ORDER[String(args.sortKey)];
    if (!valueOf) throw notSimulated(`sort key ${String(args.sortKey)}`);
    const found = segmentsOf(world, domain)
      .filter(searchFilter(args.query, SEARCH))
      .toSorted((one, other) => {
        const [left, right] = [valueOf(one), valueOf(other)];
        return left === right ? one.id - other.id : left < right ? -1 : 1;
      });
    const items = args.reverse === true ? found.toReversed() : found;
    return connection({ items, idOf: (each) => each.id, toSource: segmentSource }, args);
  },
  segment: (args, context) => segmentSource(findSegment(args.id, context)),
  customerSegmentMembers: members,
  customerSegmentMembersQuery: (args, context) => {
    const found = findMembersQuery(args.id, context);
    return membersQuerySource(found.id, isMembersQueryDone(found), found.memberIds.length);
  },
};

/** Unknown segments are an error beside `null`. */
export function findSegment(id: unknown, { world, domain }: AdminContext): Segment {
  const found = segmentsOf(world, domain).find((each) => each.id === idOf(String(id)));
  if (!found) throw new GraphQLError('Segment does not exist', { extensions: { code: 'NOT_FOUND' } });
  return found;
}

export function segmentSource({ id, name, query, createdAt, editedAt }: Segment): Source {
  return { id: gid('Segment', id), name, query, creationDate: createdAt, lastEditDate: editedAt };
}

/** What `customerSegmentMembersQueryCreate` and its query return; the count is known when it is done. */
export function membersQuerySource(id: number, done: boolean, count: number): Source {
  return { id: gid('CustomerSegmentMembersQuery', id), done, currentCount: done ? count : 0 };
}

function findMembersQuery(id: unknown, { state }: AdminContext) {
  const found = state.memberQueries?.find((each) => each.id === idOf(String(id)));
  if (!found)
    throw new GraphQLError('Something went wrong', { extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  return found;
}

function members(args: FieldArguments, context: AdminContext): Source {
  for (const name of ['sortKey', 'timezone']) if (args[name]) throw notSimulated(`argument ${name}`);
  const items = membersOf(args, context);
  const page = { items, idOf: ({ id }: Customer) => id, toSource, largestPage: LARGEST_MEMBERS_PAGE };
  const { nodes: _none, ...source } = connection(page, args);
  return { ...source, totalCount: items.length };
}

/** Shopify gives a member an id of its own kind, with the customer's number. */
function toSource({ id, firstName, lastName, email }: Customer): Source {
  const displayName = `${firstName} ${lastName}`.trim() || email || '';
  return { id: gid('CustomerSegmentMember', id), firstName, lastName, displayName };
}

function membersOf(args: FieldArguments, context: AdminContext): Customer[] {
  const { world, domain, state } = context;
  const given = [args.segmentId, args.queryId, args.query].filter(
    (each) => each !== undefined && each !== null,
  );
  if (given.length !== 1)
    throw new GraphQLError('Exactly one of segmentId, queryId and query is needed', {
      extensions: { code: 'BAD_REQUEST' },
    });
  if (args.segmentId) return segmentMembers(world, domain, findSegment(args.segmentId, context).query);
  if (!args.queryId) return segmentMembers(world, domain, readQuery(String(args.query)));
  const found = findMembersQuery(args.queryId, context);
  if (!isMembersQueryDone(found)) return [];
  return state.customers
    .filter(({ id }) => found.memberIds.includes(id))
    .toSorted((one, other) => one.id - other.id);
}

function readQuery(query: string): string {
  try {
    segmentFilter(query);
    return query;
  } catch (error) {
    if (!(error instanceof SegmentQueryError)) throw error;
    throw new GraphQLError(error.message, { extensions: { code: 'BAD_REQUEST' } });
  }
}

function notSimulated(what: string): GraphQLError {
  return new GraphQLError(`sandbox: ${what} is not simulated`, {
    extensions: { code: 'SANDBOX_NOT_SIMULATED' },
  });
}

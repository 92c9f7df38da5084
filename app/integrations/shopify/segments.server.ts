/** The shop's own segments at Shopify: its list and their members. */
import { idToGid } from '#app/lib/ids.ts';
import type {
  CreateSegmentMutation,
  DeleteSegmentMutation,
  ListSegmentMembersQuery,
  ListSegmentsQuery,
  ReadMembersQueryQuery,
  StartMembersQueryMutation,
  UpdateSegmentMutation,
} from '#app/types/admin.generated.d.ts';
import { adminGraphql, firstUserError } from './admin-client.server.ts';
import { idOfGid } from './gid.ts';
import {
  CREATE_SEGMENT,
  DELETE_SEGMENT,
  LIST_SEGMENT_MEMBERS,
  LIST_SEGMENTS,
  READ_MEMBERS_QUERY,
  START_MEMBERS_QUERY,
  UPDATE_SEGMENT,
} from './operations/segments.ts';

/** Shopify's limit for a page of segments. */
const SEGMENTS_A_PAGE = 250;
/** Shopify's limit for a page of members, larger than that of other lists. */
const MEMBERS_A_PAGE = 1_000;

export interface ShopifySegment {
  shopifySegmentId: bigint;
  name: string;
  /** In Shopify's segment query language. */
  query: string;
  /** By Shopify's clock, in whole seconds. */
  editedAt: Date;
}

type SegmentNode = ListSegmentsQuery['segments']['nodes'][number];

/** Reads every segment of the shop, oldest first. Throws UpstreamError. */
export async function listShopifySegments(shopDomain: string): Promise<ShopifySegment[]> {
  const all: ShopifySegment[] = [];
  for (let after: string | null = null; ;) {
    const page = await readPage(shopDomain, { after, sortKey: 'ID', reverse: false });
    all.push(...page.nodes.map(toSegment));
    if (!page.pageInfo.hasNextPage) return all;
    after = page.pageInfo.endCursor ?? null;
  }
}

/** Reads one segment; null if it was deleted. Throws UpstreamError. */
export async function findShopifySegment(
  shopDomain: string,
  shopifySegmentId: bigint,
): Promise<ShopifySegment | null> {
  const page = await readPage(shopDomain, { query: `id:${shopifySegmentId}`, sortKey: 'ID', reverse: false });
  return page.nodes.map(toSegment).find((one) => one.shopifySegmentId === shopifySegmentId) ?? null;
}

/** Reads the segments that were created last, the newest first, a page of them. Throws UpstreamError. */
export async function listNewestSegments(shopDomain: string): Promise<ShopifySegment[]> {
  const page = await readPage(shopDomain, { sortKey: 'CREATION_DATE', reverse: true });
  return page.nodes.map(toSegment);
}

async function readPage(shopDomain: string, variables: object): Promise<ListSegmentsQuery['segments']> {
  const { segments } = await adminGraphql<ListSegmentsQuery>(shopDomain, LIST_SEGMENTS, {
    first: SEGMENTS_A_PAGE,
    ...variables,
  });
  return segments;
}

function toSegment({ id, name, query, lastEditDate }: SegmentNode): ShopifySegment {
  return {
    shopifySegmentId: idOfGid(id, 'Segment'),
    name,
    query,
    editedAt: new Date(String(lastEditDate)),
  };
}

export interface SegmentContent {
  name: string;
  query: string;
}

export type SegmentWritten =
  /** As Shopify has it now: a name that another segment has gets a number. */
  | { outcome: 'written'; segment: ShopifySegment }
  /** It was deleted at Shopify. */
  | { outcome: 'gone' }
  /** Permanent; `message` is Shopify's. */
  | { outcome: 'refused'; message: string };

/** Creates a segment. Not to be repeated without looking whether the first try did it. Throws UpstreamError. */
export async function createShopifySegment(
  shopDomain: string,
  content: SegmentContent,
): Promise<SegmentWritten> {
  const { segmentCreate } = await adminGraphql<CreateSegmentMutation>(shopDomain, CREATE_SEGMENT, {
    ...content,
  });
  return toWritten(segmentCreate);
}

/** Changes a segment's name and query. Can be repeated. Throws UpstreamError. */
export async function updateShopifySegment(
  shopDomain: string,
  shopifySegmentId: bigint,
  content: SegmentContent,
): Promise<SegmentWritten> {
  const id = idToGid('Segment', shopifySegmentId);
  const { segmentUpdate } = await adminGraphql<UpdateSegmentMutation>(shopDomain, UPDATE_SEGMENT, {
    id,
    ...content,
  });
  return toWritten(segmentUpdate);
}

/** Deletes a segment; one that is gone already is deleted, too. Can be repeated. Throws UpstreamError. */
export async function deleteShopifySegment(
  shopDomain: string,
  shopifySegmentId: bigint,
): Promise<{ outcome: 'deleted' } | { outcome: 'refused'; message: string }> {
  const id = idToGid('Segment', shopifySegmentId);
  const { segmentDelete } = await adminGraphql<DeleteSegmentMutation>(shopDomain, DELETE_SEGMENT, { id });
  const error = firstUserError(segmentDelete?.userErrors ?? []);
  return error === null || error.field === 'id'
    ? { outcome: 'deleted' }
    : { outcome: 'refused', message: error.message };
}

type Payload = CreateSegmentMutation['segmentCreate'] | UpdateSegmentMutation['segmentUpdate'];

function toWritten(payload: Payload): SegmentWritten {
  if (payload?.segment) return { outcome: 'written', segment: toSegment(payload.segment) };
  const error = firstUserError(payload?.userErrors ?? []);
  if (error?.field === 'id') return { outcome: 'gone' };
  return { outcome: 'refused', message: error?.message ?? '' };
}

/**
 * Has Shopify find a segment's members as they are now; returns the id of the query. Null if it refused, as it does for
 * a segment that was deleted. Throws UpstreamError.
 */
export async function startMembersQuery(
  shopDomain: string,
  shopifySegmentId: bigint,
): Promise<string | null> {
  const input = { segmentId: idToGid('Segment', shopifySegmentId) };
  const { customerSegmentMembersQueryCreate: answer } = await adminGraphql<StartMembersQueryMutation>(
    shopDomain,
    START_MEMBERS_QUERY,
    { input },
  );
  return answer?.customerSegmentMembersQuery?.id ?? null;
}

/** Whether Shopify has found the members; false for a query that it no longer knows, too. Throws UpstreamError. */
export async function isMembersQueryDone(shopDomain: string, queryId: string): Promise<boolean> {
  const { customerSegmentMembersQuery } = await adminGraphql<ReadMembersQueryQuery>(
    shopDomain,
    READ_MEMBERS_QUERY,
    { id: queryId },
  );
  return customerSegmentMembersQuery?.done === true;
}

export interface MembersPage {
  customerIds: bigint[];
  total: number;
  /** Where the next page begins; null after the last. */
  after: string | null;
}

/** Reads a page of the members that a query has found. Throws UpstreamError. */
export async function readMembersPage(
  shopDomain: string,
  queryId: string,
  after: string | null,
): Promise<MembersPage> {
  const { customerSegmentMembers } = await adminGraphql<ListSegmentMembersQuery>(
    shopDomain,
    LIST_SEGMENT_MEMBERS,
    { queryId, first: MEMBERS_A_PAGE, after },
  );
  const { edges, totalCount, pageInfo } = customerSegmentMembers;
  return {
    // A member has an id of its own kind, with the customer's number.
    customerIds: edges.map(({ node }) => idOfGid(node.id, 'CustomerSegmentMember')),
    total: totalCount,
    after: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
  };
}

/** The shop's own segments at Shopify: its list and their members. */
import { idToGid } from '#app/lib/ids.ts';
import type {
  ListSegmentMembersQuery,
  ListSegmentsQuery,
  ReadMembersQueryQuery,
  StartMembersQueryMutation,
} from '#app/types/admin.generated.d.ts';
import { adminGraphql } from './admin-client.server.ts';
import { idOfGid } from './gid.ts';
import {
  LIST_SEGMENT_MEMBERS,
  LIST_SEGMENTS,
  READ_MEMBERS_QUERY,
  START_MEMBERS_QUERY,
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

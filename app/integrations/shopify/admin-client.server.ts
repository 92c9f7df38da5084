import { setTimeout as sleep } from 'node:timers/promises';
import { UpstreamError } from '#app/lib/errors.ts';
import { cleanJsonText } from '#app/lib/storable.ts';
import { unauthenticated } from '#app/shopify.server.ts';
import { noteBudget, noteEmptyBudget } from './api-budget.server.ts';
import { ensureFreshToken } from './fresh-token.server.ts';
import { asApproved, readsProtected, type Approval } from './protected-fields.ts';
import {
  CustomerDataRefused,
  readUnapproved,
  refusedApprovals,
  storeUnapproved,
} from './unapproved-data.server.ts';
import { httpStatus, toUpstreamError } from './upstream-error.ts';

/** How often a throttled request is retried before it fails; a shopper may be waiting. */
const THROTTLE_RETRIES_MAX = 3;
const THROTTLE_WAIT_MAX_MS = 2_000;

type AdminContext = Awaited<ReturnType<typeof unauthenticated.admin>>;

/**
 * Runs one Admin GraphQL operation for a shop with its offline token (renewed when it is about to expire) and returns
 * `data`. Waits and retries when Shopify throttles; nothing else is retried here, because only the caller knows how
 * to find out what a lost mutation did. `userErrors` are left to the caller (`firstUserError`). Protected fields that
 * Shopify has not approved are left out (`unapproved`: these instead of those known; refused ones are added).
 * @throws UpstreamError; `outcomeKnown: false` means that the mutation may have been executed.
 */
export async function adminGraphql<TData>(
  shopDomain: string,
  operation: string,
  variables: Record<string, unknown> = {},
  unapproved?: Set<Approval>,
): Promise<TData> {
  const isProtected = readsProtected(operation);
  const leftOut = unapproved ?? (isProtected ? await readUnapproved(shopDomain) : NOTHING);
  let refusedToken: string | null = null;
  for (let throttled = 0; ;) {
    const context = await openContext(shopDomain, refusedToken);
    try {
      return await request<TData>(shopDomain, context, asApproved(operation, leftOut), variables);
    } catch (error) {
      if (isUnauthorized(error) && refusedToken === null) {
        // Shopify may revoke a token before its expiry.
        refusedToken = context.session.accessToken ?? '';
        continue;
      }
      if (isProtected && (await leaveOutMore(shopDomain, error, leftOut))) continue;
      const upstream = toUpstreamError(error, isMutation(operation));
      if (upstream.retryAfterMs !== undefined) noteEmptyBudget(shopDomain);
      if (upstream.retryAfterMs === undefined || throttled >= THROTTLE_RETRIES_MAX) throw upstream;
      throttled += 1;
      await sleep(Math.min(upstream.retryAfterMs, THROTTLE_WAIT_MAX_MS));
    }
  }
}

const NOTHING: Set<Approval> = new Set();

/** Returns whether the error names something to leave out; it is stored, so that later reads leave it out at once. */
async function leaveOutMore(shopDomain: string, error: unknown, leftOut: Set<Approval>): Promise<boolean> {
  const refused = refusedApprovals(error);
  if (refused.length === 0) return false;
  await storeUnapproved(shopDomain, refused);
  if (refused.includes('customers')) throw new CustomerDataRefused(shopDomain, error);
  const more = refused.filter((each) => !leftOut.has(each));
  for (const each of more) leftOut.add(each);
  return more.length > 0;
}

/**
 * Returns the first of a payload's user errors, or null: `{ field: 'basicCodeDiscount.code', code: 'TAKEN', message
 * }`.
 */
export function firstUserError(
  userErrors: readonly { field?: readonly string[] | null; code?: string | null; message: string }[],
): { field: string; code: string | null; message: string } | null {
  const [error] = userErrors;
  return error
    ? { field: (error.field ?? []).join('.'), code: error.code ?? null, message: error.message }
    : null;
}

async function openContext(shopDomain: string, refusedToken: string | null): Promise<AdminContext> {
  try {
    await ensureFreshToken(shopDomain, refusedToken);
    return await unauthenticated.admin(shopDomain);
  } catch (error) {
    // Nothing was sent yet. With a new token, which opening the app brings, the same request may succeed.
    throw new UpstreamError(`no usable access token for ${shopDomain}`, {
      retryable: true,
      outcomeKnown: true,
      cause: error,
    });
  }
}

async function request<TData>(
  shopDomain: string,
  context: AdminContext,
  operation: string,
  variables: object,
): Promise<TData> {
  const response = await context.admin.graphql(operation, { variables: { ...variables } });
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- a test holds each operation and its type against the schema
  const answer: { data: TData } = JSON.parse(cleanJsonText(await response.text()));
  noteBudget(shopDomain, answer);
  return answer.data;
}

function isUnauthorized(error: unknown): boolean {
  return httpStatus(error)?.code === 401;
}

const COMMENTS = /^(?:\s+|#[^\n]*\n)*/;

function isMutation(operation: string): boolean {
  return operation.replace(COMMENTS, '').startsWith('mutation');
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '@shopify/shopify-api';
import { UpstreamError } from '#app/lib/errors.ts';
import { sessionStorage, unauthenticated } from '#app/shopify.server.ts';
import { httpStatus, toUpstreamError } from './upstream-error.ts';

const REQUEST_TIMEOUT_MS = 10_000;
/** A throttled request is tried again this often before the caller is told; a shopper may be waiting. */
const THROTTLE_RETRIES_MAX = 3;
const THROTTLE_WAIT_MAX_MS = 2_000;

type AdminContext = Awaited<ReturnType<typeof unauthenticated.admin>>;

/**
 * Runs one Admin GraphQL operation for a shop with its offline token (renewed when it is about to expire) and
 * answers `data`. Waits and tries again when Shopify throttles; nothing else is tried again here, because only the
 * caller knows how to look for what a lost mutation did. `userErrors` are left to the caller (`firstUserError`).
 * @throws UpstreamError; `outcomeKnown: false` means that the mutation may have been executed.
 */
export async function adminGraphql<TData>(
  shopDomain: string,
  operation: string,
  variables: Record<string, unknown> = {},
): Promise<TData> {
  let hasRenewedToken = false;
  for (let throttled = 0; ;) {
    const context = await openContext(shopDomain);
    try {
      return await request<TData>(context, operation, variables);
    } catch (error) {
      if (isUnauthorized(error) && !hasRenewedToken) {
        hasRenewedToken = true;
        await expireToken(context.session);
        continue;
      }
      const upstream = toUpstreamError(error, isMutation(operation));
      if (upstream.retryAfterMs === undefined || throttled >= THROTTLE_RETRIES_MAX) throw upstream;
      throttled += 1;
      await sleep(Math.min(upstream.retryAfterMs, THROTTLE_WAIT_MAX_MS));
    }
  }
}

/** The first of a payload's user errors, or null: `{ field: 'basicCodeDiscount.code', code: 'TAKEN', message }`. */
export function firstUserError(
  userErrors: readonly { field?: readonly string[] | null; code?: string | null; message: string }[],
): { field: string; code: string | null; message: string } | null {
  const [error] = userErrors;
  return error
    ? { field: (error.field ?? []).join('.'), code: error.code ?? null, message: error.message }
    : null;
}

async function openContext(shopDomain: string): Promise<AdminContext> {
  try {
    return await unauthenticated.admin(shopDomain);
  } catch (error) {
    // Nothing was sent yet. The library throws a Response when Shopify could not be reached for the renewal.
    throw new UpstreamError(`no usable access token for ${shopDomain}`, {
      retryable: error instanceof Response,
      outcomeKnown: true,
      cause: error,
    });
  }
}

async function request<TData>(context: AdminContext, operation: string, variables: object): Promise<TData> {
  const response = await context.admin.graphql(operation, {
    variables: { ...variables },
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- a test holds each operation and its type against the schema
  const { data }: { data: TData } = JSON.parse(await response.text());
  return data;
}

function isUnauthorized(error: unknown): boolean {
  return httpStatus(error)?.code === 401;
}

/** Makes the next look at the session renew its token: Shopify may revoke a token before its time. */
async function expireToken(session: Session): Promise<void> {
  // Not 0, which the library's storage reads as "never".
  session.expires = new Date(1);
  await sessionStorage.storeSession(session);
}

const COMMENTS = /^(?:\s+|#[^\n]*\n)*/;

function isMutation(operation: string): boolean {
  return operation.replace(COMMENTS, '').startsWith('mutation');
}

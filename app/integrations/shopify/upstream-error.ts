import {
  GraphqlQueryError,
  HttpInternalError,
  HttpResponseError,
  HttpThrottlingError,
} from '@shopify/shopify-api';
import { z } from 'zod';
import { UpstreamError } from '#app/lib/errors.ts';

const MS_PER_SECOND = 1_000;
const RETRY_AFTER_DEFAULT_MS = 1_000;

/** What we use of a GraphQL response with errors; everything else is ignored. */
const graphqlBodySchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish().catch(null),
  errors: z.object({
    graphQLErrors: z
      .array(z.object({ extensions: z.object({ code: z.string() }).partial().nullish() }))
      .catch([]),
  }),
  extensions: z
    .object({
      cost: z.object({
        requestedQueryCost: z.number(),
        throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
      }),
    })
    .optional()
    .catch(undefined),
});

/** GraphQL error codes after which the operation may still have run. */
const OUTCOME_UNKNOWN_CODES = new Set(['INTERNAL_SERVER_ERROR', 'TIMEOUT']);

/** The shop is locked or suspended: Shopify's word for it in GraphQL, where HTTP has 402 and 423. */
const SHOP_INACTIVE = 'SHOP_INACTIVE';

/**
 * The statuses that are about the request itself: malformed, too large, not understood. Every other 4xx is about the
 * shop, its token or the way there: 401 token, 402 frozen, 403 forbidden or in maintenance, 404 no such shop now, 423
 * locked, 430 stopped by security (https://shopify.dev/docs/api/usage/response-codes, .../rate-limits). A missing
 * scope isn't among them: GraphQL reports it with status 200.
 */
const REFUSING_STATUSES = new Set([400, 406, 413, 414, 415, 422]);
const REQUEST_TIMEOUT = 408;

/**
 * Classifies a failed Admin API request. `isMutation: false` makes every outcome known: a lost query changed nothing.
 * Only what is about the request itself isn't `retryable`. 4xx, THROTTLED and errors without data are refusals before
 * execution; 5xx, 408, lost connections, timeouts, a response that isn't JSON (the library reports it with its 2xx
 * code) and errors beside the data of a mutation are not.
 */
export function toUpstreamError(error: unknown, isMutation: boolean): UpstreamError {
  const outcomeKnown = !isMutation;
  if (error instanceof HttpThrottlingError) {
    const retryAfterMs =
      (error.response.retryAfter ?? RETRY_AFTER_DEFAULT_MS / MS_PER_SECOND) * MS_PER_SECOND;
    return new UpstreamError('Shopify: 429', {
      retryable: true,
      outcomeKnown: true,
      retryAfterMs,
      cause: error,
    });
  }
  if (error instanceof HttpInternalError) {
    const message = `Shopify: ${error.response.code}`;
    return new UpstreamError(message, { retryable: true, outcomeKnown, cause: error });
  }
  const answer = httpStatus(error);
  if (answer && answer.code >= 400 && answer.code !== REQUEST_TIMEOUT) {
    const message = `Shopify: ${answer.code} ${answer.statusText}`;
    const retryable = !REFUSING_STATUSES.has(answer.code);
    return new UpstreamError(message, { retryable, outcomeKnown: true, cause: error });
  }
  if (error instanceof GraphqlQueryError) return fromGraphqlError(error, isMutation);
  const message = `Shopify did not answer: ${error instanceof Error ? error.message : String(error)}`;
  return new UpstreamError(message, { retryable: true, outcomeKnown, cause: error });
}

const httpResponseSchema = z.object({ code: z.number(), statusText: z.string().catch('') });

/** The HTTP status of Shopify's response, when that is what the library's error is about. */
export function httpStatus(error: unknown): { code: number; statusText: string } | null {
  return error instanceof HttpResponseError
    ? (httpResponseSchema.safeParse(error.response).data ?? null)
    : null;
}

function fromGraphqlError(error: GraphqlQueryError, isMutation: boolean): UpstreamError {
  const body = graphqlBodySchema.safeParse(error.body).data;
  const codes = (body?.errors.graphQLErrors ?? []).map(({ extensions }) => extensions?.code ?? '');
  const message = `Shopify: ${error.message}`;
  if (codes.includes('THROTTLED')) {
    const retryAfterMs = throttleWaitMs(body?.extensions?.cost);
    return new UpstreamError(message, { retryable: true, outcomeKnown: true, retryAfterMs, cause: error });
  }
  if (isMutation && hasRun(body?.data)) {
    return new UpstreamError(message, { retryable: true, outcomeKnown: false, cause: error });
  }
  if (codes.some((code) => OUTCOME_UNKNOWN_CODES.has(code))) {
    return new UpstreamError(message, { retryable: true, outcomeKnown: !isMutation, cause: error });
  }
  if (codes.includes(SHOP_INACTIVE)) {
    return new UpstreamError(message, { retryable: true, outcomeKnown: true, cause: error });
  }
  return new UpstreamError(message, { retryable: false, outcomeKnown: true, cause: error });
}

/**
 * Whether a mutation beside whose data there are errors was executed: a field of its payload failed, such as one the
 * app may not read, but not the root field, which would be null.
 */
function hasRun(data: Record<string, unknown> | null | undefined): boolean {
  return Object.values(data ?? {}).some((payload) => payload !== null);
}

type Cost = NonNullable<z.infer<typeof graphqlBodySchema>['extensions']>['cost'];

/** How long until the bucket holds the cost of this request, in ms. */
function throttleWaitMs(cost: Cost | undefined): number {
  if (!cost) return RETRY_AFTER_DEFAULT_MS;
  const missing = Math.max(0, cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable);
  return Math.ceil((missing / cost.throttleStatus.restoreRate) * MS_PER_SECOND);
}

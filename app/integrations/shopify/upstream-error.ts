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

/** What Shopify adds to a GraphQL error that we act upon; everything else is passed by. */
const graphqlBodySchema = z.object({
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

/** GraphQL error codes after which the operation may have run all the same. */
const OUTCOME_UNKNOWN_CODES = new Set(['INTERNAL_SERVER_ERROR', 'TIMEOUT']);

/**
 * What a failed Admin API request means to us. `isMutation: false` makes every outcome known: a query that was lost
 * changed nothing. 429 and THROTTLED are refusals before execution; 5xx, lost connections, time limits and an
 * answer that is not one (the library reports it with its 2xx code) are not.
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
  const refusal = httpStatus(error);
  if (refusal && refusal.code >= 400) {
    const message = `Shopify: ${refusal.code} ${refusal.statusText}`;
    return new UpstreamError(message, { retryable: false, outcomeKnown: true, cause: error });
  }
  if (error instanceof GraphqlQueryError) return fromGraphqlError(error, isMutation);
  const message = `Shopify did not answer: ${error instanceof Error ? error.message : String(error)}`;
  return new UpstreamError(message, { retryable: true, outcomeKnown, cause: error });
}

const httpResponseSchema = z.object({ code: z.number(), statusText: z.string().catch('') });

/** The HTTP status that Shopify answered with, when that is what the library's error is about. */
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
  if (codes.some((code) => OUTCOME_UNKNOWN_CODES.has(code))) {
    return new UpstreamError(message, { retryable: true, outcomeKnown: !isMutation, cause: error });
  }
  return new UpstreamError(message, { retryable: false, outcomeKnown: true, cause: error });
}

type Cost = NonNullable<z.infer<typeof graphqlBodySchema>['extensions']>['cost'];

/** How long the bucket needs until it holds the cost of this request, in ms. */
function throttleWaitMs(cost: Cost | undefined): number {
  if (!cost) return RETRY_AFTER_DEFAULT_MS;
  const missing = Math.max(0, cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable);
  return Math.ceil((missing / cost.throttleStatus.restoreRate) * MS_PER_SECOND);
}

import {
  type DocumentNode,
  execute,
  getOperationAST,
  GraphQLError,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';

import {
  answerWithStatus,
  DEFAULT_DELAY_MS,
  DEFAULT_TIMEOUT_MS,
  isStatusFault,
  takeFault,
} from '../../faults.ts';
import type { Sandbox } from '../../sandbox.ts';
import type { Exchange, Router } from '../../router.ts';
import type { Fault, RequestRecord, ShopState } from '../../state.ts';
import { openToken } from '../oauth.ts';
import { visibleErrors } from '../protected-data.ts';
import { effectiveScopes } from './access.ts';
import type { AdminContext } from './context.ts';
import { CostBucket, DEAREST_QUERY, requestedCost, throttledError, tooCostlyError } from './cost.ts';
import { deprecatedInDocument, deprecatedInVariables } from './deprecations.ts';
import { resolveField, resolveType } from './resolve.ts';
import { adminSchema, API_VERSION } from './schema.ts';

const requestBody = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

type GraphqlRequest = { text: string; variables: Record<string, unknown>; operationName: string | null };
type Answer = { data?: unknown; errors?: readonly GraphQLError[]; extensions?: Record<string, unknown> };
type Prepared =
  | {
      ok: true;
      document: DocumentNode;
      operation: OperationDefinitionNode;
      names: string[];
      deprecated: string[];
    }
  | { ok: false; errors: readonly GraphQLError[] };

const KEPT_DOCUMENTS = 200;
const DEPRECATION_PRACTICES = 'https://shopify.dev/api/usage/versioning#deprecation-practices';

/**
 * Registers the Admin API of this version. Every call is executed on the real schema with the scopes of its token,
 * charged to the shop's bucket, and stored for `GET /_control/requests`.
 */
export function registerAdminGraphql(router: Router, sandbox: Sandbox): void {
  const buckets = new Map<string, CostBucket>();
  const documents = new LRUCache<string, Prepared>({ max: KEPT_DOCUMENTS });

  router.add('POST', `/admin/api/${API_VERSION}/graphql.json`, async (exchange) => {
    const domain = String(exchange.request.headers['x-sandbox-shop'] ?? '');
    const state = sandbox.world.state.shops[domain];
    if (!state) return exchange.sendJson(404, { errors: 'Not Found' });
    const context = contextOf(sandbox, domain, state, exchange);
    if (!context) {
      return exchange.sendJson(401, {
        errors: '[API] Invalid API key or access token (unrecognized login or wrong password)',
      });
    }
    const request = await readRequest(exchange);
    if (!request)
      return exchange.sendJson(400, { errors: { query: 'Required parameter missing or invalid' } });
    const bucket = buckets.get(domain) ?? new CostBucket(sandbox.options.throttle);
    buckets.set(domain, bucket);
    const prepared = prepare(documents, request);
    await answer(exchange, context, bucket, request, prepared);
  });

  router.add('POST', '/admin/api/:version/graphql.json', (exchange) =>
    exchange.sendJson(404, { errors: `sandbox: only API version ${API_VERSION} is simulated` }),
  );
}

async function answer(
  exchange: Exchange,
  context: AdminContext,
  bucket: CostBucket,
  request: GraphqlRequest,
  prepared: Prepared,
): Promise<void> {
  const started = performance.now();
  const names = prepared.ok ? prepared.names : [];
  const fault = takeFault(context.world, 'graphql', context.domain, names);
  const deprecated = prepared.ok
    ? [
        ...prepared.deprecated,
        ...deprecatedInVariables(adminSchema().schema, prepared.operation, request.variables),
      ]
    : [];
  const record = (status: number, outcome: RequestRecord['outcome'], detail: string | null) =>
    context.world.recordRequest({
      at: context.world.instant(),
      kind: 'graphql',
      shop: context.domain,
      operation: names[0] ?? 'unreadable',
      variables: request.variables,
      status,
      outcome,
      detail,
      fault: fault?.kind ?? null,
      deprecated,
      durationMs: Math.round(performance.now() - started),
    });
  if (fault && (await strikeInstead(exchange, context, bucket, request, prepared, fault))) {
    return record(exchange.response.headersSent ? exchange.response.statusCode : 0, 'fault', fault.message);
  }
  if (fault?.kind === 'userError') context.forcedUserError = fault.message ?? 'sandbox fault';
  const executed = await run(context, bucket, request, prepared);
  const result = fault?.kind === 'partialData' ? withError(executed, fault) : executed;
  if (fault?.kind === 'lostReply') {
    record(0, 'fault', 'executed, reply dropped');
    return void exchange.response.destroy();
  }
  const complaint = result.errors?.[0]?.message ?? userErrorIn(result.data);
  record(200, result.errors ? 'graphql_error' : complaint ? 'user_error' : 'ok', complaint ?? null);
  exchange.sendJson(200, result, {
    'x-request-id': crypto.randomUUID(),
    ...(deprecated.length > 0 ? { 'x-shopify-api-deprecated-reason': DEPRECATION_PRACTICES } : {}),
  });
}

/** The operation ran, but a field of its response could not be read. */
function withError(answer: Answer, { message }: Fault): Answer {
  const error = new GraphQLError(message ?? 'Access denied for a field', {
    extensions: { code: 'ACCESS_DENIED' },
  });
  return { ...answer, errors: [...(answer.errors ?? []), error] };
}

/** Faults that respond instead of the API (true), or only delay it (false). */
async function strikeInstead(
  exchange: Exchange,
  context: AdminContext,
  bucket: CostBucket,
  request: GraphqlRequest,
  prepared: Prepared,
  fault: Fault,
): Promise<boolean> {
  if (fault.executes && (isStatusFault(fault.kind) || fault.kind === 'timeout'))
    await run(context, bucket, request, prepared);
  if (answerWithStatus(exchange, fault)) return true;
  if (fault.kind === 'throttled') {
    exchange.sendJson(200, {
      errors: [throttledError(fault.message ?? undefined)],
      extensions: { cost: bucket.report(10, null) },
    });
    return true;
  }
  if (fault.kind === 'shopInactive') {
    exchange.sendJson(200, {
      errors: [
        new GraphQLError(fault.message ?? 'Shop is inactive', { extensions: { code: 'SHOP_INACTIVE' } }),
      ],
    });
    return true;
  }
  if (fault.kind === 'timeout') {
    await pause(fault.delayMs ?? DEFAULT_TIMEOUT_MS);
    exchange.response.destroy();
    return true;
  }
  if (fault.kind === 'delay') await pause(fault.delayMs ?? DEFAULT_DELAY_MS);
  return false;
}

async function run(
  context: AdminContext,
  bucket: CostBucket,
  request: GraphqlRequest,
  prepared: Prepared,
): Promise<Answer> {
  if (!prepared.ok) return { errors: prepared.errors };
  const { schema } = adminSchema();
  const requested = requestedCost(schema, prepared.document, prepared.operation, request.variables);
  if (requested > DEAREST_QUERY) return { errors: [tooCostlyError(requested)] };
  if (!bucket.take(requested))
    return { errors: [throttledError()], extensions: { cost: bucket.report(requested, null) } };
  const result = await execute({
    schema,
    document: prepared.document,
    variableValues: request.variables,
    operationName: request.operationName,
    contextValue: context,
    fieldResolver: resolveField,
    typeResolver: resolveType,
  });
  const actual =
    prepared.operation.operation === OperationTypeNode.MUTATION
      ? requested
      : Math.min(requested, context.objects);
  bucket.giveBack(requested - actual);
  const { errors: _all, ...answered } = result;
  const errors = visibleErrors(result.errors);
  return {
    ...answered,
    ...(errors ? { errors } : {}),
    extensions: { cost: bucket.report(requested, actual) },
  };
}

function prepare(known: LRUCache<string, Prepared>, request: GraphqlRequest): Prepared {
  const key = `${request.operationName ?? ''}\n${request.text}`;
  const held = known.get(key);
  if (held) return held;
  const prepared = parseAndValidate(request);
  known.set(key, prepared);
  return prepared;
}

function parseAndValidate(request: GraphqlRequest): Prepared {
  try {
    const document = parse(request.text);
    const errors = validate(adminSchema().schema, document);
    if (errors.length > 0) return { ok: false, errors };
    const operation = getOperationAST(document, request.operationName);
    if (!operation) return { ok: false, errors: [new GraphQLError('An operation name is required')] };
    const rootFields = operation.selectionSet.selections.flatMap((node) =>
      'name' in node ? [node.name.value] : [],
    );
    const name = operation.name?.value ?? rootFields[0] ?? 'anonymous';
    const deprecated = deprecatedInDocument(adminSchema().schema, document);
    return { ok: true, document, operation, names: [name, ...rootFields], deprecated };
  } catch (error) {
    return { ok: false, errors: [error instanceof GraphQLError ? error : new GraphQLError(String(error))] };
  }
}

function contextOf(
  sandbox: Sandbox,
  domain: string,
  state: ShopState,
  exchange: Exchange,
): AdminContext | null {
  const token = openToken(state, String(exchange.request.headers['x-shopify-access-token'] ?? ''));
  if (!token) return null;
  return {
    sandbox,
    world: sandbox.world,
    domain,
    state,
    scopes: effectiveScopes(token.scopes),
    forcedUserError: null,
    objects: 0,
    bulkSlice: null,
  };
}

async function readRequest(exchange: Exchange): Promise<GraphqlRequest | null> {
  const parsed = requestBody.safeParse(await exchange.json());
  if (!parsed.success) return null;
  const { query, variables, operationName } = parsed.data;
  return { text: query, variables: variables ?? {}, operationName: operationName ?? null };
}

/** The first user error anywhere directly below the root fields, for the request log. */
function userErrorIn(data: unknown): string | undefined {
  const found = z
    .record(z.string(), z.object({ userErrors: z.array(z.object({ message: z.string() })) }))
    .safeParse(data);
  return found.success
    ? Object.values(found.data).flatMap((field) => field.userErrors)[0]?.message
    : undefined;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

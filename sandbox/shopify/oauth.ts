import { randomBytes, timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

import { answerWithStatus, DEFAULT_DELAY_MS, DEFAULT_TIMEOUT_MS, takeFault } from '../faults.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Exchange, Router } from '../router.ts';
import type { Fault, OfflineToken, ShopState } from '../state.ts';
import { grantedScopes } from './installation.ts';
import { verifySessionToken, type SessionTokenClaims } from './session-token.ts';

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token';
const OFFLINE_TOKEN = 'urn:shopify:params:oauth:token-type:offline-access-token';
const ONLINE_TOKEN = 'urn:shopify:params:oauth:token-type:online-access-token';
const ONLINE_SECONDS = 24 * 60 * 60;
/** The one staff member of every admin here. */
const STAFF = { first_name: 'Ayu', last_name: 'Pratiwi', email: 'ayu.pratiwi@example.com' };
const ACCESS_SECONDS = 60 * 60;
const REFRESH_SECONDS = 90 * 24 * 60 * 60;
const KEPT_TOKENS = 50;

const tokenRequest = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  grant_type: z.string(),
  subject_token: z.string().optional(),
  subject_token_type: z.string().optional(),
  requested_token_type: z.string().optional(),
  refresh_token: z.string().optional(),
  expiring: z.string().optional(),
});

type TokenRequest = z.output<typeof tokenRequest>;
type Refusal = { status: number; error: string; description: string };
type Answer = { ok: true; body: object } | { ok: false; refusal: Refusal };

/**
 * Registers `POST /admin/oauth/access_token`: token exchange of an id token for an expiring offline token, and its
 * refresh; or for an online token, which tells who the user is and grants nothing here. Expiry uses the machine's
 * clock, since the app judges it by its own.
 */
export function registerOAuth(router: Router, sandbox: Sandbox): void {
  router.add('POST', '/admin/oauth/access_token', async (exchange) => {
    const domain = String(exchange.request.headers['x-sandbox-shop'] ?? '');
    const state = sandbox.world.state.shops[domain];
    if (!state) return exchange.sendJson(404, { errors: 'Not Found' });
    const started = performance.now();
    const request = await readRequest(exchange);
    const operation = request?.grant_type === 'refresh_token' ? 'refresh' : 'exchange';
    const fault = takeFault(sandbox.world, 'token', domain, [operation]);
    const record = (status: number, detail: string | null) =>
      sandbox.world.recordRequest({
        at: sandbox.world.instant(),
        kind: 'token',
        shop: domain,
        operation,
        variables: null,
        status,
        outcome: fault ? 'fault' : status === 200 ? 'ok' : 'refused',
        detail,
        fault: fault?.kind ?? null,
        durationMs: Math.round(performance.now() - started),
      });
    if (fault && (await strikeBefore(exchange, fault))) return record(exchange.response.statusCode, null);
    const answer = request
      ? grant(sandbox, domain, state, request)
      : refuse('invalid_request', 'malformed request');
    if (fault?.kind === 'lostReply') {
      record(0, 'executed, reply dropped');
      return void exchange.response.destroy();
    }
    if (!answer.ok) {
      const { status, error, description } = answer.refusal;
      record(status, description);
      return exchange.sendJson(status, { error, error_description: description });
    }
    record(200, null);
    exchange.sendJson(200, answer.body);
  });
}

/** Finds the live token of a shop with this access token; null when unknown or expired. Marks it as used. */
export function openToken(state: ShopState, accessToken: string): OfflineToken | null {
  const token = state.tokens.find((each) => each.accessToken === accessToken);
  if (!token || Date.parse(token.expiresAt) <= Date.now()) return null;
  token.used = true;
  return token;
}

async function readRequest(exchange: Exchange): Promise<TokenRequest | null> {
  const type = String(exchange.request.headers['content-type'] ?? '');
  const raw = type.includes('x-www-form-urlencoded')
    ? Object.fromEntries(await exchange.form())
    : await exchange.json();
  const parsed = tokenRequest.safeParse(raw);
  return parsed.success ? parsed.data : null;
}

function grant(sandbox: Sandbox, domain: string, state: ShopState, request: TokenRequest): Answer {
  const { apiKey, apiSecret } = sandbox.options;
  if (request.client_id !== apiKey || !sameText(request.client_secret, apiSecret)) {
    return refuse('invalid_client', 'The client credentials are wrong', 401);
  }
  const scopes = grantedScopes(state, sandbox.appConfig);
  if (request.grant_type === TOKEN_EXCHANGE) return exchangeIdToken(sandbox, domain, state, request, scopes);
  if (request.grant_type === 'refresh_token') return refresh(state, request.refresh_token ?? '', scopes);
  return refuse('unsupported_grant_type', `sandbox: grant ${request.grant_type} is not simulated`);
}

function exchangeIdToken(
  sandbox: Sandbox,
  domain: string,
  state: ShopState,
  request: TokenRequest,
  scopes: string[],
): Answer {
  if (request.subject_token_type !== ID_TOKEN)
    return refuse('invalid_request', 'subject_token_type is not an id token');
  const isOnline = request.requested_token_type === ONLINE_TOKEN;
  if (!isOnline && request.requested_token_type !== OFFLINE_TOKEN)
    return refuse('invalid_request', 'requested_token_type is neither online nor offline');
  if (!isOnline && request.expiring !== '1') {
    return refuse('invalid_request', 'Public apps made since 2026-04-01 must ask for expiring tokens');
  }
  const verdict = verifySessionToken(sandbox.options, request.subject_token ?? '');
  if (!verdict.ok) return refuse('invalid_subject_token', verdict.reason);
  if (verdict.claims.dest !== `https://${domain}`)
    return refuse('invalid_subject_token', 'the token is of another shop');
  return {
    ok: true,
    body: isOnline ? onlineResponse(verdict.claims, scopes) : tokenResponse(issue(state, scopes)),
  };
}

function onlineResponse({ sub, sid }: SessionTokenClaims, scopes: string[]) {
  return {
    access_token: `shpua_${randomBytes(16).toString('hex')}`,
    scope: scopes.join(','),
    expires_in: ONLINE_SECONDS,
    session: sid ?? null,
    associated_user_scope: scopes.join(','),
    associated_user: {
      id: Number(sub),
      ...STAFF,
      account_owner: true,
      locale: 'en',
      collaborator: false,
      email_verified: true,
    },
  };
}

/** A refresh token can be reused until the tokens it returned are used: a lost response must not lock the app out. */
function refresh(state: ShopState, refreshToken: string, scopes: string[]): Answer {
  const old = state.tokens.find((each) => each.refreshToken === refreshToken);
  if (!old || Date.parse(old.refreshExpiresAt) <= Date.now()) {
    return refuse('invalid_grant', 'The refresh token is unknown or expired');
  }
  const successor = state.tokens.find((each) => each.accessToken === old.supersededBy);
  if (successor?.used) return refuse('invalid_grant', 'The refresh token has been used');
  if (successor) return { ok: true, body: tokenResponse(successor) };
  const token = issue(state, scopes);
  old.supersededBy = token.accessToken;
  return { ok: true, body: tokenResponse(token) };
}

function issue(state: ShopState, scopes: string[]): OfflineToken {
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  const token: OfflineToken = {
    accessToken: `shpat_${randomBytes(16).toString('hex')}`,
    refreshToken: `shprt_${randomBytes(16).toString('hex')}`,
    scopes,
    expiresAt: inSeconds(ACCESS_SECONDS),
    refreshExpiresAt: inSeconds(REFRESH_SECONDS),
    supersededBy: null,
    used: false,
  };
  state.tokens.push(token);
  if (state.tokens.length > KEPT_TOKENS) state.tokens.shift();
  return token;
}

function tokenResponse(token: OfflineToken) {
  const secondsUntil = (instant: string) =>
    Math.max(0, Math.round((Date.parse(instant) - Date.now()) / 1000));
  return {
    access_token: token.accessToken,
    scope: token.scopes.join(','),
    expires_in: secondsUntil(token.expiresAt),
    refresh_token: token.refreshToken,
    refresh_token_expires_in: secondsUntil(token.refreshExpiresAt),
  };
}

/** Faults that respond instead of the endpoint. True when the exchange has ended. */
async function strikeBefore(exchange: Exchange, fault: Fault): Promise<boolean> {
  if (answerWithStatus(exchange, fault)) return true;
  if (fault.kind === 'timeout') {
    await pause(fault.delayMs ?? DEFAULT_TIMEOUT_MS);
    exchange.response.destroy();
    return true;
  }
  if (fault.kind === 'delay') await pause(fault.delayMs ?? DEFAULT_DELAY_MS);
  return false;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

function refuse(error: string, description: string, status = 400): Answer {
  return { ok: false, refusal: { status, error, description } };
}

function sameText(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)];
  return left.length === right.length && timingSafeEqual(left, right);
}

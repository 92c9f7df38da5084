import type {
  ClaimAnswer,
  ClaimRequest,
  ClubView,
  JoinAnswer,
  ReleaseAnswer,
  ReserveAnswer,
  ReserveRequest,
} from '../../shared/club-api.ts';

/** How long an answer may take before it counts as lost. The app itself gives up earlier. */
const TIMEOUT_MS = 15_000;

/** What the client needs from the host. */
export interface ClubClientOptions {
  /** Origin of the app. */
  origin: string;
  /** A fresh session token; asked for each request, since one lives five minutes. */
  token: () => Promise<string>;
}

/** The club as it is, or why it could not be read. */
export type ClubReply = { ok: true; club: ClubView } | { ok: false; cause: 'offline' | 'session' | 'server' };

/** The app's answer; or that it is unknown whether the request was carried out. */
export type ReserveReply = ReserveAnswer | NoAnswer;

/** As `ReserveReply`, for a gift. */
export type ClaimReply = ClaimAnswer | NoAnswer;

interface NoAnswer {
  ok: false;
  reason: 'session' | 'bad_request' | 'too_many' | 'unknown';
}

/** The app's answer; `gone`: there is no such redemption; `unknown`: no answer. */
export type ReleaseReply = ReleaseAnswer | { ok: false; reason: 'gone' | 'session' | 'too_many' | 'unknown' };

/** The app's answer; `unknown`: no answer, asking again does no harm. */
export type JoinReply = JoinAnswer | { ok: false; reason: 'too_many' | 'unknown' };

/** The checkout didn't take the code: release it anyway, or only where the customer's own price is why. */
export type Unapplied = 'yes' | 'price';

/** Speaks the club API. No method throws. */
export interface ClubClient {
  /** Reads balance and what the cart can take. `cartAmount` is a decimal text such as "150000.00". */
  readClub(cartAmount: string, currency: string): Promise<ClubReply>;
  /** Reserves value and gets its discount code. Safe to repeat with the same key. */
  reserve(request: ReserveRequest): Promise<ReserveReply>;
  /** Claims a gift. Safe to repeat with the same key. */
  claim(request: ClaimRequest): Promise<ClaimReply>;
  /** Releases reserved value; `unapplied` as the API has it. Safe to repeat. */
  release(redemptionId: string, unapplied?: Unapplied): Promise<ReleaseReply>;
  /** Makes the customer a member. Safe to repeat. */
  join(): Promise<JoinReply>;
}

const TOO_MANY = 429;
const isRejected = (status: number) => status === 401 || status === 403;

/** Builds the client. */
export function createClubClient(options: ClubClientOptions): ClubClient {
  const send = async (path: string, init: RequestInit = {}) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), TIMEOUT_MS);
    try {
      const headers: Record<string, string> = { Authorization: `Bearer ${await options.token()}` };
      if (init.body) headers['Content-Type'] = 'application/json';
      return await fetch(options.origin + path, { ...init, headers, signal: controller.signal });
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    readClub: (cartAmount, currency) => readClub(send, cartAmount, currency),
    reserve: (request) => post<ReserveAnswer>(send, '/api/redemptions', request),
    claim: (request) => post<ClaimAnswer>(send, '/api/claims', request),
    release: (redemptionId, unapplied) => release(send, redemptionId, unapplied),
    join: () => join(send),
  };
}

type Send = (path: string, init?: RequestInit) => Promise<Response>;

/**
 * Reads the body of an answer. The other side is our own app, so only the one property is checked that no
 * answer of something in between has. Throws on anything else.
 */
async function readAnswer<T>(response: Response, property: keyof T & string): Promise<T> {
  const body: unknown = await response.json();
  if (!hasProperty<T>(body, property)) throw new Error('not an answer of the club API');
  return body;
}

function hasProperty<T>(body: unknown, property: string): body is T {
  return typeof body === 'object' && body !== null && property in body;
}

async function readClub(send: Send, cartAmount: string, currency: string): Promise<ClubReply> {
  let response: Response;
  try {
    response = await send(`/api/club?${new URLSearchParams({ cartAmount, currency }).toString()}`);
  } catch {
    return { ok: false, cause: 'offline' };
  }
  if (isRejected(response.status)) return { ok: false, cause: 'session' };
  if (!response.ok) return { ok: false, cause: 'server' };
  try {
    return { ok: true, club: await readAnswer<ClubView>(response, 'wallets') };
  } catch {
    return { ok: false, cause: 'server' };
  }
}

async function post<Answer extends { ok: boolean }>(
  send: Send,
  path: string,
  request: object,
): Promise<Answer | NoAnswer> {
  try {
    const response = await send(path, { method: 'POST', body: JSON.stringify(request) });
    if (isRejected(response.status)) return { ok: false, reason: 'session' };
    if (response.status === 400) return { ok: false, reason: 'bad_request' };
    if (response.status === TOO_MANY) return { ok: false, reason: 'too_many' };
    if (response.ok || response.status === 409) return await readAnswer<Answer>(response, 'ok');
    return { ok: false, reason: 'unknown' };
  } catch {
    // The request may have arrived although its answer did not: only the same key can tell.
    return { ok: false, reason: 'unknown' };
  }
}

async function release(send: Send, redemptionId: string, unapplied?: Unapplied): Promise<ReleaseReply> {
  try {
    const query = unapplied ? `?unapplied=${unapplied}` : '';
    const path = `/api/redemptions/${encodeURIComponent(redemptionId)}/release${query}`;
    const response = await send(path, { method: 'POST' });
    if (isRejected(response.status)) return { ok: false, reason: 'session' };
    if (response.status === 404) return { ok: false, reason: 'gone' };
    if (response.status === TOO_MANY) return { ok: false, reason: 'too_many' };
    if (response.ok || response.status === 409) return await readAnswer<ReleaseAnswer>(response, 'ok');
    return { ok: false, reason: 'unknown' };
  } catch {
    return { ok: false, reason: 'unknown' };
  }
}

async function join(send: Send): Promise<JoinReply> {
  try {
    const response = await send('/api/membership', { method: 'POST' });
    if (response.status === TOO_MANY) return { ok: false, reason: 'too_many' };
    if (response.ok || response.status === 409) return await readAnswer<JoinAnswer>(response, 'ok');
    return { ok: false, reason: 'unknown' };
  } catch {
    return { ok: false, reason: 'unknown' };
  }
}

/** One request of an extension to the app: what every client of the club API stands on. */

/** How long an answer may take before it counts as lost. The app itself gives up earlier. */
const TIMEOUT_MS = 15_000;

/** What a client needs from the host. */
export interface AppAddress {
  /** Origin of the app; empty where the host completes the address. */
  origin: string;
  /**
   * A fresh session token, asked for each request, since one lives minutes; undefined when the user may not use the app.
   * Null where the host adds it itself.
   */
  token: (() => Promise<string | undefined>) | null;
}

/** `no_permission`: not for this user; `gone`: there is no such thing; the rest as it says. */
export type AppCause = 'offline' | 'session' | 'no_permission' | 'gone' | 'too_many' | 'server';

/** The app's answer, or why there is none. After `offline` and `server` a change may still have been made. */
export type AppReply<T> = { ok: true; body: T } | { ok: false; cause: AppCause };

/** The app's way to say no, with a body. */
const REFUSED = 409;

const CAUSES: Record<number, AppCause> = {
  401: 'session',
  403: 'no_permission',
  404: 'gone',
  429: 'too_many',
};

/** Sends one request below the app's origin and returns the body of its answer. Never throws. */
export async function askApp<T>(
  { origin, token }: AppAddress,
  path: string,
  init: RequestInit = {},
): Promise<AppReply<T>> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT_MS);
  try {
    const headers: Record<string, string> = {};
    if (token) {
      const known = await token();
      if (known === undefined) return { ok: false, cause: 'no_permission' };
      headers.Authorization = `Bearer ${known}`;
    }
    if (init.body) headers['Content-Type'] = 'application/json';
    const response = await fetch(origin + path, { ...init, headers, signal: controller.signal });
    if (!response.ok && response.status !== REFUSED)
      return { ok: false, cause: CAUSES[response.status] ?? 'server' };
    const body: unknown = await response.json();
    // The other side is our own app: what anything in between answers is no object.
    return isBody<T>(body) ? { ok: true, body } : { ok: false, cause: 'server' };
  } catch {
    return { ok: false, cause: 'offline' };
  } finally {
    clearTimeout(timer);
  }
}

/** As `askApp`, with a body that is sent as JSON. */
export const postApp = <T>(address: AppAddress, path: string, body: object = {}): Promise<AppReply<T>> =>
  askApp<T>(address, path, { method: 'POST', body: JSON.stringify(body) });

function isBody<T>(body: unknown): body is T {
  return typeof body === 'object' && body !== null;
}

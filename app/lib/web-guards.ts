/** What Express does around Remix: headers of personal answers, and requests that Remix would answer with an error. */
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';

/** Every address of the admin is about persons; a route may say more, such as `private`. */
const PRIVATE_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
} as const;

/** Sets the headers of an answer that nothing may store, guess the type of, or name to another site. */
export const setPrivateHeaders: RequestHandler = (_req, res, next) => {
  res.set(PRIVATE_HEADERS);
  const append = res.append.bind(res);
  // Remix appends its headers; these replace ours.
  res.append = (name, value) =>
    name.toLowerCase() in PRIVATE_HEADERS ? res.set(name, value) : append(name, value);
  next();
};

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;
const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** Refuses posts from another site with 403, and requests without a readable address with 400. */
export const refuseForeignRequests: RequestHandler = (req, res, next) => {
  const host = hostOf(req);
  if (host === null) return void res.status(400).end();
  const origin = req.get('origin');
  const isOwn = origin === undefined || readHost(origin) === host;
  if (!isOwn && !SAFE_METHODS.includes(req.method)) return void res.status(403).end();
  next();
};

/** The host that the browser asked for, as Remix sees it; null for none that can be. */
function hostOf(req: Request): string | null {
  const forwarded = req.get('x-forwarded-host')?.split(',')[0]?.trim();
  const host = forwarded || req.get('host');
  return host && HOST.test(host) ? readHost(`${req.protocol}://${host}`) : null;
}

function readHost(address: string): string | null {
  return URL.canParse(address) ? new URL(address).host : null;
}

/** Returns a handler of errors that are thrown outside Remix: it responds with 500, or their own status, and tells `report`. */
export function answerErrors(report: (error: unknown) => void): ErrorRequestHandler {
  // Express knows a handler of errors by its four parameters.
  return (error: unknown, _req: Request, res: Response, _next) => {
    report(error);
    if (res.headersSent) return void res.destroy();
    res.status(statusOf(error)).end();
  };
}

function statusOf(error: unknown): number {
  const status: unknown =
    typeof error === 'object' && error !== null && 'status' in error ? error.status : 500;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

/** Limits of the HTTP server: what no client may hold, however slow or many they are. */
import type { IncomingMessage, Server } from 'node:http';

const HEADERS_MS_MAX = 10_000;
/** A form is small; a large photo over a phone's slow connection takes the longest. */
const BODY_MS_MAX = 30_000;
const UPLOAD_MS_MAX = 180_000;
const UPLOAD_PATH = /^(?:\/app\/customers\/\d+\/photo-upload(\.data)?|\/proxy\/apply)$/;
/** 200 MB over a line that carries 2 Mbit/s. */
const IMPORT_MS_MAX = 900_000;
const IMPORT_PATH = /^\/app\/customers\/import\/upload(\.data)?$/;
/** Longer than a load balancer keeps its connections, so that it never sends into one that just closed. */
const KEEP_ALIVE_MS = 65_000;
/** Far more than a process serves at once; each costs memory even when it is silent. */
const CONNECTIONS_MAX = 2_000;

/** Sets the limits of a server that hold for every path. */
export function limitServer(server: Server): void {
  server.headersTimeout = HEADERS_MS_MAX;
  server.requestTimeout = IMPORT_MS_MAX;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  // A socket without a byte in either direction: a client that does not read its response.
  server.timeout = UPLOAD_MS_MAX;
  server.maxConnections = CONNECTIONS_MAX;
}

/**
 * Cuts the connection of a request whose body has not arrived in time, read or not: 30 s, 180 s for a
 * photo, 15 minutes for a file of customers.
 * `pathname` is that of the request.
 */
export function cutSlowBody(req: IncomingMessage, pathname: string): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = req.headers;
  if (encoding === undefined && (length === undefined || length === '0')) return;
  const cut = (): void => {
    if (!req.complete) req.socket.destroy();
  };
  const timer = setTimeout(cut, bodyMsMax(pathname));
  const clear = (): void => clearTimeout(timer);
  req.once('end', clear).once('close', clear);
}

function bodyMsMax(pathname: string): number {
  if (IMPORT_PATH.test(pathname)) return IMPORT_MS_MAX;
  return UPLOAD_PATH.test(pathname) ? UPLOAD_MS_MAX : BODY_MS_MAX;
}

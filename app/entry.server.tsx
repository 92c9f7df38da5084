import { PassThrough } from 'node:stream';
import { createReadableStreamFromReadable, type EntryContext } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { setDocumentHeaders } from './document-headers.server.ts';
import { logger } from './lib/logger.server.ts';
import { safeErrorFields } from './lib/safe-error.ts';

/** How long a document may take to render before missing parts are given up. */
export const streamTimeout = 5_000;

/** Renders a document. Errors while streaming are logged; the status is then 500 if nothing was sent yet. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
): Promise<Response> {
  setDocumentHeaders(request, headers);
  headers.set('Content-Type', 'text/html; charset=utf-8');
  const readyEvent = isbot(request.headers.get('user-agent')) ? 'onAllReady' : 'onShellReady';
  return new Promise((resolve, reject) => {
    let responseStatus = status;
    const { pipe, abort } = renderToPipeableStream(<RemixServer context={remixContext} url={request.url} />, {
      [readyEvent]() {
        const body = new PassThrough();
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status: responseStatus }));
        pipe(body);
      },
      onShellError: reject,
      onError(error) {
        responseStatus = 500;
        logger.error(safeErrorFields(error), 'rendering failed');
      },
    });
    // A second later, so that Remix can still send the rejected promises.
    setTimeout(abort, streamTimeout + 1_000).unref();
  });
}

/** Logs errors of loaders and actions, except those of a request the browser cancelled. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted) return;
  logger.error({ ...safeErrorFields(error), path: new URL(request.url).pathname }, 'request failed');
}

export {
  CLUB_API_PREFIX,
  closeServer,
  clubDoor,
  healthHandler,
  metricsHandler,
  PROXY_PREFIX,
  proxyDoor,
  serverSettings,
  STAFF_API_PREFIX,
  staffDoor,
  TWILIO_PREFIX,
  twilioDoor,
  WEBHOOK_PATH,
  webhookDoor,
} from './web-parts.server.ts';

/**
 * Handles responses to the browser's fetches. After a refused session token App Bridge fetches a new one and retries
 * if this header is set. Shopify's library sets it, but Remix loses it from a thrown response.
 */
export function handleDataRequest(response: Response): Response {
  if (response.status === 401) response.headers.set('X-Shopify-Retry-Invalid-Session-Request', '1');
  return response;
}

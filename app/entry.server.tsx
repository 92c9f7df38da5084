import { PassThrough } from 'node:stream';
import { createReadableStreamFromReadable, type EntryContext } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { setDocumentHeaders } from './document-headers.server.ts';
import { logger } from './lib/logger.server.ts';

/** How long a document may take before what is missing is given up. */
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
        logger.error({ err: error }, 'rendering failed');
      },
    });
    // A second later, so that Remix can still send the rejected promises.
    setTimeout(abort, streamTimeout + 1_000).unref();
  });
}

/** Errors of loaders and actions; a request that the browser gave up is none. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted) return;
  logger.error({ err: error, path: new URL(request.url).pathname }, 'request failed');
}

export {
  closeServer,
  healthHandler,
  metricsHandler,
  serverSettings,
  WEBHOOK_PATH,
  webhookDoor,
} from './web-parts.server.ts';

/**
 * Answers to the browser's own requests. A refused session token: App Bridge fetches a new one and asks again when this
 * header says so, which Shopify's library sets and Remix loses from what an action throws.
 */
export function handleDataRequest(response: Response): Response {
  if (response.status === 401) response.headers.set('X-Shopify-Retry-Invalid-Session-Request', '1');
  return response;
}

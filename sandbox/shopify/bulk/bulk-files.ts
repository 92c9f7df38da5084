import { takeFault } from '../../faults.ts';
import type { Sandbox } from '../../sandbox.ts';
import type { Exchange, Router } from '../../router.ts';

const PATH = '/bulk-files';
/** So that what was written is sent before the connection closes. */
const BREAKS_OFF_AFTER_MS = 150;
const RANGE = /^bytes=(\d+)-$/;

/** The address of a result file; at Shopify a signed address of Google's storage, which needs no token either. */
export function bulkFileUrl(origin: string, token: string): string {
  return `${origin}${PATH}/${token}.jsonl`;
}

/** Registers the result files, with ranges from a byte to the end. */
export function registerBulkFiles(router: Router, { world, bulk }: Sandbox): void {
  router.add('GET', `${PATH}/:file`, (exchange) => {
    const operation = bulk.findFile((exchange.params.file ?? '').replace(/\.jsonl$/, ''));
    if (!operation) return sendExpired(exchange);
    const fault = takeFault(world, 'bulk', operation.domain, ['download'], ['expired', 'partial']);
    if (fault?.kind === 'expired') return sendExpired(exchange);
    const from = Number(RANGE.exec(exchange.request.headers.range ?? '')?.[1] ?? 0);
    const size = operation.fileSize;
    if (from > 0 && from >= size) {
      exchange.response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
      return;
    }
    const { response } = exchange;
    response.writeHead(from > 0 ? 206 : 200, {
      'content-type': 'application/jsonl',
      'content-length': String(size - from),
      ...(from > 0 ? { 'content-range': `bytes ${from}-${size - 1}/${size}` } : {}),
    });
    const rest = fault?.kind === 'partial' ? Math.ceil((size - from) / 2) : size - from;
    writeParts(exchange, operation.parts, from, rest);
    // Waits until what was written is sent: if the connection were dropped at once, nothing would arrive.
    if (fault?.kind === 'partial')
      response.write('', () => setTimeout(() => response.destroy(), BREAKS_OFF_AFTER_MS).unref());
    else response.end();
  });
}

function writeParts({ response }: Exchange, parts: readonly Buffer[], from: number, count: number): void {
  let skip = from;
  let left = count;
  for (const part of parts) {
    const chosen = part.subarray(Math.min(skip, part.length)).subarray(0, left);
    skip = Math.max(0, skip - part.length);
    left -= chosen.length;
    if (chosen.length > 0) response.write(chosen);
  }
}

function sendExpired(exchange: Exchange): void {
  const text = '<?xml version="1.0"?><Error><Code>ExpiredToken</Code></Error>';
  exchange.sendText(403, text, 'application/xml; charset=utf-8');
}

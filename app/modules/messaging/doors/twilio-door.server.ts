import type { IncomingMessage, ServerResponse } from 'node:http';
import { pool } from '#app/db.server.ts';
import { AppError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { readBody, refusedBodyStatus } from '#app/lib/read-body.server.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { shareReads } from '#app/lib/share-reads.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { givenAddress, readCallbackPath } from '../channels/callback-addresses.server.ts';
import { findChannel, type Channel } from '../channels/channel-rows.server.ts';
import { openSecret } from '../channels/token-cipher.server.ts';
import type { CallbackTarget } from './callback-target.ts';
import { storeInbound } from './store-inbound.server.ts';
import { storeReceipt } from './store-receipt.server.ts';

export { TWILIO_PREFIX } from '../channels/callback-addresses.server.ts';

/** A text of 1,600 characters, escaped, and what Twilio says beside it. */
const BODY_BYTES_MAX = 64 * 1024;
/** Twilio waits about 15 s in all. */
const BODY_MS_MAX = 5_000;
const RETRY_AFTER_SECONDS = '5';
const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

interface Answer {
  status: 200 | 204 | 400 | 403 | 404 | 405 | 408 | 413 | 499 | 503;
  reason?: string;
}

/**
 * The doors for status callbacks and for texts that people send: verify, store, respond; the worker does everything else.
 * Shop and channel are in the address, which says whose token must have signed. 403 for a request that isn't signed with
 * it, and for a channel that isn't there; 503 when the database can't take it, and Twilio tries again. Never throws.
 */
export function twilioDoor(req: IncomingMessage, res: ServerResponse): void {
  void receive(req)
    .catch((error: unknown): Answer => {
      logger.error({ reason: safeErrorText(error) }, 'callback of Twilio not stored');
      return { status: 503, reason: 'not_stored' };
    })
    .then((answer) => finish(req, res, answer));
}

async function receive(req: IncomingMessage): Promise<Answer> {
  if (req.method !== 'POST') return { status: 405, reason: 'method' };
  const [pathname = '', query = ''] = (req.url ?? '/').split('?', 2);
  const target = readCallbackPath(pathname);
  if (!target) return { status: 404, reason: 'address' };
  const { isSignedByTwilio, twilioSignatureOf } =
    await import('#app/integrations/twilio/signature.server.ts');
  const signature = twilioSignatureOf(req.headers);
  // Without a signature the body is worth nothing: it is not even read.
  if (signature === '') return { status: 403, reason: 'unsigned' };
  const read = await readBody(req, { bytes: BODY_BYTES_MAX, ms: BODY_MS_MAX });
  if (read.state === 'aborted') return { status: 499, reason: 'aborted' };
  if (read.state !== 'read') return { status: refusedBodyStatus(read), reason: read.state };
  const account = await findAccount(target);
  if (!account) return { status: 403, reason: 'no_channel' };
  const form = new URLSearchParams(read.body.toString('utf8'));
  if (!isSignedByTwilio(account.tokens, signature, givenAddress(req.url ?? ''), form))
    return { status: 403, reason: 'signature' };
  if (form.get('AccountSid') !== account.sid) return { status: 403, reason: 'account' };
  const isStored =
    target.kind === 'status'
      ? await storeReceipt(target, form, readIdParam(readSearchParams(query).get('m')))
      : await storeInbound(target, form);
  if (!isStored) return { status: 400, reason: 'form' };
  return { status: target.kind === 'status' ? 204 : 200 };
}

/** Whose receipts they are. A campaign's come many at a time: finding the channel for each would take longer than the rest. */
const findAccount = shareReads(
  async ({ shopId, channelId }: CallbackTarget) => {
    const channel = await findChannel(pool, shopId, channelId);
    return channel && { sid: channel.accountSid, tokens: tokensOf(channel) };
  },
  ({ shopId, channelId }) => `${shopId}/${channelId}`,
);

/** The account's token, and for a day the one before. */
function tokensOf({ shopId, tokenCipher, formerTokenCipher, formerTokenUntil }: Channel): string[] {
  const isFormerGood = formerTokenUntil !== null && formerTokenUntil.getTime() > Date.now();
  const ciphers =
    isFormerGood && formerTokenCipher !== null ? [tokenCipher, formerTokenCipher] : [tokenCipher];
  return ciphers.flatMap((cipher) => {
    try {
      return [openSecret(shopId, cipher)];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      logger.error({ shopId: String(shopId), code: error.code }, 'auth token cannot be read');
      return [];
    }
  });
}

function finish(req: IncomingMessage, res: ServerResponse, { status, reason }: Answer): void {
  if (reason !== undefined) logger.warn({ status, reason }, 'callback of Twilio refused');
  if (res.destroyed) return;
  const body = status === 200 ? EMPTY_TWIML : '';
  const headers: Record<string, string> = { 'content-length': String(Buffer.byteLength(body)) };
  if (status === 200) headers['content-type'] = 'text/xml; charset=utf-8';
  if (status === 405) headers.allow = 'POST';
  if (status === 503) headers['retry-after'] = RETRY_AFTER_SECONDS;
  // What is left of the body is not awaited.
  if (!req.complete) headers.connection = 'close';
  res.writeHead(status, headers).end(body);
}

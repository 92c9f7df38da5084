import twilio from 'twilio';
import { z } from 'zod';
import { UpstreamError } from '#app/lib/errors.ts';
import { twilioHttpClient, TwilioThrottled } from './http-client.server.ts';

/** What opens an account of Twilio's. */
export interface TwilioCredentials {
  accountSid: string;
  authToken: string;
}

/** Returns the SDK's client for this account. It repeats nothing by itself: pace and retries are ours. */
export function twilioClient({ accountSid, authToken }: TwilioCredentials): twilio.Twilio {
  return twilio(accountSid, authToken, { httpClient: twilioHttpClient });
}

/** How a call failed. Only `unknown` may have taken effect. */
export type TwilioFailure =
  /** Refused: HTTP 4xx with a code of Twilio's (docs/api/errors). */
  | { is: 'refused'; status: number; code: number }
  /** Nothing was processed: too many calls (`isThrottled`), or no connection. */
  | { is: 'later'; afterMs: number; isThrottled: boolean }
  /** 5xx, a page instead of JSON, a time-out, a lost connection. */
  | { is: 'unknown'; why: string };

/** A connection that never was: nothing can have been sent. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const NEVER_SENT_TLS = /^(ERR_TLS_|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/;
/** Twilio says itself that it does not know (docs/api/errors/20500, 20503, 20504). */
const UNKNOWN_CODES = new Set([20_500, 20_503, 20_504]);
const THROTTLED_CODE = 20_429;
const CONNECT_AGAIN_MS = 1_000;

const restError = z.object({ status: z.number(), code: z.number() });
const socketError = z.object({ code: z.string() });

/** Classifies what the SDK threw. */
export function toTwilioFailure(error: unknown): TwilioFailure {
  if (error instanceof TwilioThrottled)
    return { is: 'later', afterMs: error.retryAfterMs, isThrottled: true };
  const rest = restError.safeParse(error);
  if (rest.success) {
    const { status, code } = rest.data;
    if (code === THROTTLED_CODE) return { is: 'later', afterMs: CONNECT_AGAIN_MS, isThrottled: true };
    if (status >= 400 && status < 500 && !UNKNOWN_CODES.has(code)) return { is: 'refused', status, code };
    return { is: 'unknown', why: `Twilio: ${status} ${code}` };
  }
  const socket = socketError.safeParse(error);
  if (socket.success && (NEVER_SENT.has(socket.data.code) || NEVER_SENT_TLS.test(socket.data.code)))
    return { is: 'later', afterMs: CONNECT_AGAIN_MS, isThrottled: false };
  return { is: 'unknown', why: socket.success ? `Twilio: ${socket.data.code}` : 'Twilio did not answer' };
}

/** Makes a call that is not about one message to be sent. @throws UpstreamError */
export async function orUpstreamError<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toTwilioUpstreamError(error);
  }
}

/** As an error of the house, for calls that are not about a message. */
function toTwilioUpstreamError(error: unknown): UpstreamError {
  const failure = toTwilioFailure(error);
  if (failure.is === 'refused')
    return new UpstreamError(`Twilio: ${failure.status} ${failure.code}`, {
      retryable: false,
      outcomeKnown: true,
      cause: error,
    });
  const isLater = failure.is === 'later';
  return new UpstreamError(isLater ? 'Twilio: not now' : failure.why, {
    retryable: true,
    outcomeKnown: isLater,
    ...(isLater ? { retryAfterMs: failure.afterMs } : {}),
    cause: error,
  });
}

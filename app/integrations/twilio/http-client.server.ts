import http from 'node:http';
// Not a documented entry of the package: test/contract/twilio holds it.
import RequestClient from 'twilio/lib/base/RequestClient.js';
import { env } from '#app/env.server.ts';

const SOCKETS_MAX = 20;
const TOO_MANY_REQUESTS = 429;
const MS_PER_SECOND = 1_000;
const RETRY_AFTER_DEFAULT_MS = 1_000;
/** What Twilio says with 429 as well, though it is not too much at once: a sender's queue is full, the account's day is used up. */
const LIMIT_CODES = new Set([21_611, 63_038]);

/** Twilio took nothing, there was too much at once: try again, not before `retryAfterMs`. */
export class TwilioThrottled extends Error {
  override name = 'TwilioThrottled';
  readonly retryAfterMs: number;
  constructor(retryAfterMs: number) {
    super('Twilio: 429');
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * The SDK's HTTP client, which reads Retry-After (the SDK drops it) and, with TWILIO_BASE_URL set (a Twilio on this machine),
 * sends every call there; the host that was meant goes along in a header.
 */
class TwilioHttpClient extends RequestClient {
  readonly #base: URL | null;

  constructor(baseUrl: string | undefined, timeoutMs: number) {
    super({ timeout: timeoutMs, maxSockets: SOCKETS_MAX });
    this.#base = baseUrl === undefined ? null : new URL(baseUrl);
    // The SDK sets an agent for https only.
    if (this.#base)
      this.axios.defaults.httpAgent = new http.Agent({ keepAlive: true, maxSockets: SOCKETS_MAX });
  }

  override async request<TData>(options: RequestClient.RequestOptions<TData>) {
    const response = await super.request<TData>(this.#aim(options));
    if (response.statusCode === TOO_MANY_REQUESTS && !LIMIT_CODES.has(codeOf(response.body)))
      throw new TwilioThrottled(retryAfterOf(response.headers));
    return response;
  }

  #aim<TData>(options: RequestClient.RequestOptions<TData>): RequestClient.RequestOptions<TData> {
    if (!this.#base) return options;
    const uri = new URL(options.uri);
    const meant = uri.hostname;
    uri.protocol = this.#base.protocol;
    uri.host = this.#base.host;
    return { ...options, uri: uri.href, headers: { ...options.headers, 'X-Twilio-Host': meant } };
  }
}

function codeOf(body: unknown): number {
  return typeof body === 'object' && body !== null && 'code' in body ? Number(body.code) : 0;
}

function retryAfterOf(headers: unknown): number {
  const found = typeof headers === 'object' && headers !== null && 'retry-after' in headers;
  const seconds = found ? Number(headers['retry-after']) : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * MS_PER_SECOND : RETRY_AFTER_DEFAULT_MS;
}

/** One for the process: its connections serve every account. */
export const twilioHttpClient = new TwilioHttpClient(env.TWILIO_BASE_URL, env.TWILIO_TIMEOUT_MS);

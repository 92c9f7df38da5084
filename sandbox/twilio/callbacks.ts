import { createHmac } from 'node:crypto';
import { DEFAULT_DELAY_MS, takeFault } from '../faults.ts';
import { sendOnce } from '../shopify/webhooks.ts';
import type { World } from '../world.ts';
import type { TwilioCallback } from './state.ts';

const KEPT_CALLBACKS = 2_000;
const RETRY_MS = 100;
/** Twilio tries once more by default, and only when it could not connect (usage/webhooks/webhooks-connection-overrides). */
const RETRIES_DEFAULT = 1;
const RETRIES_MAX = 5;

export type CallbackInput = {
  kind: TwilioCallback['kind'];
  messageSid: string;
  summary: string;
  /** As configured; a fragment (`#rc=3&rp=all`) is for Twilio and is neither sent nor signed. */
  address: string;
  authToken: string;
  parameters: Record<string, string>;
};

/** Signs as Twilio does: the address, and every parameter by name with its value (usage/security). */
export function signCallback(authToken: string, url: string, parameters: Iterable<[string, string]>): string {
  const sorted = [...parameters].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const text = url + sorted.map(([name, value]) => name + value).join('');
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
}

/** Sends status callbacks and inbound messages to the app. */
export class TwilioCallbacks {
  readonly #world: World;
  readonly #timers = new Set<NodeJS.Timeout>();
  #underWay = 0;
  #closed = false;

  constructor(world: World) {
    this.#world = world;
  }

  /** Sends one, as the faults for receipts have it. Resolves when the first attempt is over. */
  async send(input: CallbackInput): Promise<void> {
    const fault = takeFault(this.#world, 'receipt', input.messageSid, [input.kind, input.summary]);
    if (fault?.kind === 'drop') return;
    const callback = this.#record(input, fault?.kind ?? null);
    if (fault?.kind === 'delay' || fault?.kind === 'shuffle') {
      const most = fault.delayMs ?? DEFAULT_DELAY_MS;
      this.#later(fault.kind === 'delay' ? most : Math.random() * most, () => this.#attempt(callback, input));
      return;
    }
    const times = fault?.kind === 'duplicate' ? 2 : 1;
    await Promise.all(Array.from({ length: times }, () => this.#attempt(callback, input)));
  }

  /** Sends the same bytes again. */
  async resend(callback: TwilioCallback): Promise<void> {
    await this.#attempt(callback, { address: callback.url });
  }

  /** Whether nothing is pending or in flight. */
  isIdle(): boolean {
    return this.#timers.size === 0 && this.#underWay === 0;
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #record(
    { kind, messageSid, summary, address, authToken, parameters }: CallbackInput,
    fault: string | null,
  ) {
    const url = address.split('#', 1)[0] ?? address;
    const token = fault === 'wrongToken' ? `${authToken}x` : authToken;
    const callback: TwilioCallback = {
      id: this.#world.nextId(),
      at: this.#world.instant(),
      kind,
      messageSid,
      summary,
      url,
      body: new URLSearchParams(parameters).toString(),
      signature: fault === 'unsigned' ? null : signCallback(token, url, Object.entries(parameters)),
      answers: [],
    };
    const { callbacks } = this.#world.twilio;
    callbacks.push(callback);
    if (callbacks.length > KEPT_CALLBACKS) callbacks.shift();
    return callback;
  }

  async #attempt(callback: TwilioCallback, { address }: { address: string }, tried = 0): Promise<void> {
    if (this.#closed) return;
    this.#underWay += 1;
    const headers = {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'user-agent': 'TwilioProxy/1.1',
      'i-twilio-idempotency-token': `${callback.id}`,
      ...(callback.signature === null ? {} : { 'x-twilio-signature': callback.signature }),
    };
    const answer = await sendOnce(callback.url, headers, callback.body);
    this.#underWay -= 1;
    callback.answers.push(answer);
    const overrides = new URLSearchParams(address.split('#')[1] ?? '');
    const retries = Math.min(Number(overrides.get('rc') ?? RETRIES_DEFAULT), RETRIES_MAX);
    const isFailed =
      answer.status === null ||
      (overrides.get('rp') === 'all' && (answer.status < 200 || answer.status > 299));
    if (isFailed && tried < retries)
      this.#later(RETRY_MS, () => this.#attempt(callback, { address }, tried + 1));
  }

  #later(ms: number, work: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void work();
    }, ms);
    this.#timers.add(timer);
  }
}

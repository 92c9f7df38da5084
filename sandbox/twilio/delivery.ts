import { SegmentedMessage } from 'sms-segments-calculator';
import { DEFAULT_DELAY_MS, takeFault } from '../faults.ts';
import type { FaultKind } from '../state.ts';
import type { World } from '../world.ts';
import type { TwilioCallbacks } from './callbacks.ts';
import type { MessageStatus, TwilioMessage, TwilioPhone } from './state.ts';

/** US dollars a part; what Twilio reports is negative. */
const PRICE_A_PART = 0.0079;
/** Parts a second: a long code of the US or Canada, and everything else (support.twilio.com 360057082693). */
const PACE = { longCode: 1, other: 10 };
/** What a sender may hold back; more is refused with 21611. */
const QUEUE_MAX_MS = 36_000_000;

/** What a message to a phone in this state ends with. */
const ENDS: Record<TwilioPhone['state'], { status: MessageStatus; errorCode: number | null }> = {
  on: { status: 'delivered', errorCode: null },
  off: { status: 'undelivered', errorCode: 30_003 },
  gone: { status: 'undelivered', errorCode: 30_005 },
  landline: { status: 'undelivered', errorCode: 30_006 },
};
/** Codes of what never left Twilio; the others were given to a carrier. */
const FAILED_CODES = new Set([30_001, 30_002, 30_036]);

/** A number of the US or Canada that no campaign is registered for (docs/api/errors/30034). */
const UNREGISTERED_CODE = 30_034;

/** Takes messages from `accepted` to their end, with a callback at every step but the first. */
export class TwilioDelivery {
  readonly #world: World;
  readonly #callbacks: TwilioCallbacks;
  readonly #stepMs: number;
  readonly #timers = new Set<NodeJS.Timeout>();

  /** `stepMs`: the time between two statuses; with 0 senders have no pace. */
  constructor(world: World, callbacks: TwilioCallbacks, stepMs: number) {
    this.#world = world;
    this.#callbacks = callbacks;
    this.#stepMs = stepMs;
  }

  /** Whether the sender has more waiting than Twilio queues. */
  isQueueFull(from: string): boolean {
    return (this.#world.twilio.busyUntil[from] ?? 0) - Date.now() > QUEUE_MAX_MS;
  }

  /** Sends a message that was accepted; its statuses follow. */
  start(message: TwilioMessage, from: string): void {
    message.from = from;
    this.#later(this.#stepMs, () => this.#step(message, 'queued'));
  }

  /** Goes through every step now: the callbacks reach the app before the answer to its call. */
  async finishNow(message: TwilioMessage, from: string): Promise<void> {
    message.from = from;
    for (const status of ['queued', 'sending', 'sent'] as const) await this.#announce(message, status);
    await this.#announce(message, this.#endOf(message));
  }

  isIdle(): boolean {
    return this.#timers.size === 0;
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async #step(message: TwilioMessage, status: 'queued' | 'sending' | 'sent'): Promise<void> {
    await this.#announce(message, status);
    if (status === 'queued') this.#later(this.#waitOf(message), () => this.#step(message, 'sending'));
    else if (status === 'sending') this.#later(this.#stepMs, () => this.#step(message, 'sent'));
    else this.#later(this.#stepMs, () => this.#announce(message, this.#endOf(message)));
  }

  /** How long the sender's pace holds a message back. */
  #waitOf({ from, segments }: TwilioMessage): number {
    if (this.#stepMs === 0 || from === null) return 0;
    const { busyUntil } = this.#world.twilio;
    const perSecond = from.startsWith('+1') ? PACE.longCode : PACE.other;
    const start = Math.max(busyUntil[from] ?? 0, Date.now());
    busyUntil[from] = start + (segments * 1_000) / perSecond;
    return start - Date.now();
  }

  #endOf(message: TwilioMessage): MessageStatus {
    const fault = takeFault(this.#world, 'delivery', message.accountSid, [message.to], ['fails']);
    const code = fault ? Number(fault.message ?? '30008') : null;
    const phone = this.#world.twilio.phones.find(({ number }) => number === message.to);
    const carrier = this.#isUnregistered(message) ? endOfCode(UNREGISTERED_CODE) : ENDS[phone?.state ?? 'on'];
    const end = code === null ? carrier : endOfCode(code);
    message.errorCode = end.errorCode;
    return end.status;
  }

  #isUnregistered({ from, to }: TwilioMessage): boolean {
    const number = this.#world.twilio.numbers.find(({ phoneNumber }) => phoneNumber === from);
    return number?.isUnregistered === true && to.startsWith('+1');
  }

  async #announce(message: TwilioMessage, status: MessageStatus): Promise<void> {
    message.status = status;
    message.updatedAt = this.#world.instant();
    if (status === 'queued') message.segments ||= partsOf(message.body);
    if (status === 'sent') message.sentAt = message.updatedAt;
    if (status === 'delivered' || status === 'undelivered') this.#bill(message);
    const account = this.#world.twilio.accounts.find(({ sid }) => sid === message.accountSid);
    if (message.statusCallback === null || !account) return;
    await this.#callbacks.send({
      kind: 'status',
      messageSid: message.sid,
      summary: status,
      address: message.statusCallback,
      authToken: account.authToken,
      parameters: statusParameters(message, status),
    });
  }

  /** The parts are Twilio's count; the price comes with the carrier's report, or a while after it. */
  #bill(message: TwilioMessage): void {
    const strikes = (...kinds: FaultKind[]) =>
      takeFault(this.#world, 'delivery', message.accountSid, [message.to], kinds);
    const counted = strikes('moreParts', 'noParts');
    if (counted) message.segments = counted.kind === 'noParts' ? 0 : message.segments + 1;
    const price = `-${(PRICE_A_PART * message.segments).toFixed(5)}`;
    const late = strikes('latePrice');
    if (!late) message.price = price;
    else
      this.#later(late.delayMs ?? DEFAULT_DELAY_MS, () => {
        message.price = price;
        return Promise.resolve();
      });
  }

  #later(ms: number, work: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void work();
    }, ms);
    this.#timers.add(timer);
  }
}

/** How many parts Twilio makes of a text. */
export function partsOf(body: string): number {
  return new SegmentedMessage(body).segmentsCount;
}

function endOfCode(errorCode: number): { status: MessageStatus; errorCode: number } {
  return { status: FAILED_CODES.has(errorCode) ? 'failed' : 'undelivered', errorCode };
}

/** What a status callback says (guides/track-outbound-message-status): neither price nor parts. */
function statusParameters(message: TwilioMessage, status: MessageStatus): Record<string, string> {
  return {
    MessageSid: message.sid,
    SmsSid: message.sid,
    MessageStatus: status,
    SmsStatus: status,
    AccountSid: message.accountSid,
    From: message.from ?? '',
    To: message.to,
    ApiVersion: '2010-04-01',
    ...(message.serviceSid === null ? {} : { MessagingServiceSid: message.serviceSid }),
    ...(message.errorCode === null ? {} : { ErrorCode: String(message.errorCode) }),
    ...(status === 'delivered' ? { RawDlrDoneDate: '2611281000' } : {}),
  };
}

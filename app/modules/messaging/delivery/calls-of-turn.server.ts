/** The calls of a turn of sending: some at once, what came of them is written while others are made. */
import { statusAddress } from '../channels/callback-addresses.server.ts';
import { credentialsOf, type Channel } from '../channels/channel-rows.server.ts';
import { giveBack, LEASE_SECONDS, type ClaimedMessage } from './claim-messages.server.ts';
import { effectOf, isMetByOthers } from './rules/error-effects.ts';
import { writeOutcome, type Outcome } from './write-outcome.server.ts';

const CALLS_AT_ONCE = 20;
/** No more wait for being written. */
const OUTCOMES_MAX = 200;
/** A call takes 15 s at most; one that would outlive its lease is not made. */
const CALL_MS = 20_000;
const MS_PER_SECOND = 1_000;
/** Twilio holds a message back for a while, never until the next day. */
const VALIDITY_SECONDS = { min: 60, max: 14_400 };

export class CallsOfTurn {
  readonly #channel: Channel;
  readonly #calls = new UnderWay();
  readonly #outcomes = new UnderWay();
  #call: CallTwilio | null = null;
  #isHalted = false;
  #ended = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** How many calls have ended. */
  get ended(): number {
    return this.#ended;
  }

  get hasFailed(): boolean {
    return this.#calls.hasFailed || this.#outcomes.hasFailed;
  }

  /**
   * Calls for each message as places get free, and tells `onCall` how many were. Stops where `isStopped`, or where an answer
   * says that the others would meet the same: those not called wait in the queue again. Returns how many were called.
   * @throws where the channel's token can't be read; then no one was called
   */
  async make(
    { messages, claimedAt }: { messages: readonly ClaimedMessage[]; claimedAt: number },
    { isStopped, onCall }: { isStopped: () => boolean; onCall: (called: number) => void },
  ): Promise<number> {
    if (messages.length === 0) return 0;
    const call = await this.#open(messages);
    for (const [index, message] of messages.entries()) {
      await this.#calls.atMost(CALLS_AT_ONCE - 1);
      if (this.#isHalted || this.hasFailed || isStopped()) {
        await giveBack(this.#channel.shopId, messages.slice(index));
        return index;
      }
      onCall(index + 1);
      this.#calls.add(call(message, claimedAt).then((outcome) => this.#take(message, outcome)));
    }
    await this.#outcomes.atMost(OUTCOMES_MAX);
    return messages.length;
  }

  /** After an answer that concerns others: waits until all is written, so that the next claim knows of it. */
  async goOnAfterHalt(): Promise<void> {
    if (!this.#isHalted) return;
    await this.#allWritten();
    this.#isHalted = false;
  }

  /** Resolves when what came of all calls is written. @throws what one of them threw */
  async end(): Promise<void> {
    await this.#allWritten();
    this.#calls.throwFailure();
    this.#outcomes.throwFailure();
  }

  /** Opened once, and not where nothing is to be sent: a token that can't be read keeps nothing else from being done. */
  async #open(messages: readonly ClaimedMessage[]): Promise<CallTwilio> {
    try {
      return (this.#call ??= await openTwilio(this.#channel));
    } catch (error) {
      await giveBack(this.#channel.shopId, messages);
      throw error;
    }
  }

  #take(message: ClaimedMessage, outcome: Outcome | null): void {
    this.#ended += 1;
    if (!outcome) return;
    if (concernsOthers(outcome)) this.#isHalted = true;
    this.#outcomes.add(writeOutcome(this.#channel, message, outcome));
  }

  async #allWritten(): Promise<void> {
    await this.#calls.atMost(0);
    await this.#outcomes.atMost(0);
  }
}

function concernsOthers(outcome: Outcome): boolean {
  if (outcome.is === 'refused') return isMetByOthers(effectOf(outcome.code, outcome.status));
  return outcome.is === 'later';
}

/** Work that has not ended. */
class UnderWay {
  #count = 0;
  #failure: { error: unknown } | null = null;
  #tellOfEnd: (() => void) | null = null;

  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  add(work: Promise<void>): void {
    this.#count += 1;
    void work
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        this.#count -= 1;
        this.#tellOfEnd?.();
      });
  }

  /** Resolves when no more than these are left. One may wait at a time. */
  async atMost(count: number): Promise<void> {
    while (this.#count > count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#tellOfEnd = resolve;
      await promise;
    }
  }

  /** @throws what one of them threw */
  throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }
}

/** Sends a message; null where its lease could end before the call does. `claimedAt` as `performance.now()` had it. */
type CallTwilio = (message: ClaimedMessage, claimedAt: number) => Promise<Outcome | null>;

/** Opens the channel's account; the SDK is loaded by the first that needs it. */
async function openTwilio(channel: Channel): Promise<CallTwilio> {
  const credentials = credentialsOf(channel);
  const { createTwilioMessage } = await import('#app/integrations/twilio/messages.server.ts');
  return (message, claimedAt) => {
    // By the process's own clock: one that was stopped and continued must not send.
    if (performance.now() - claimedAt > LEASE_SECONDS * MS_PER_SECOND - CALL_MS) return Promise.resolve(null);
    return createTwilioMessage(credentials, {
      to: message.to,
      body: message.body,
      messagingServiceSid: channel.serviceSid,
      from: message.from,
      statusCallback: statusAddress(channel.shopId, channel.channelId, message.messageId),
      validitySeconds: validityOf(message.expiresAt),
    });
  };
}

function validityOf(expiresAt: Date | null): number {
  if (expiresAt === null) return VALIDITY_SECONDS.max;
  const left = Math.floor((expiresAt.getTime() - Date.now()) / MS_PER_SECOND);
  return Math.min(Math.max(left, VALIDITY_SECONDS.min), VALIDITY_SECONDS.max);
}

/** What a turn of sending claims: the next while the last of those before are called, as many at once as go out quickly. */
import { pool } from '#app/db.server.ts';
import { feedCampaigns } from '../campaigns/feed-campaigns.server.ts';
import type { Channel } from '../channels/channel-rows.server.ts';
import { DEFAULT_SETTINGS, loadSettings } from '../limits/load-limits.server.ts';
import {
  CLAIM_MAX,
  claimMessages,
  dropUnsendable,
  holdQuiet,
  type Claim,
  type Lane,
} from './claim-messages.server.ts';

/** How often what is planned is fed, and what must not be sent is taken out; a claim looks at both again. */
const PREPARE_MS = 1_000;
const PREPARED_JUST_NOW_MS = 100;
/** At most what goes out in this time is claimed at once, beyond the least: a stop that comes in meanwhile is found by the next claim. */
const CLAIM_AHEAD_MS = 250;
const CLAIM_MIN = 20;

export interface TimedClaim extends Claim {
  /** By the process's own clock, before the claim. */
  claimedAt: number;
}

export class ClaimsOfTurn {
  readonly #channel: Channel;
  readonly #lane: Lane;
  readonly #callsEnded: () => number;
  #preparedAt = Number.NEGATIVE_INFINITY;
  /** Read by the first claim, which prepares. */
  #settings = DEFAULT_SETTINGS;
  #next: Promise<TimedClaim> | null = null;
  #last: TimedClaim | null = null;
  /** How many calls had ended at the last claim. */
  #endedBefore = 0;

  /** `callsEnded`: how many calls of this turn have ended by now. */
  constructor(channel: Channel, lane: Lane, callsEnded: () => number) {
    this.#channel = channel;
    this.#lane = lane;
    this.#callsEnded = callsEnded;
  }

  /** Whether a claim was begun that nobody took: what it claims has to be sent. */
  get hasBegun(): boolean {
    return this.#next !== null;
  }

  /** Whether the last claim found nothing that waits for no more than its pace. */
  get isIdle(): boolean {
    return this.#last === null || (this.#last.messages.length === 0 && this.#last.capped === 0);
  }

  /** Begins the next claim, once. */
  begin(): void {
    if (this.#next) return;
    this.#next = this.#claim();
    // Told to the one who takes it.
    this.#next.catch(() => {});
  }

  /** The claim that was begun, or a new one. */
  async take(): Promise<TimedClaim> {
    this.begin();
    const claim = await this.#next;
    this.#next = null;
    if (!claim) throw new Error('a claim was taken twice');
    return claim;
  }

  /** Whether what is planned was looked at just before the last claim. */
  get wasPrepared(): boolean {
    return this.#preparedAt >= (this.#last?.claimedAt ?? 0) - PREPARED_JUST_NOW_MS;
  }

  /** Has the next claim look at what is planned. */
  prepareNext(): void {
    this.#preparedAt = Number.NEGATIVE_INFINITY;
  }

  async #claim(): Promise<TimedClaim> {
    const { shopId, channelId } = this.#channel;
    if (performance.now() - this.#preparedAt > PREPARE_MS) await this.#prepare();
    const claimedAt = performance.now();
    const limit = this.#size(claimedAt);
    const claim = await claimMessages(shopId, channelId, this.#settings, { limit, lane: this.#lane });
    this.#last = { ...claim, claimedAt };
    return this.#last;
  }

  async #prepare(): Promise<void> {
    const { shopId } = this.#channel;
    this.#preparedAt = performance.now();
    const isForCampaigns = this.#lane === 'all';
    if (isForCampaigns && this.isIdle) await feedCampaigns(shopId);
    await dropUnsendable(pool, shopId);
    if (isForCampaigns) await holdQuiet(shopId);
    this.#settings = await loadSettings(pool, shopId);
  }

  /** How many are claimed at this time: by how many calls ended since the last claim. */
  #size(nowMs: number): number {
    const ended = this.#callsEnded();
    const sinceMs = Math.max(nowMs - (this.#last?.claimedAt ?? Number.NEGATIVE_INFINITY), 1);
    const goOut = ((ended - this.#endedBefore) * CLAIM_AHEAD_MS) / sinceMs;
    this.#endedBefore = ended;
    return Math.min(Math.max(Math.floor(goOut), CLAIM_MIN), CLAIM_MAX);
  }
}

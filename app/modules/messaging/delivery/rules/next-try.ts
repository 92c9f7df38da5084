/** When a message is tried again that Twilio or a carrier gave back. */
import { addDays, localDay, startOfDay } from '#app/lib/calendar-days.ts';
import { US_DAILY_CAP, type HoldEffect } from './error-effects.ts';

/** What a full queue sends meanwhile leaves room, and what is refused again costs nothing. */
export const QUEUE_REST_MINUTES = 10;
const RATE_SECONDS = 60;
const PHONE_OFF_HOURS = 4;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Carriers of the US count their days by it. */
const PACIFIC = 'America/Los_Angeles';

interface GivenBack {
  code: number;
  effect: HoldEffect;
  now: Date;
  /** When it becomes pointless; null for never. */
  expiresAt: Date | null;
}

/** Returns when it may go; null when it will be pointless by then. Of what waits for staff, as soon as they resume. */
export function nextTry({ code, effect, now, expiresAt }: GivenBack): Date | null {
  return unlessPointless(earliest(code, effect, now), expiresAt);
}

function earliest(code: number, effect: HoldEffect, now: Date): Date {
  if (effect === 'full') return new Date(now.getTime() + QUEUE_REST_MINUTES * MINUTE_MS);
  if (effect !== 'later') return now;
  if (code === US_DAILY_CAP) return startOfDay(addDays(localDay(now, PACIFIC), 1), PACIFIC);
  return new Date(now.getTime() + RATE_SECONDS * SECOND_MS);
}

/** Returns when a message to a phone that was off is sent once more; null when it will be pointless by then. */
export function whenPhoneMayBeOn(now: Date, expiresAt: Date | null): Date | null {
  return unlessPointless(new Date(now.getTime() + PHONE_OFF_HOURS * HOUR_MS), expiresAt);
}

function unlessPointless(at: Date, expiresAt: Date | null): Date | null {
  return expiresAt !== null && at >= expiresAt ? null : at;
}

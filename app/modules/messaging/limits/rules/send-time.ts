/** When a message of a campaign may go. */
import { wallClock } from '#app/lib/calendar-days.ts';
import { decideQuiet, type Window } from '../../delivery/rules/quiet-hours.ts';

/** `local`: at this wall time of each recipient. `spread`: over these hours from the start on. */
export type Timing = { kind: 'now' } | { kind: 'local'; sendAt: string } | { kind: 'spread'; hours: number };

const HOUR_MS = 3_600_000;
/** What opens in the morning goes over this time, not all in its first second. */
const MORNING_MS = 900_000;
/** Spreads ids evenly: Knuth's multiplier over 32 bits. */
const MULTIPLIER = 2_654_435_761n;
const BITS = 32n;

/** A share of 1 that is always the same for a message, even over neighbouring ids. */
export function shareOf(messageId: bigint): number {
  return Number((messageId * MULTIPLIER) % (1n << BITS)) / Number(1n << BITS);
}

/** The instant of a wall time ("2026-12-24T18:00") in a zone, by the offset of that day. */
export function instantOf(wallTime: string, zone: string): Date {
  const wall = Date.parse(`${wallTime}:00Z`);
  let instant = wall;
  // The second correction covers a change of offset between guess and answer.
  for (let step = 0; step < 2; step++) instant -= wallClock(new Date(instant), zone).getTime() - wall;
  return new Date(instant);
}

/** When the wall time has come in all zones in which a recipient may be. */
export function lastInstantOf(wallTime: string, zones: readonly string[]): Date {
  return new Date(Math.max(...zones.map((zone) => instantOf(wallTime, zone).getTime())));
}

export interface Group {
  zones: readonly string[];
  window: Window;
}

/** When a message may go, never in quiet hours: it waits for the next morning, and then goes within a quarter of an hour. */
export function dueAt(timing: Timing, { zones, window }: Group, start: Date, messageId: bigint): Date {
  const share = shareOf(messageId);
  const wanted = new Date(Math.max(wantedAt(timing, zones, start, share).getTime(), start.getTime()));
  const decided = decideQuiet({ window, zones, kind: 'marketing', now: wanted });
  return decided.decision === 'hold' ? new Date(decided.until.getTime() + share * MORNING_MS) : wanted;
}

function wantedAt(timing: Timing, zones: readonly string[], start: Date, share: number): Date {
  if (timing.kind === 'local') return lastInstantOf(timing.sendAt, zones);
  if (timing.kind === 'spread') return new Date(start.getTime() + share * timing.hours * HOUR_MS);
  return start;
}

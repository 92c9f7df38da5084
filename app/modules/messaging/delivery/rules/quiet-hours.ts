/** When marketing may be sent, by the recipient's own clock. */
import { addDays, localDay, wallClock } from '#app/lib/calendar-days.ts';

/** Half-open, in local wall time: `HH:MM`. */
export interface Window {
  from: string;
  to: string;
}

export type QuietDecision =
  | { decision: 'send' }
  | { decision: 'hold'; until: Date }
  /** The window opens after the message means anything. */
  | { decision: 'skip'; reason: 'too_late' };

export interface QuietInput {
  window: Window;
  /** Every one of them must allow it: the recipient's zone, or all of the country. */
  zones: readonly string[];
  kind: 'marketing' | 'transactional';
  now: Date;
  validUntil?: Date | null;
}

const DAYS_LOOKED_AHEAD = 3;

/** Whether a message may go now; else when it may. */
export function decideQuiet({ window, zones, kind, now, validUntil = null }: QuietInput): QuietDecision {
  if (kind === 'transactional' || isOpen(window, zones, now)) return { decision: 'send' };
  const until = nextOpening(window, zones, now);
  if (until === null || (validUntil !== null && until >= validUntil))
    return { decision: 'skip', reason: 'too_late' };
  return { decision: 'hold', until };
}

function isOpen({ from, to }: Window, zones: readonly string[], at: Date): boolean {
  return zones.every((zone) => {
    const time = wallTime(at, zone);
    return time >= from && time < to;
  });
}

/** The first moment at which a zone opens and all others are open; null when there is none. */
function nextOpening(window: Window, zones: readonly string[], now: Date): Date | null {
  const openings = zones
    .flatMap((zone) =>
      Array.from({ length: DAYS_LOOKED_AHEAD }, (_, day) =>
        instantAt(addDays(localDay(now, zone), day), window.from, zone),
      ),
    )
    .filter((at) => at > now && isOpen(window, zones, at))
    .sort((a, b) => a.getTime() - b.getTime());
  return openings[0] ?? null;
}

const TIME_OF_DAY = { start: 11, end: 16 };

const wallTime = (at: Date, zone: string): string =>
  wallClock(at, zone).toISOString().slice(TIME_OF_DAY.start, TIME_OF_DAY.end);

/** The instant of a wall time on a day, by the offset of that day. */
function instantAt(day: string, time: string, zone: string): Date {
  const wall = Date.parse(`${day}T${time}:00Z`);
  let instant = wall;
  // The second correction covers a change of offset between guess and answer.
  for (let step = 0; step < 2; step++) instant -= wallClock(new Date(instant), zone).getTime() - wall;
  return new Date(instant);
}

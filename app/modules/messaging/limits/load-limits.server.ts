/** When, where and how often a shop sends: what it set itself, within what the countries allow. */
import type { Queryable } from '#app/db.server.ts';
import { decideQuiet, type Window } from '../delivery/rules/quiet-hours.ts';
import { narrowWindow, rulesOfCountry } from './rules/countries.ts';
import { zonesOf } from './rules/recipient-zones.ts';

export interface MessagingSettings {
  /** At most this many marketing messages to a person within `capHours`; 0 hours for no limit. */
  capMessages: number;
  capHours: number;
  /** From this cost on a campaign has to be approved; null for never. */
  approveAboveMicros: bigint | null;
  /** By someone else than its sender. */
  approveByOther: boolean;
  /** An order within this number of hours after a message counts as its result. */
  salesHours: number;
}

export const DEFAULT_SETTINGS: MessagingSettings = {
  capMessages: 1,
  capHours: 16,
  approveAboveMicros: 100_000_000n,
  approveByOther: false,
  salesHours: 12,
};

/** Loads how the shop sends; the defaults where it has set nothing. */
export async function loadSettings(db: Queryable, shopId: bigint): Promise<MessagingSettings> {
  const { rows } = await db.query<MessagingSettings>(
    `SELECT cap_messages AS "capMessages", cap_hours AS "capHours", approve_above_micros AS "approveAboveMicros",
       approve_by_other AS "approveByOther", sales_hours AS "salesHours" FROM messaging_settings WHERE shop_id = $1`,
    [shopId],
  );
  return rows[0] ?? DEFAULT_SETTINGS;
}

export interface CountryLimit {
  country: string;
  window: Window;
  linksRegistered: boolean;
}

/** Loads what the shop set for single countries. */
export async function loadCountryLimits(db: Queryable, shopId: bigint): Promise<Map<string, CountryLimit>> {
  const { rows } = await db.query<{
    country: string;
    from: string;
    to: string;
    linksRegistered: boolean;
  }>(
    `SELECT country, from_time AS "from", to_time AS "to", links_registered AS "linksRegistered" FROM messaging_countries WHERE shop_id = $1`,
    [shopId],
  );
  return new Map(
    rows.map(({ from, to, ...row }) => [row.country, { ...row, window: { from, to } }] as const),
  );
}

/**
 * When the shop sends to recipients: within its own hours, never outside the country's. Own hours that are never there in all
 * zones of recipients who may be in any of them don't count: they would get nothing at all.
 */
export function windowOf(
  limits: ReadonlyMap<string, CountryLimit>,
  of: { country: string; zones: string | null },
): Window {
  const allowed = rulesOfCountry(of.country).window;
  const own = limits.get(of.country)?.window;
  const narrowed = own === undefined ? null : narrowWindow(allowed, own);
  if (narrowed === null) return allowed;
  const decided = decideQuiet({ window: narrowed, zones: zonesOf(of), kind: 'marketing', now: new Date() });
  return decided.decision === 'skip' ? allowed : narrowed;
}

/** Whether marketing may be sent to these recipients now; else when it may. */
export function decideNow(
  limits: ReadonlyMap<string, CountryLimit>,
  of: { country: string; zones: string | null },
) {
  return decideQuiet({
    window: windowOf(limits, of),
    zones: zonesOf(of),
    kind: 'marketing',
    now: new Date(),
  });
}

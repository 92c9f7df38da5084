import { ledgerNow, pool } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { readGiftSettings } from '#app/modules/occasions/gifts.queries.server.ts';
import { IS_VALID } from '#app/modules/orders/figures/refresh-figures.server.ts';
import { firstClub } from '#app/modules/shops/rules/first-club.ts';
import type { RedemptionRate } from '#app/modules/shops/rules/club-settings.ts';
import { listGroups } from '../offers/offers.queries.server.ts';
import { readProgramChoices, type ProgramChoices } from '../programs/program-choices.server.ts';
import { listPrograms, OPEN_PROGRAMS_MAX } from '../programs/programs.queries.server.ts';
import type { EarnRules } from '../rules/program.ts';
import { readClubRules } from '../rules-in-force.server.ts';
import { typicalAmount } from '../rules/typical-amount.ts';
import { listWays, type Way } from './ways.ts';

/** Of these latest orders the middle one is what a shop usually sells. */
const ORDERS_LOOKED_AT = 200;

export interface WaysView {
  ways: Way[];
  choices: ProgramChoices;
  /** All rules in force, for what an order gives. */
  rules: EarnRules;
  /** What points are worth at checkout; null while they can't pay there. */
  rate: RedemptionRate | null;
  /** An order as the shop usually has, minor units. */
  typicalMinor: bigint;
  /** The club's clock, so that the server and the browser show the same. */
  now: Date;
}

/** Reads every way to earn of a shop, ended programs among them. */
export async function readWays({
  shopId,
  currency,
}: {
  shopId: bigint;
  currency: string;
}): Promise<WaysView> {
  const [open, ended, groups, gifts, clubs, choices, now, amounts] = await Promise.all([
    listPrograms(shopId, { isEnded: false, before: null, limit: OPEN_PROGRAMS_MAX }),
    listPrograms(shopId, { isEnded: true, before: null }),
    listGroups(shopId),
    readGiftSettings(shopId),
    readClubRules(pool, [shopId]),
    readProgramChoices(shopId),
    ledgerNow(pool),
    readAmounts(shopId, currency),
  ]);
  const club = clubs.get(shopId);
  invariant(club, `shop ${shopId} is installed and has a club`);
  const parts = {
    programs: [...open.programs, ...ended.programs],
    offers: groups.flatMap(({ offers }) => offers),
    offersActive: club.offers.isActive,
    gifts,
  };
  return {
    ways: listWays(parts, now),
    choices,
    rules: club.rules,
    rate: club.redemption.isEnabled ? club.redemption.rate : null,
    typicalMinor: typicalAmount(amounts) ?? firstClub(currency).stepMinor * 3n,
    now,
  };
}

async function readAmounts(shopId: bigint, currency: string): Promise<bigint[]> {
  const { rows } = await pool.query<{ amount: bigint }>(
    `SELECT o.total_minor AS amount FROM (SELECT * FROM orders o WHERE o.shop_id = $1
       ORDER BY o.processed_at DESC, o.order_id DESC LIMIT ${ORDERS_LOOKED_AT}) o
      WHERE o.currency = $2 AND o.total_minor > 0 AND ${IS_VALID}`,
    [shopId, currency],
  );
  return rows.map(({ amount }) => amount);
}

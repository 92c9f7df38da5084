/** Asks before a club gives back more than its merchant can mean, or refuses it. */
import { pool, type Queryable } from '#app/db.server.ts';
import { isMeant, type CostQuestion } from '#app/lib/cost-question.ts';
import { invariant } from '#app/lib/errors.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import type { Unit } from '#app/lib/units.ts';
import {
  judgeGiveBack,
  type GiveBackRules,
  type OfferTerms,
  type SpendTerms,
  type Verdict,
} from './rules/give-back.ts';

/** A save that waits for its question to be answered, or that is refused. */
export interface HeldSave {
  ok: false;
  errors: FieldErrors;
  question?: CostQuestion;
}

interface ClubRow {
  currency: string | null;
  units: bigint;
  amountMinor: bigint;
  offersActive: boolean;
  multiplierPercent: number | null;
}

const READ_CLUB = `
  SELECT s.currency, c.redemption_rate_units AS units, c.redemption_rate_minor AS "amountMinor", c.offers_active AS "offersActive",
    (SELECT max(t.multiplier_percent) FROM tiers t WHERE t.shop_id = $1 AND t.removed_at IS NULL AND c.tiers_active) AS "multiplierPercent"
  FROM shops s JOIN club_settings c USING (shop_id) WHERE s.shop_id = $1`;

/** Programs that have not begun yet count: when they do, no one is asked. */
const READ_SPEND = `
  SELECT program_id AS "programId", unit, (rule->>'units')::bigint AS units, (rule->>'stepMinor')::bigint AS "stepMinor"
  FROM programs WHERE shop_id = $1 AND kind = 'spend' AND status = 'active' AND coalesce(ends_at > ledger_now(), true)
  ORDER BY program_id`;

const READ_OFFERS = `
  SELECT offer_id AS "offerId", group_id AS "groupId", unit, percent_bp AS "percentBp"
  FROM offers WHERE shop_id = $1 AND status = 'active' ORDER BY offer_id`;

/** The rules of a shop, and its offers also while they are switched off. */
export interface StoredGiveBack extends GiveBackRules {
  allOffers: readonly OfferTerms[];
}

/** Reads what decides how much the orders of a shop give back. */
export async function readGiveBack(db: Queryable, shopId: bigint): Promise<StoredGiveBack> {
  const [clubs, spend, offers] = await Promise.all([
    db.query<ClubRow>(READ_CLUB, [shopId]),
    db.query<SpendTerms>(READ_SPEND, [shopId]),
    db.query<OfferTerms>(READ_OFFERS, [shopId]),
  ]);
  const [club] = clubs.rows;
  invariant(club && club.currency !== null, `shop ${shopId} is installed`);
  return {
    currency: club.currency,
    rate: { units: club.units, amountMinor: club.amountMinor },
    spend: spend.rows,
    offers: club.offersActive ? offers.rows : [],
    allOffers: offers.rows,
    multiplierPercent: club.multiplierPercent ?? 100,
  };
}

/**
 * Judges a change of a shop's rules; null when it may be saved. `meant` is the figure that was typed for the question,
 * `field` where a refusal is shown.
 */
export async function holdGiveBack(
  shopId: bigint,
  meant: unknown,
  field: string,
  change: (rules: StoredGiveBack) => Partial<GiveBackRules>,
): Promise<HeldSave | null> {
  const before = await readGiveBack(pool, shopId);
  return holdUnlessMeant(judgeGiveBack(before, { ...before, ...change(before) }), meant, field);
}

/** Null when the verdict is fine, or its question was answered with its very figure. */
export function holdUnlessMeant(verdict: Verdict, meant: unknown, field: string): HeldSave | null {
  switch (verdict.is) {
    case 'fine':
      return null;
    case 'refused':
      return { ok: false, errors: { [field]: { code: 'gives_more_than_paid' } } };
    case 'asked':
      return isMeant(verdict.question, meant) ? null : { ok: false, errors: {}, question: verdict.question };
  }
}

const USUAL_OF = 500;

/** Reads what a customer usually gets at a time, the median of the latest; null while there is nothing to compare with. */
export async function readUsualAmount(shopId: bigint, unit: Unit): Promise<bigint | null> {
  const { rows } = await pool.query<{ usual: bigint | null }>(
    `SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY amount) AS usual FROM (
       SELECT amount FROM ledger_entries WHERE shop_id = $1 AND unit = $2 ORDER BY created_at DESC, entry_id DESC LIMIT ${USUAL_OF}) e
     WHERE amount > 0`,
    [shopId, unit],
  );
  return rows[0]?.usual ?? null;
}

import { ledgerNow, pool, withTransaction, type Transaction } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { holdUnlessMeant, readGiveBack, type HeldSave } from '#app/modules/shops/give-back.server.ts';
import { ASKED_ABOVE_BP, judgeAmount, type Verdict } from '#app/modules/shops/rules/give-back.ts';
import { GIFT_KINDS, type GiftKind } from './rules/gifts.ts';
import { readGiftForm, type GiftDraft } from './gift-form.ts';
import { readGiftSettings } from './gifts.queries.server.ts';

interface Shop {
  shopId: bigint;
  currency: string;
  timeZone: string;
}

/** A gift that is switched on counts from today: nothing due before is given. */
const SAVE = `
  INSERT INTO gift_settings AS known (shop_id, kind, is_active, unit, amount_mode, amount, percent_bp, days_before, expires_days, active_from)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, CASE WHEN $3 THEN $10::date END)
  ON CONFLICT (shop_id, kind) DO UPDATE SET is_active = excluded.is_active, unit = excluded.unit, amount_mode = excluded.amount_mode,
    amount = excluded.amount, percent_bp = excluded.percent_bp, days_before = excluded.days_before, expires_days = excluded.expires_days,
    active_from = CASE WHEN known.is_active THEN known.active_from ELSE excluded.active_from END, version = known.version + 1,
    updated_at = clock_timestamp()`;

/**
 * Saves both gifts of the form, all or nothing. Returns the errors by field, or under `form` that they were
 * saved by someone else meanwhile.
 */
export async function saveGifts(
  shop: Shop,
  values: Record<string, unknown>,
  locale: string,
): Promise<{ ok: true } | HeldSave> {
  const drafts: [GiftKind, GiftDraft][] = [];
  const errors: FieldErrors = {};
  for (const kind of GIFT_KINDS) {
    const read = readGiftForm(values, kind, locale, shop.currency);
    if (read.ok) drafts.push([kind, read.draft]);
    else Object.assign(errors, read.errors);
  }
  if (drafts.length < GIFT_KINDS.length) return { ok: false, errors };
  const held = await holdGifts(shop.shopId, drafts, values.meant);
  if (held) return held;
  const isSaved = await withTransaction(async (tx) => {
    const today = localDay(await ledgerNow(tx), shop.timeZone);
    // Saves wait for one another, so that no row changes after it was read.
    const current = await tx.query<{ kind: string; version: number }>(
      'SELECT kind, version FROM gift_settings WHERE shop_id = $1 ORDER BY kind FOR UPDATE',
      [shop.shopId],
    );
    const versionOf = (kind: GiftKind) => current.rows.find((row) => row.kind === kind)?.version ?? 0;
    if (drafts.some(([kind, draft]) => draft.version !== versionOf(kind))) return false;
    for (const [kind, draft] of drafts) await save(tx, shop.shopId, kind, draft, today);
    return true;
  });
  return isSaved ? { ok: true } : { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
}

/** Asks about the first gift that has to be meant: its figure answers for the form. */
async function holdGifts(
  shopId: bigint,
  drafts: readonly [GiftKind, GiftDraft][],
  meant: unknown,
): Promise<HeldSave | null> {
  const club = await readGiveBack(pool, shopId);
  const saved = await readGiftSettings(shopId);
  for (const [kind, draft] of drafts) {
    const { isActive, unit, amountMode, amount, percentBp } = draft;
    const before = saved[kind];
    const isKnown =
      before.isActive &&
      before.amountMode === amountMode &&
      before.unit === unit &&
      (amountMode === 'percent' ? before.percentBp >= percentBp : before.amount >= amount);
    if (!isActive || isKnown) continue;
    const verdict = amountMode === 'fixed' ? judgeAmount(amount, unit, club, null) : judgePercent(percentBp);
    const held = holdUnlessMeant(verdict, meant, `${kind}_amount`);
    if (held) return held;
  }
  return null;
}

function judgePercent(percentBp: number): Verdict {
  return percentBp > ASKED_ABOVE_BP
    ? { is: 'asked', question: { kind: 'balance', shareBp: percentBp } }
    : { is: 'fine' };
}

async function save(
  tx: Transaction,
  shopId: bigint,
  kind: GiftKind,
  draft: GiftDraft,
  today: string,
): Promise<void> {
  const { isActive, unit, amountMode, amount, percentBp, daysBefore, expiresDays } = draft;
  await tx.query(SAVE, [
    shopId,
    kind,
    isActive,
    unit,
    amountMode,
    amount,
    percentBp,
    daysBefore,
    expiresDays,
    today,
  ]);
}

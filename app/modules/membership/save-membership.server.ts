import { ledgerNow, withTransaction, type Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { holdGiveBack, type HeldSave } from '#app/modules/shops/give-back.server.ts';
import { readMembershipForm, type MembershipDraft, type TierDraft } from './membership-form.ts';

export type MembershipSaved = { ok: true } | HeldSave;

/**
 * Saves the Membership form, all of it, or returns the errors by field. A tier that the form no longer has is deleted:
 * its customers move to the next lower one at once. All customers are evaluated again afterwards.
 */
export async function saveMembership(
  shop: { shopId: bigint; currency: string },
  input: Record<string, unknown>,
  locale: string,
  actor: string,
): Promise<MembershipSaved> {
  const form = readMembershipForm(input, locale, shop.currency);
  if (!form.ok) return form;
  const { shopId } = shop;
  const { draft } = form;
  const held = await holdTiers(shopId, draft, input.meant);
  if (held) return held;
  return withTransaction(async (tx): Promise<MembershipSaved> => {
    await storeSettings(tx, shopId, draft);
    const { rows } = await tx.query<{ tier_id: bigint }>(
      `SELECT tier_id FROM tiers WHERE shop_id = $1 AND removed_at IS NULL ORDER BY threshold, tier_id FOR UPDATE`,
      [shopId],
    );
    const known = rows.map((row) => row.tier_id);
    const kept = draft.tiers.flatMap(({ tierId }) => tierId ?? []);
    if (kept.some((id) => !known.includes(id)) || new Set(kept).size < kept.length)
      return { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
    for (const [place, tierId] of known.entries()) {
      if (kept.includes(tierId)) continue;
      const lower = known.slice(0, place).findLast((id) => kept.includes(id)) ?? null;
      await removeTier(tx, shopId, tierId, lower, actor);
    }
    await storeTiers(tx, shopId, draft.tiers);
    return { ok: true };
  });
}

/** The highest multiplier counts; tiers that are off multiply nothing. A refusal is shown at that tier. */
async function holdTiers(
  shopId: bigint,
  { tiersActive, tiers }: MembershipDraft,
  meant: unknown,
): Promise<HeldSave | null> {
  const multipliers = tiers.map(({ multiplierPercent }) => multiplierPercent);
  const multiplierPercent = tiersActive ? Math.max(100, ...multipliers) : 100;
  const field = `tiers.${multipliers.indexOf(multiplierPercent)}.multiplier`;
  return holdGiveBack(shopId, meant, field, () => ({ multiplierPercent }));
}

async function storeSettings(tx: Transaction, shopId: bigint, draft: MembershipDraft): Promise<void> {
  await tx.query(`INSERT INTO club_settings (shop_id) VALUES ($1) ON CONFLICT DO NOTHING`, [shopId]);
  await tx.query(
    `UPDATE club_settings SET self_join = $2, join_at_spend_minor = $3, tiers_active = $4, tier_measure = $5, tier_period = $6,
       tier_period_days = coalesce($7, tier_period_days), tier_keep = $8, tier_keep_days = coalesce($9, tier_keep_days),
       tiers_evaluated_on = NULL, updated_at = clock_timestamp()
     WHERE shop_id = $1`,
    [
      shopId,
      draft.selfJoin,
      draft.joinAtSpendMinor,
      draft.tiersActive,
      draft.measure,
      draft.period,
      draft.periodDays,
      draft.keep,
      draft.keepDays,
    ],
  );
}

async function removeTier(
  tx: Transaction,
  shopId: bigint,
  tierId: bigint,
  lower: bigint | null,
  actor: string,
): Promise<void> {
  await tx.query(
    `WITH moved AS (UPDATE customers SET tier_id = $3 WHERE shop_id = $1 AND tier_id = $2 RETURNING customer_id)
     INSERT INTO tier_changes (shop_id, customer_id, tier_id, since, reason, actor)
     SELECT $1, customer_id, $3, $4, 'tier_removed', $5 FROM moved ORDER BY customer_id`,
    [shopId, tierId, lower, await ledgerNow(tx), actor],
  );
  await tx.query(`UPDATE tiers SET removed_at = ledger_now() WHERE shop_id = $1 AND tier_id = $2`, [
    shopId,
    tierId,
  ]);
}

async function storeTiers(tx: Transaction, shopId: bigint, tiers: readonly TierDraft[]): Promise<void> {
  const rows = tiers.map((tier, place) => ({ ...tier, position: place + 1 }));
  const columns = (some: typeof rows) => [
    shopId,
    bigintArray(some.map(({ tierId }) => tierId)),
    some.map(({ name }) => name),
    some.map(({ position }) => position),
    bigintArray(some.map(({ threshold }) => threshold)),
    some.map(({ multiplierPercent }) => multiplierPercent),
    some.map(({ memberDiscountBp }) => memberDiscountBp),
  ];
  const given = `unnest($2::bigint[], $3::text[], $4::int[], $5::bigint[], $6::int[], $7::int[])
    AS n (tier_id, name, position, threshold, multiplier_percent, member_discount_bp)`;
  await tx.query(
    `UPDATE tiers t SET name = n.name, position = n.position, threshold = n.threshold,
       multiplier_percent = n.multiplier_percent, member_discount_bp = n.member_discount_bp
     FROM ${given} WHERE t.shop_id = $1 AND t.tier_id = n.tier_id`,
    columns(rows.filter(({ tierId }) => tierId !== null)),
  );
  await tx.query(
    `INSERT INTO tiers (shop_id, name, position, threshold, multiplier_percent, member_discount_bp)
     SELECT $1, n.name, n.position, n.threshold, n.multiplier_percent, n.member_discount_bp FROM ${given}
     WHERE n.tier_id IS NULL ORDER BY n.position`,
    columns(rows.filter(({ tierId }) => tierId === null)),
  );
}

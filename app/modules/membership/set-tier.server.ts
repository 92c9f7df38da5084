import { ledgerNow, type Transaction } from '#app/db.server.ts';
import { measure } from './measure.server.ts';
import { readMembershipSettings } from './membership-settings.server.ts';
import { chosenTier, periodStart } from './rules/tier.ts';

const REASON_CHARACTERS_MAX = 200;

export type SetTierAnswer =
  | { ok: true }
  | { ok: false; problem: 'reason_missing' | 'reason_too_long' | 'no_such_tier' | 'unknown_customer' };

/**
 * Sets a customer's tier by hand, with a reason for the history. It is kept as long as the keep rule keeps
 * a tier, at least until the period ends; reaching a higher one raises it, unless it was set below what is reached.
 */
export async function setTier(
  tx: Transaction,
  input: { shopId: bigint; customerId: bigint; tierId: bigint; reason: string; actor: string },
): Promise<SetTierAnswer> {
  const { shopId, customerId, tierId, actor } = input;
  const reason = input.reason.trim();
  if (reason === '') return { ok: false, problem: 'reason_missing' };
  if (reason.length > REASON_CHARACTERS_MAX) return { ok: false, problem: 'reason_too_long' };
  const { rows } = await tx.query<{ tier_id: bigint | null }>(
    `SELECT tier_id FROM customers WHERE shop_id = $1 AND customer_id = $2 AND state = 'active' AND merged_into IS NULL
     FOR NO KEY UPDATE`,
    [shopId, customerId],
  );
  const [customer] = rows;
  if (!customer) return { ok: false, problem: 'unknown_customer' };
  const { tiers, rule } = await readMembershipSettings(tx, shopId);
  if (!tiers.some((tier) => tier.tierId === tierId)) return { ok: false, problem: 'no_such_tier' };
  const now = await ledgerNow(tx);
  const measuredOf = await measure(tx, shopId, [customerId], rule.measure, periodStart(rule, now));
  const measured = measuredOf.get(customerId) ?? 0n;
  const standing = chosenTier({ tierId, measured, tiers, rule, now });
  await tx.query(
    `UPDATE customers SET tier_id = $3, tier_kept_until = $4, tier_is_fixed = $5, updated_at = clock_timestamp()
     WHERE shop_id = $1 AND customer_id = $2`,
    [shopId, customerId, tierId, standing.keptUntil, standing.isFixed],
  );
  if (customer.tier_id === tierId) return { ok: true };
  await tx.query(
    `INSERT INTO tier_changes (shop_id, customer_id, tier_id, since, measured, reason, actor)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [shopId, customerId, tierId, now, measured, reason, actor],
  );
  return { ok: true };
}

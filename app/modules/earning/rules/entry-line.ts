/** Which sentence tells a ledger entry: its kind, or what became of it. */

const KINDS = [
  'order_spend',
  'order_product',
  'offer',
  'birthday',
  'anniversary',
  'manual_add',
  'import',
  'welcome',
  'referral',
  'tier_bonus',
  'restore',
  'redeem',
  'manual_deduct',
  'refund_reversal',
  'cancel_reversal',
  'expire',
  'write_off',
  'merge_out',
  'merge_in',
] as const;

/** Kinds whose entry can go the other way round, when a later state of its order says so. */
const BACK = { restore: 'restore_back', expire: 'expire_back', import: 'import_back' } as const;

/** What was spent by kind of redemption; a payment with points has the plain line. */
const SPENT = new Map<string, 'redeem_reward' | 'redeem_manual' | 'redeem_payout'>([
  ['reward', 'redeem_reward'],
  ['manual', 'redeem_manual'],
  ['payout', 'redeem_payout'],
]);

/** What decides the sentence. */
export interface LineSource {
  kind: string;
  amount: bigint;
  reason?: string | null;
  redemptionKind?: string | null;
}

/** Returns the key of an entry's sentence. Value comes back with a plus and expires with a minus; the opposite sign is its undoing. */
export function entryLineOf({ kind, amount, reason, redemptionKind }: LineSource) {
  if (kind === 'redeem' && redemptionKind) return SPENT.get(redemptionKind) ?? kind;
  if (kind === 'restore' && redemptionKind === 'manual') return 'restore_manual';
  if (reason === 'backfill_undone' && kind === 'cancel_reversal') return reason;
  if (kind === 'restore' && amount < 0n) return BACK.restore;
  if (kind === 'expire' && amount > 0n) return BACK.expire;
  if (kind === 'import' && amount < 0n) return BACK.import;
  return KINDS.find((known) => known === kind) ?? 'other';
}

import { useTranslation } from 'react-i18next';
import { readGiftBase } from '#app/modules/occasions/rules/gifts.ts';
import type { Unit } from '#app/lib/units.ts';
import { entryLineOf } from '../../rules/entry-line.ts';
import { useFormat } from '#app/components/use-format.ts';

/** What the sentence of an entry needs to know of it. */
export interface TellableEntry {
  kind: string;
  unit: Unit;
  amount: bigint;
  orderName: string | null;
  code: string | null;
  /** What kind of redemption it belongs to, and the reward that was taken. */
  redemptionKind?: string | null;
  rewardName?: string | null;
  programName: string | null;
  note: string | null;
  reason?: string | null;
  createdAt: Date;
  validFrom: Date | null;
  expiresAt: Date | null;
}

/** A function from a ledger entry to a sentence that a merchant understands, and details worth knowing. */
export function useEntryText(): (entry: TellableEntry) => { line: string; details: string[] } {
  const { t } = useTranslation();
  const format = useFormat();
  return (entry) => {
    const kind = entryLineOf(entry);
    const order = entry.orderName ?? t('ledger.some_order');
    const program = entry.programName ?? t('ledger.some_program');
    const line = t(`ledger.line.${kind}`, { order, program, reward: entry.rewardName ?? '' });
    const details: string[] = [];
    if (entry.kind === 'redeem' && entry.code && entry.redemptionKind !== 'payout')
      details.push(t('ledger.code', { code: entry.code }));
    const gift = readGiftBase(entry.reason ?? null);
    if (gift) {
      const base = format.units(gift.base, entry.unit);
      details.push(t('ledger.gift_base', { percent: format.percent(gift.percentBp), base }));
    }
    if (entry.validFrom && entry.validFrom > entry.createdAt) {
      details.push(t('ledger.usable_from', { day: format.day(entry.validFrom) }));
    }
    // Expiry is exclusive: the day before is the last on which the points can be used.
    if (entry.expiresAt) {
      details.push(t('ledger.usable_until', { day: format.day(new Date(entry.expiresAt.getTime() - 1)) }));
    }
    if (entry.note) details.push(entry.note);
    return { line, details };
  };
}

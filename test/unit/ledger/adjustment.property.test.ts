/** What the Adjust form shows before it is saved is what the ledger says after it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { available, type Account } from '#app/modules/ledger/rules/account.ts';
import { afterAdjustment, kindOfReason, type AdjustReason } from '#app/modules/ledger/rules/adjustment.ts';
import { PostingPlan } from '#app/modules/ledger/rules/posting-plan.ts';

const NOW = new Date('2026-11-21T00:00:00Z');
const LATER = new Date('2026-12-01T00:00:00Z');
const KEY = { shopId: 1n, customerId: 2n, unit: 'POINTS' as const };
const facts = { key: 'k', source: 'staff' as const, actor: 'staff:1', effectiveAt: NOW };

const units = fc.bigInt({ min: 0n, max: 1_000n });

function accountOf({
  usable,
  pending,
  owed,
  held,
}: Record<'usable' | 'pending' | 'owed' | 'held', bigint>): Account {
  const lot = { expiresAt: null, orderId: null, changed: false };
  return {
    ...KEY,
    balance: usable + pending - owed,
    held: held < usable ? held : usable,
    debt: owed,
    lots: [
      { ...lot, entryId: 1n, amount: usable, remaining: usable, validFrom: NOW },
      { ...lot, entryId: 2n, amount: pending, remaining: pending, validFrom: LATER },
    ],
    debts: owed === 0n ? [] : [{ entryId: 3n, amount: owed, remaining: owed, changed: false }],
    expired: [],
  };
}

function balanceOf(account: Account) {
  const pending = account.lots
    .filter((lot) => lot.validFrom > NOW)
    .reduce((sum, lot) => sum + lot.remaining, 0n);
  const { balance, held, debt } = account;
  return { balance, available: available(account, NOW), pending, held, debt };
}

test('the preview of an adjustment is its result', () => {
  fc.assert(
    fc.property(
      fc.record({ usable: units, pending: units, owed: units, held: units }),
      fc.constantFrom<AdjustReason>('other', 'deduct'),
      fc.bigInt({ min: 1n, max: 1_000n }),
      fc.boolean(),
      (had, reason, amount, isPending) => {
        const account = accountOf(had);
        const before = balanceOf(account);
        const isDeduction = kindOfReason(reason) === 'manual_deduct';
        fc.pre(!isDeduction || amount <= before.available);
        const plan = new PostingPlan([account]);
        if (isDeduction) plan.spend(KEY, 'manual_deduct', amount, [NOW], facts);
        else {
          const terms = { validFrom: isPending ? LATER : NOW, expiresAt: null, orderId: null };
          plan.earn(KEY, 'manual_add', amount, terms, facts);
        }
        expect(afterAdjustment(before, { reason, amount, isPending })).toEqual(balanceOf(plan.account(KEY)));
      },
    ),
  );
});

/**
 * Plans what is written to the ledger: pure, over accounts that were read and locked. Each verb adds one entry (and
 * what follows from it) and moves lots, debts and holds along, so that later verbs of the same plan see the result.
 */
import {
  isUsable,
  newestFirst,
  soonestFirst,
  type Account,
  type AccountKey,
  type Debt,
  type ExpiredPart,
  type Lot,
} from './account.ts';
import type {
  EarnKind,
  EntryFacts,
  LotTerms,
  PlannedHold,
  Restorable,
  TakeBackKind,
  TakeBackOrigin,
} from './posting-types.ts';
import { PostingBook } from './posting-book.ts';
import { takeBackSteps } from './take-back-steps.ts';
import type { TakeBackPolicy } from '#app/modules/shops/rules/club-settings.ts';
import { least } from '#app/lib/integers.ts';

/** One transaction's worth of postings. */
export class PostingPlan extends PostingBook {
  readonly holds: PlannedHold[] = [];
  readonly endedHolds: PlannedHold[] = [];
  readonly movedHolds: PlannedHold[] = [];

  /** Adds `amount` (> 0) as one entry with its lot. Open debts are paid from the new lot first. */
  earn(key: AccountKey, kind: EarnKind, amount: bigint, terms: LotTerms, facts: EntryFacts): void {
    const account = this.account(key);
    const lot = this.addLot(account, this.addEntry(account, kind, amount, facts), amount, amount, terms);
    for (const debt of account.debts) {
      const paid = least(debt.remaining, lot.remaining);
      if (paid === 0n) continue;
      this.consume(account, debt.entryId, lot, paid);
      debt.remaining -= paid;
      debt.changed = true;
      account.debt -= paid;
    }
  }

  /**
   * Spends `amount` (> 0) from lots usable at any of `usableAt`, soonest expiry first. What they cannot give becomes
   * debt: a late order was already discounted. Callers that must not overspend check `available` first. Returns the
   * (planned) id of the entry.
   */
  spend(
    key: AccountKey,
    kind: 'redeem' | 'manual_deduct',
    amount: bigint,
    usableAt: readonly Date[],
    facts: EntryFacts,
  ): bigint {
    const account = this.account(key);
    const entryId = this.addEntry(account, kind, -amount, facts);
    const lots = account.lots.filter((lot) => usableAt.some((at) => isUsable(lot, at)));
    const missing = this.take(account, entryId, lots.sort(soonestFirst), amount);
    if (missing > 0n) this.addDebt(account, entryId, missing);
    return entryId;
  }

  /** What a spend of this plan took from which lot: what `restore` may give back. */
  restorable(key: AccountKey, spendEntry: bigint): Restorable[] {
    const lots = new Map(this.account(key).lots.map((lot) => [lot.entryId, lot]));
    return this.consumptions.flatMap((consumption) => {
      const lot = consumption.spendEntry === spendEntry ? lots.get(consumption.lotEntry) : undefined;
      return lot
        ? [
            {
              spendEntry,
              lotEntry: lot.entryId,
              left: consumption.amount,
              restored: 0n,
              expiresAt: lot.expiresAt,
              orderId: lot.orderId,
              rule: lot.rule ?? null,
            },
          ]
        : [];
    });
  }

  /**
   * Takes back `amount` (> 0) that a rule of an order gave: from what that rule gave with these terms, then from what it
   * gave with others, then from the order's other lots, then, if the policy says so, from those of other orders, each
   * with the newest expiry first; the rest becomes debt or is written off. What had already expired is not owed: the
   * expiry is given back, so that a refund before and after it end the same.
   */
  takeBack(
    key: AccountKey,
    kind: TakeBackKind,
    amount: bigint,
    origin: TakeBackOrigin,
    policy: TakeBackPolicy,
    facts: EntryFacts,
  ): void {
    const account = this.account(key);
    const { orderId } = origin;
    const entryId = this.addEntry(account, kind, -amount, facts);
    let missing = amount;
    for (const isNear of takeBackSteps(origin)) {
      missing = this.take(account, entryId, account.lots.filter(isNear).sort(newestFirst), missing);
      missing = this.#undoExpiry(account, entryId, account.expired.filter(isNear), missing, orderId, facts);
    }
    if (policy.fromAllLots) {
      const others = account.lots.filter((lot) => lot.orderId !== orderId).sort(newestFirst);
      missing = this.take(account, entryId, others, missing);
    }
    if (missing === 0n) return;
    if (policy.shortfall === 'debt') this.addDebt(account, entryId, missing);
    else
      this.balanceOut(account, entryId, 'write_off', missing, orderId, {
        ...facts,
        key: `${facts.key}:write_off`,
      });
  }

  /**
   * Returns `amount` (> 0) of a spend, newest expiry first, each part with the expiry it had but not sooner than
   * `notBefore`. What the spend took as debt that is not paid yet has no lot: it comes back by paying that debt.
   */
  restore(
    key: AccountKey,
    amount: bigint,
    parts: readonly Restorable[],
    notBefore: Date,
    facts: EntryFacts,
  ): void {
    const open = parts
      .filter((part) => part.left > 0n)
      .sort((a, b) => newestFirst(restorableLot(a), restorableLot(b)));
    let left = amount;
    for (const part of open) {
      const back = least(part.left, left);
      if (back === 0n) break;
      const expiresAt = part.expiresAt === null || part.expiresAt > notBefore ? part.expiresAt : notBefore;
      const { orderId, rule = null } = part;
      const terms = { validFrom: facts.effectiveAt, expiresAt, orderId, rule };
      this.earn(key, 'restore', back, terms, { ...facts, key: `${facts.key}:${part.lotEntry}` });
      this.restorations.push({
        shopId: key.shopId,
        spendEntry: part.spendEntry,
        lotEntry: part.lotEntry,
        amount: back,
      });
      left -= back;
    }
    if (left > 0n) {
      const terms = { validFrom: facts.effectiveAt, expiresAt: notBefore, orderId: null };
      this.earn(key, 'restore', left, terms, { ...facts, key: `${facts.key}:debt` });
    }
  }

  /**
   * Takes `amount` (> 0) of what `restore` gave back again, because a newer state of the order says that less was
   * returned: from the lots it came back in, then from others (newest expiry first); the rest is owed. `parts` and
   * `restored` (what came back in all, parts or not) are as they were before.
   */
  unrestore(
    key: AccountKey,
    amount: bigint,
    parts: readonly Restorable[],
    restored: bigint,
    restoredLots: ReadonlySet<bigint>,
    facts: EntryFacts,
  ): void {
    const noted = parts.reduce((sum, part) => sum + part.restored, 0n);
    const fromDebt = least(amount, restored - noted);
    if (fromDebt > 0n)
      this.#spendRestored(key, fromDebt, restoredLots, { ...facts, key: `${facts.key}:back:debt` });
    let left = amount - fromDebt;
    if (left === 0n) return;
    this.#spendRestored(key, left, restoredLots, { ...facts, key: `${facts.key}:back` });
    for (const part of [...parts].sort((a, b) => soonestFirst(restorableLot(a), restorableLot(b)))) {
      const back = least(part.restored, left);
      if (back === 0n) continue;
      this.restorations.push({
        shopId: key.shopId,
        spendEntry: part.spendEntry,
        lotEntry: part.lotEntry,
        amount: -back,
      });
      left -= back;
    }
  }

  #spendRestored(
    key: AccountKey,
    amount: bigint,
    restoredLots: ReadonlySet<bigint>,
    facts: EntryFacts,
  ): void {
    const account = this.account(key);
    const entryId = this.addEntry(account, 'restore', -amount, facts);
    const own = account.lots.filter((lot) => restoredLots.has(lot.entryId)).sort(newestFirst);
    const others = account.lots.filter((lot) => !restoredLots.has(lot.entryId)).sort(newestFirst);
    const missing = this.take(account, entryId, [...own, ...others], amount);
    if (missing > 0n) this.addDebt(account, entryId, missing);
  }

  /** Ends what is left of a lot. */
  expire(key: AccountKey, lot: Lot, facts: EntryFacts): void {
    const account = this.account(key);
    const amount = lot.remaining;
    const entryId = this.addEntry(account, 'expire', -amount, facts);
    this.consume(account, entryId, lot, amount);
    const { orderId, rule = null, validFrom, expiresAt } = lot;
    const part = { spendEntry: entryId, lotEntry: lot.entryId, orderId, rule, validFrom, expiresAt };
    account.expired.push({ ...part, left: amount });
  }

  /** Takes back what is left of the lot of an imported balance. */
  undoImport(key: AccountKey, lot: Lot, facts: EntryFacts): void {
    const account = this.account(key);
    const amount = lot.remaining;
    this.consume(account, this.addEntry(account, 'import', -amount, facts), lot, amount);
  }

  /** Reserves `amount` (> 0) for a redemption. The caller has checked `available`. */
  hold(key: AccountKey, redemptionId: string, amount: bigint): void {
    const account = this.account(key);
    account.held += amount;
    this.holds.push({ shopId: key.shopId, customerId: key.customerId, unit: key.unit, redemptionId, amount });
  }

  /** Frees what a redemption held. */
  endHold(key: AccountKey, redemptionId: string, amount: bigint): void {
    const account = this.account(key);
    if (account.held < amount) throw new RangeError(`hold of ${redemptionId} exceeds what the account holds`);
    account.held -= amount;
    this.endedHolds.push({
      shopId: key.shopId,
      customerId: key.customerId,
      unit: key.unit,
      redemptionId,
      amount,
    });
  }

  /**
   * Moves what is left of a lot to another customer, with its terms: one entry that takes here, one that gives there,
   * which pays what is owed there first.
   */
  moveLot(from: AccountKey, lot: Lot, to: AccountKey, facts: EntryFacts): void {
    const account = this.account(from);
    const { remaining: amount, validFrom, expiresAt, orderId, rule = null } = lot;
    const entryId = this.addEntry(account, 'merge_out', -amount, { ...facts, key: `${facts.key}:out` });
    this.consume(account, entryId, lot, amount);
    this.earn(
      to,
      'merge_in',
      amount,
      { validFrom, expiresAt, orderId, rule },
      { ...facts, key: `${facts.key}:in` },
    );
  }

  /** Moves what is still owed of a debt to another customer, whose lots pay it as far as they reach, soonest end first. */
  moveDebt(from: AccountKey, debt: Debt, to: AccountKey, facts: EntryFacts): void {
    const debtor = this.account(from);
    const { effectiveAt: at } = facts;
    const amount = debt.remaining;
    const terms = { validFrom: at, expiresAt: at, orderId: null };
    const paid = this.addEntry(debtor, 'merge_out', amount, { ...facts, key: `${facts.key}:out` });
    this.consume(debtor, debt.entryId, this.addLot(debtor, paid, amount, amount, terms), amount);
    Object.assign(debt, { remaining: 0n, changed: true });
    debtor.debt -= amount;
    const account = this.account(to);
    const entryId = this.addEntry(account, 'merge_in', -amount, { ...facts, key: `${facts.key}:in` });
    const lots = account.lots.filter(({ expiresAt }) => expiresAt === null || at < expiresAt);
    const missing = this.take(account, entryId, lots.sort(soonestFirst), amount);
    if (missing > 0n) this.addDebt(account, entryId, missing);
  }

  /** What a redemption holds is held for another customer from now on. */
  moveHold(from: AccountKey, to: AccountKey, redemptionId: string, amount: bigint): void {
    const account = this.account(from);
    if (account.held < amount) throw new RangeError(`hold of ${redemptionId} exceeds what the account holds`);
    account.held -= amount;
    this.account(to).held += amount;
    const { shopId, customerId, unit } = to;
    this.movedHolds.push({ shopId, customerId, unit, redemptionId, amount });
  }

  #undoExpiry(
    account: Account,
    entryId: bigint,
    parts: readonly ExpiredPart[],
    missing: bigint,
    orderId: bigint,
    facts: EntryFacts,
  ): bigint {
    let left = missing;
    for (const part of parts) {
      const back = least(part.left, left);
      if (back === 0n) continue;
      const key = `${facts.key}:unexpire:${part.lotEntry}`;
      this.balanceOut(account, entryId, 'expire', back, orderId, { ...facts, key });
      this.restorations.push({
        shopId: account.shopId,
        spendEntry: part.spendEntry,
        lotEntry: part.lotEntry,
        amount: back,
      });
      part.left -= back;
      left -= back;
    }
    return left;
  }
}

function restorableLot(part: Restorable): Lot {
  const { lotEntry, left, expiresAt, orderId } = part;
  return {
    entryId: lotEntry,
    amount: left,
    remaining: left,
    validFrom: new Date(0),
    expiresAt,
    orderId,
    changed: false,
  };
}

/** The moves that every posting is made of. Only `posting-plan.ts` puts them together. */
import { accountKeyText, type Account, type AccountKey, type Lot } from './account.ts';
import type {
  EntryFacts,
  EntryKind,
  LotTerms,
  PlannedConsumption,
  PlannedEntry,
  PlannedRestoration,
} from './posting-types.ts';
import { least } from '#app/lib/integers.ts';

/** Accounts and what is written for them. `entries` are in posting order; planned ids are negative. */
export class PostingBook {
  readonly entries: PlannedEntry[] = [];
  readonly consumptions: PlannedConsumption[] = [];
  readonly restorations: PlannedRestoration[] = [];
  readonly #accounts = new Map<string, Account>();
  /** The sums of the accounts as they were loaded. */
  readonly #before = new Map<Account, Pick<Account, 'balance' | 'held' | 'debt'>>();

  constructor(accounts: Iterable<Account>) {
    for (const account of accounts) {
      this.#accounts.set(accountKeyText(account), account);
      const { balance, held, debt } = account;
      this.#before.set(account, { balance, held, debt });
    }
  }

  /** Returns the accounts whose sums are others than they were. */
  changedAccounts(): Account[] {
    return [...this.#before].flatMap(([account, before]) => {
      const isSame =
        account.balance === before.balance && account.held === before.held && account.debt === before.debt;
      return isSame ? [] : [account];
    });
  }

  /** All accounts of the plan, as they are after what was planned. */
  get accounts(): Iterable<Account> {
    return this.#accounts.values();
  }

  /** The account as it is after what was planned so far; throws when it was not loaded. */
  account(key: AccountKey): Account {
    const account = this.#accounts.get(accountKeyText(key));
    if (!account) throw new RangeError(`account ${accountKeyText(key)} was not loaded`);
    return account;
  }

  protected addEntry(account: Account, kind: EntryKind, amount: bigint, facts: EntryFacts): bigint {
    if (amount === 0n) throw new RangeError(`an entry of nothing: ${facts.key}`);
    account.balance += amount;
    const { shopId, customerId, unit } = account;
    const entryId = -1n - BigInt(this.entries.length);
    this.entries.push({
      ...facts,
      shopId,
      customerId,
      unit,
      entryId,
      kind,
      amount,
      balanceAfter: account.balance,
    });
    return entryId;
  }

  protected addLot(
    account: Account,
    entryId: bigint,
    amount: bigint,
    remaining: bigint,
    terms: LotTerms,
  ): Lot {
    const lot: Lot = { ...terms, entryId, amount, remaining, changed: true };
    account.lots.push(lot);
    return lot;
  }

  protected addDebt(account: Account, entryId: bigint, amount: bigint): void {
    account.debts.push({ entryId, amount, remaining: amount, changed: true });
    account.debt += amount;
  }

  /** Takes up to `amount` from the lots in their order; returns what they could not give. */
  protected take(account: Account, spendEntry: bigint, lots: readonly Lot[], amount: bigint): bigint {
    let missing = amount;
    for (const lot of lots) {
      const taken = least(lot.remaining, missing);
      if (taken === 0n) continue;
      this.consume(account, spendEntry, lot, taken);
      missing -= taken;
    }
    return missing;
  }

  protected consume(account: Account, spendEntry: bigint, lot: Lot, amount: bigint): void {
    lot.remaining -= amount;
    lot.changed = true;
    this.consumptions.push({ shopId: account.shopId, spendEntry, lotEntry: lot.entryId, amount });
  }

  /** An entry that gives `amount` and whose lot is used up by `entryId` at once. */
  protected balanceOut(
    account: Account,
    entryId: bigint,
    kind: 'write_off' | 'expire',
    amount: bigint,
    orderId: bigint,
    facts: EntryFacts,
  ): void {
    const terms = { validFrom: facts.effectiveAt, expiresAt: null, orderId };
    const lot = this.addLot(account, this.addEntry(account, kind, amount, facts), amount, amount, terms);
    this.consume(account, entryId, lot, amount);
  }
}

/**
 * The ledger's tables in memory, read and written exactly as ledger.server.ts reads and writes the real ones, so that
 * PostingPlan can be driven through thousands of histories without a database.
 */
import { accountKeyText, type Account, type AccountKey } from '#app/modules/ledger/rules/account.ts';
import type { Posted } from '#app/modules/earning/rules/order-difference.ts';
import {
  ORDER_RULE_KINDS,
  type PlannedEntry,
  type Restorable,
} from '#app/modules/ledger/rules/posting-types.ts';
import { PostingPlan } from '#app/modules/ledger/rules/posting-plan.ts';

interface LotRow extends AccountKey {
  entryId: bigint;
  amount: bigint;
  remaining: bigint;
  validFrom: Date;
  expiresAt: Date | null;
  orderId: bigint | null;
  rule?: string | null;
}
interface ConsumptionRow {
  spendEntry: bigint;
  lotEntry: bigint;
  amount: bigint;
  restored: bigint;
}
interface DebtRow extends AccountKey {
  entryId: bigint;
  amount: bigint;
  remaining: bigint;
}
interface HoldRow extends AccountKey {
  amount: bigint;
  isOpen: boolean;
}

const AWARD_KINDS = new Set(ORDER_RULE_KINDS);
const sum = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((total, amount) => total + amount, 0n);

export class MemoryLedger {
  readonly accounts = new Map<string, AccountKey & { balance: bigint; held: bigint; debt: bigint }>();
  readonly entries: PlannedEntry[] = [];
  readonly lots = new Map<bigint, LotRow>();
  readonly consumptions: ConsumptionRow[] = [];
  readonly debts = new Map<bigint, DebtRow>();
  readonly holds = new Map<string, HoldRow>();

  /** As openPosting: lots and expired parts only for those that will be taken from. */
  open(keys: readonly AccountKey[], withLots: readonly AccountKey[]): PostingPlan {
    const loaded = new Map<string, Account>();
    for (const { shopId, customerId, unit } of keys) {
      const text = accountKeyText({ shopId, customerId, unit });
      const row = this.accounts.get(text) ?? { shopId, customerId, unit, balance: 0n, held: 0n, debt: 0n };
      this.accounts.set(text, row);
      const debts = [...this.debts.values()].filter(
        (debt) => accountKeyText(debt) === text && debt.remaining > 0n,
      );
      loaded.set(text, {
        ...row,
        lots: [],
        debts: debts.map((debt) => ({ ...debt, changed: false })),
        expired: [],
      });
    }
    for (const text of new Set(withLots.map(accountKeyText))) {
      const account = loaded.get(text);
      if (!account) continue;
      account.lots = this.lotsOf(text)
        .filter((lot) => lot.remaining > 0n)
        .map((lot) => ({ ...lot, changed: false }));
      account.expired = this.#expiredParts(text);
    }
    return new PostingPlan(loaded.values());
  }

  lotsOf(account: string): LotRow[] {
    return [...this.lots.values()].filter((lot) => accountKeyText(lot) === account);
  }

  #expiredParts(account: string) {
    return this.entries
      .filter((entry) => accountKeyText(entry) === account && entry.kind === 'expire' && entry.amount < 0n)
      .flatMap((entry) =>
        this.consumptions.filter((row) => row.spendEntry === entry.entryId && row.amount > row.restored),
      )
      .map((row) => {
        const { orderId, rule = null, validFrom, expiresAt } = this.lots.get(row.lotEntry)!;
        const { spendEntry, lotEntry } = row;
        return { spendEntry, lotEntry, orderId, rule, validFrom, expiresAt, left: row.amount - row.restored };
      });
  }

  /** As writePosting, with the database's own constraints. */
  write(plan: PostingPlan): void {
    const first = BigInt(this.entries.length) + 1n;
    const idOf = (planned: bigint) => (planned >= 0n ? planned : first - planned - 1n);
    for (const entry of plan.entries) {
      if (this.entries.some((known) => known.key === entry.key))
        throw new Error(`key posted twice: ${entry.key}`);
      this.entries.push({ ...entry, entryId: idOf(entry.entryId) });
    }
    for (const account of plan.accounts) {
      const { shopId, customerId, unit } = account;
      for (const { changed, ...lot } of account.lots)
        if (changed)
          this.lots.set(idOf(lot.entryId), { ...lot, shopId, customerId, unit, entryId: idOf(lot.entryId) });
      for (const { changed, ...debt } of account.debts)
        if (changed)
          this.debts.set(idOf(debt.entryId), {
            ...debt,
            shopId,
            customerId,
            unit,
            entryId: idOf(debt.entryId),
          });
      const { balance, held, debt } = account;
      this.accounts.set(accountKeyText(account), { shopId, customerId, unit, balance, held, debt });
    }
    for (const row of plan.consumptions) {
      const consumption = {
        spendEntry: idOf(row.spendEntry),
        lotEntry: idOf(row.lotEntry),
        amount: row.amount,
        restored: 0n,
      };
      if (this.#consumption(consumption.spendEntry, consumption.lotEntry))
        throw new Error('one spend took from one lot twice');
      this.consumptions.push(consumption);
    }
    for (const row of plan.restorations) {
      const consumption = this.#consumption(idOf(row.spendEntry), idOf(row.lotEntry));
      if (!consumption) throw new Error('restored what was never consumed');
      consumption.restored += row.amount;
    }
    for (const hold of plan.holds) this.holds.set(hold.redemptionId, { ...hold, isOpen: true });
    for (const { redemptionId, customerId } of plan.movedHolds)
      Object.assign(this.holds.get(redemptionId) ?? {}, { customerId });
    for (const { redemptionId } of plan.endedHolds)
      Object.assign(this.holds.get(redemptionId) ?? {}, { isOpen: false });
  }

  #consumption(spendEntry: bigint, lotEntry: bigint): ConsumptionRow | undefined {
    return this.consumptions.find((row) => row.spendEntry === spendEntry && row.lotEntry === lotEntry);
  }

  /** As readPosted. */
  postedFor(orderId: bigint): Posted[] {
    const rows = new Map<string, Posted>();
    for (const { orderId: order, kind, rule, customerId, unit, amount, entryId, reverses } of this.entries) {
      if (order !== orderId || rule === undefined || !AWARD_KINDS.has(kind)) continue;
      const { validFrom, expiresAt } = this.lots.get(reverses ?? entryId)!;
      const key = `${customerId}/${unit}/${rule}/${validFrom.getTime()}/${expiresAt?.getTime()}`;
      const of = { customerId, unit, rule, terms: { validFrom, expiresAt }, givenBy: reverses ?? entryId };
      const row = rows.get(key) ?? { ...of, amount: 0n, count: 0 };
      rows.set(key, { ...row, amount: row.amount + amount, count: row.count + 1 });
    }
    return [...rows.values()];
  }

  /** As readSettlements reads the part of a redemption's spend that may still be returned. */
  restorableOf(redemptionId: string): {
    parts: Restorable[];
    restored: bigint;
    count: number;
    lots: Set<bigint>;
  } {
    const restores = this.entries.filter(
      (entry) => entry.redemptionId === redemptionId && entry.kind === 'restore',
    );
    const parts = this.entries
      .filter((entry) => entry.redemptionId === redemptionId && entry.kind === 'redeem')
      .flatMap((entry) => this.consumptions.filter((row) => row.spendEntry === entry.entryId))
      .map((row) => {
        const lot = this.lots.get(row.lotEntry);
        return {
          spendEntry: row.spendEntry,
          lotEntry: row.lotEntry,
          left: row.amount - row.restored,
          restored: row.restored,
          expiresAt: lot?.expiresAt ?? null,
          orderId: lot?.orderId ?? null,
          rule: lot?.rule ?? null,
        };
      });
    return {
      parts,
      restored: sum(restores.map((entry) => entry.amount)),
      count: restores.length,
      lots: new Set(restores.map((entry) => entry.entryId)),
    };
  }

  /** What audit.server.ts proves in SQL: returns every violation. */
  broken(): string[] {
    const wrong: string[] = [];
    const check = (holds: boolean, words: string) => {
      if (!holds) wrong.push(words);
    };
    for (const [key, account] of this.accounts) {
      const entries = this.entries.filter((entry) => accountKeyText(entry) === key);
      const debts = [...this.debts.values()].filter((debt) => accountKeyText(debt) === key);
      const holds = [...this.holds.values()].filter((hold) => accountKeyText(hold) === key && hold.isOpen);
      const debt = sum(debts.map((row) => row.remaining));
      check(
        account.balance === sum(entries.map((entry) => entry.amount)),
        `${key}: balance ${account.balance} is not the sum of the entries`,
      );
      check(
        account.balance === sum(this.lotsOf(key).map((lot) => lot.remaining)) - debt,
        `${key}: balance is not lots less debt`,
      );
      check(account.debt === debt && account.debt >= 0n, `${key}: debt`);
      check(account.held === sum(holds.map((hold) => hold.amount)) && account.held >= 0n, `${key}: held`);
      let running = 0n;
      for (const entry of entries)
        check((running += entry.amount) === entry.balanceAfter, `${key}: balance after ${entry.key}`);
    }
    for (const entry of this.entries) this.#checkEntry(entry, check);
    for (const lot of this.lots.values()) {
      const taken = sum(
        this.consumptions.filter((row) => row.lotEntry === lot.entryId).map((row) => row.amount),
      );
      check(
        lot.remaining >= 0n && lot.remaining === lot.amount - taken,
        `lot ${lot.entryId}: ${lot.remaining} of ${lot.amount} less ${taken}`,
      );
    }
    for (const row of this.consumptions)
      check(
        row.amount > 0n && row.restored >= 0n && row.restored <= row.amount,
        `consumption ${row.spendEntry}/${row.lotEntry}`,
      );
    for (const debt of this.debts.values())
      check(debt.remaining >= 0n && debt.remaining <= debt.amount, `debt ${debt.entryId}`);
    return wrong;
  }

  #checkEntry(entry: PlannedEntry, check: (holds: boolean, words: string) => void): void {
    check(entry.amount !== 0n, `${entry.key}: nothing`);
    const lot = this.lots.get(entry.entryId);
    if (entry.amount > 0n) {
      check(
        lot?.amount === entry.amount && lot.customerId === entry.customerId && lot.unit === entry.unit,
        `${entry.key}: its lot`,
      );
      return;
    }
    const taken = sum(
      this.consumptions.filter((row) => row.spendEntry === entry.entryId).map((row) => row.amount),
    );
    check(
      lot === undefined && -entry.amount === taken + (this.debts.get(entry.entryId)?.remaining ?? 0n),
      `${entry.key}: taken or owed`,
    );
  }
}

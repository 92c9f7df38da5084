/** A club in which anything may happen in any order: the same story is told to the ledger and to the token model. */
import type { Club } from '#app/modules/loyalty/club.server.ts';
import { available, type AccountKey } from '#app/modules/loyalty/rules/account.ts';
import { decodeOrder } from '#app/modules/loyalty/rules/decode-order.ts';
import { daysLater, endOfDayAfter } from '#app/modules/loyalty/rules/days.ts';
import { entitlement, isEligible } from '#app/modules/loyalty/rules/entitlement.ts';
import { planExpiry } from '#app/modules/loyalty/rules/expiry.ts';
import { NO_FACTS, type OrderFacts } from '#app/modules/loyalty/rules/order-facts.ts';
import { orderDifferences, type Difference } from '#app/modules/loyalty/rules/order-difference.ts';
import { planDifference } from '#app/modules/loyalty/rules/order-posting.ts';
import type { TakeBackPolicy } from '#app/modules/loyalty/rules/planned.ts';
import type { EarnRules } from '#app/modules/loyalty/rules/program.ts';
import { OPEN_STATES } from '#app/modules/loyalty/rules/redemption.ts';
import { settlementOf, type RedemptionFacts } from '#app/modules/loyalty/rules/settlement.ts';
import type { Unit } from '#app/modules/loyalty/rules/units.ts';
import { planSettlements, type SettlementRead } from '#app/modules/loyalty/settle-redemptions.server.ts';
import { MemoryLedger } from './memory-ledger.ts';
import { orderPayload, type OrderSpec, type RefundSpec } from './orders.ts';
import { TokenAccount, type Terms } from './token-model.ts';

export const SHOP = 1n;
export const TIME_ZONE = 'Asia/Jakarta';
const RESTORE_DAYS = 7;

interface WorldOrder {
  spec: OrderSpec & { refunds: RefundSpec[] };
  eligibleAt: Date | null;
}
interface WorldRedemption extends AccountKey {
  redemptionId: string;
  facts: RedemptionFacts;
  reservedAt: Date;
  restored: number;
}

const time = (moment: Date | null): number => moment?.getTime() ?? Infinity;

export class LedgerWorld {
  now = new Date('2026-01-10T05:00:00Z');
  readonly ledger = new MemoryLedger();
  readonly orders: WorldOrder[] = [];
  readonly redemptions: WorldRedemption[] = [];
  readonly #model = new Map<string, TokenAccount>();
  readonly #rules: EarnRules;
  readonly #clubs: ReadonlyMap<bigint, Club>;
  readonly #policy: TakeBackPolicy;
  readonly #facts: OrderFacts;

  constructor(rules: EarnRules, policy: TakeBackPolicy, facts: OrderFacts = NO_FACTS) {
    this.#rules = rules;
    this.#facts = facts;
    this.#policy = policy;
    this.#clubs = new Map([
      [
        SHOP,
        {
          shopId: SHOP,
          domain: 'a.myshopify.com',
          title: 'Club',
          currency: 'IDR',
          country: 'ID',
          locale: 'id',
          timeZone: TIME_ZONE,
          rules,
          needs: { customers: false, products: false },
          trialMode: false,
          tiersActive: false,
          evaluatesCustomers: false,
          banner: '',
          categories: { defaultId: null, off: new Set() },
          takeBack: policy,
          restoreMinimumDays: RESTORE_DAYS,
          redemption: {
            isEnabled: true,
            rate: { units: 1n, amountMinor: 100n },
            minimumUnits: 1n,
            ttlMinutes: 120,
            combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true },
          },
        },
      ],
    ]);
  }

  model(customerId: bigint, unit: Unit): TokenAccount {
    const key = `${customerId}/${unit}`;
    const account = this.#model.get(key) ?? new TokenAccount();
    this.#model.set(key, account);
    return account;
  }

  /** Takes in the latest state of an order, as award-orders.server.ts does. */
  repost(order: WorldOrder): void {
    const { order: state, refunds } = decodeOrder(orderPayload(order.spec));
    if (order.eligibleAt === null && isEligible(state)) order.eligibleAt = this.now;
    const { eligibleAt } = order;
    const entitled = eligibleAt
      ? entitlement({ order: state, refunds, rules: this.#rules, facts: this.#facts, eligibleAt })
      : [];
    const differences = orderDifferences(state.customerId, entitled, this.ledger.postedFor(state.orderId));
    const touched = this.redemptions.filter(
      ({ facts }) => facts.orderId === state.orderId || state.codes.some(({ code }) => code === facts.code),
    );
    const keys = differences.map(({ customerId, unit }): AccountKey => ({ shopId: SHOP, customerId, unit }));
    const plan = this.ledger.open(
      [...keys, ...touched],
      [...touched, ...keys.filter((_key, index) => differences[index]!.amount < 0n)],
    );
    const known = {
      shopId: SHOP,
      order: state,
      refunds,
      eligibleAt,
      snapshotId: null,
      facts: null,
      claimedBy: null,
      backfillId: null,
      isHistory: false,
      triggeredAt: this.now,
    };
    for (const redemption of touched) this.#settleInModel(redemption, known);
    planSettlements(
      plan,
      touched.map((redemption) => this.#read(redemption, known)),
      this.#clubs,
      this.now,
    );
    for (const difference of differences) {
      planDifference(plan, known, difference, this.#policy);
      this.#applyToModel(difference, state.orderId);
    }
    this.ledger.write(plan);
  }

  #read(redemption: WorldRedemption, known: SettlementRead['known']): SettlementRead {
    const { parts, restored, count, lots } = this.ledger.restorableOf(redemption.redemptionId);
    return { ...redemption, known, spendParts: parts, restored, restoreCount: count, restoredLots: lots };
  }

  #settleInModel(redemption: WorldRedemption, { order, refunds }: SettlementRead['known']): void {
    const { redemptionId: id, facts } = redemption;
    const account = this.model(redemption.customerId, redemption.unit);
    const settlement = settlementOf(facts, order, refunds);
    let settled = facts;
    if (settlement.action === 'release' || settlement.action === 'settle') account.held.delete(id);
    if (settlement.action === 'settle') {
      account.spend(id, Number(settlement.units), [time(redemption.reservedAt), time(this.now)]);
      settled = { ...facts, state: 'settled', orderId: order.orderId, settledUnits: settlement.units };
    }
    const after = settlementOf(settled, order, refunds);
    if (settled.state !== 'settled' || after.action !== 'restore') return;
    const more = Number(after.target) - redemption.restored;
    if (more < 0) account.unrestore(id, -more);
    else if (more > 0)
      account.restore(id, more, time(endOfDayAfter(this.now, RESTORE_DAYS, TIME_ZONE)), time(this.now));
    redemption.restored += more;
  }

  #applyToModel({ customerId, unit, amount, entitlement: earned }: Difference, orderId: bigint): void {
    const account = this.model(customerId, unit);
    if (!earned) return account.takeBack(orderId.toString(), Number(-amount), this.#policy);
    const terms: Terms = {
      order: orderId.toString(),
      validFrom: time(earned.validFrom),
      expiresAt: time(earned.expiresAt),
    };
    account.earn(Number(amount), terms);
  }

  place(spec: OrderSpec): void {
    const order = { spec: { ...spec, refunds: [] }, eligibleAt: null };
    this.orders.push(order);
    this.repost(order);
  }

  /** Reserves if what is available covers it, as redeem.server.ts does. */
  reserve(customerId: bigint, unit: Unit, units: number): boolean {
    const key = { shopId: SHOP, customerId, unit };
    const plan = this.ledger.open([key], [key]);
    const isCovered = BigInt(units) <= available(plan.account(key), this.now);
    if (isCovered !== units <= this.model(customerId, unit).available(time(this.now)))
      throw new Error(`${units} covered: ledger says ${isCovered}`);
    if (!isCovered) return false;
    const redemptionId = `r${this.redemptions.length}`;
    plan.hold(key, redemptionId, BigInt(units));
    this.ledger.write(plan);
    this.model(customerId, unit).held.set(redemptionId, units);
    const facts: RedemptionFacts = {
      kind: 'pay',
      state: 'issued',
      code: `SETIA-${redemptionId}`.toUpperCase(),
      units: BigInt(units),
      amountMinor: BigInt(units) * 100n,
      orderId: null,
      settledUnits: null,
    };
    this.redemptions.push({ ...key, redemptionId, facts, reservedAt: this.now, restored: 0 });
    return true;
  }

  /** Gives an open redemption back, unless an order has it. */
  release(redemption: WorldRedemption): void {
    if (!OPEN_STATES.includes(redemption.facts.state) || redemption.facts.orderId !== null) return;
    const plan = this.ledger.open([redemption], []);
    plan.endHold(redemption, redemption.redemptionId, redemption.facts.units);
    this.ledger.write(plan);
    redemption.facts.state = 'released';
    this.model(redemption.customerId, redemption.unit).held.delete(redemption.redemptionId);
  }

  expire(): void {
    const keys = [...this.ledger.accounts.values()];
    const plan = this.ledger.open(keys, keys);
    for (const key of keys) planExpiry(plan, key, this.now);
    this.ledger.write(plan);
    for (const account of this.#model.values()) account.expire(time(this.now));
  }

  wait(days: number): void {
    this.now = daysLater(this.now, days);
  }

  /** Every sentence that does not hold now: the ledger's own invariants, and where it differs from the model. */
  broken(): string[] {
    const wrong = this.ledger.broken();
    const same = (what: string, ledger: unknown, model: unknown) => {
      if (ledger !== model) wrong.push(`${what}: ledger ${String(ledger)}, model ${String(model)}`);
    };
    for (const key of this.ledger.accounts.values()) {
      const account = this.ledger.open([key], [key]).account(key);
      const model = this.model(key.customerId, key.unit);
      const name = `${key.customerId} ${key.unit}`;
      same(`${name} balance`, Number(account.balance), model.balance);
      same(`${name} debt`, Number(account.debt), model.owed.length);
      same(`${name} held`, Number(account.held), model.heldCount);
      same(`${name} available`, Number(available(account, this.now)), model.available(time(this.now)));
      for (const { spec } of this.orders) {
        const left = account.lots
          .filter((lot) => lot.orderId === BigInt(spec.id))
          .reduce((total, lot) => total + lot.remaining, 0n);
        same(
          `${name} left of order ${spec.id}`,
          Number(left),
          model.alive.filter((token) => token.order === String(spec.id)).length,
        );
      }
      const ends = (rows: { remaining: number; at: number }[]) =>
        rows
          .filter((row) => row.remaining > 0)
          .sort((a, b) => a.at - b.at || 0)
          .map((row) => `${row.remaining}@${row.at}`)
          .join();
      same(
        `${name} expiries`,
        ends(
          [...Map.groupBy(account.lots, (lot) => time(lot.expiresAt))].map(([at, lots]) => ({
            at,
            remaining: Number(lots.reduce((total, lot) => total + lot.remaining, 0n)),
          })),
        ),
        ends(
          [...Map.groupBy(model.alive, (token) => token.expiresAt)].map(([at, tokens]) => ({
            at,
            remaining: tokens.length,
          })),
        ),
      );
    }
    for (const { redemptionId, facts } of this.redemptions) {
      const spends = this.ledger.entries.filter(
        (entry) => entry.redemptionId === redemptionId && entry.kind === 'redeem',
      );
      same(
        `${redemptionId} spends`,
        spends.map((entry) => -entry.amount).join(),
        facts.state === 'settled' ? String(facts.settledUnits) : '',
      );
      same(
        `${redemptionId} holds`,
        this.ledger.holds.get(redemptionId)?.isOpen,
        OPEN_STATES.includes(facts.state),
      );
    }
    return wrong;
  }

  /** Orders whose ledger is not their entitlement now. */
  unposted(): string[] {
    return this.orders.flatMap((order) => this.#unposted(order));
  }

  #unposted({ spec, eligibleAt }: WorldOrder): string[] {
    const { order, refunds } = decodeOrder(orderPayload(spec));
    const entitled = eligibleAt
      ? entitlement({ order, refunds, rules: this.#rules, facts: this.#facts, eligibleAt })
      : [];
    return orderDifferences(order.customerId, entitled, this.ledger.postedFor(order.orderId)).map(
      ({ rule, amount }) => `order ${spec.id} ${rule} lacks ${amount}`,
    );
  }

  /** Balances by customer and unit, zero ones left out. */
  balances(): Record<string, number> {
    return Object.fromEntries(
      [...this.ledger.accounts.values()]
        .filter((row) => row.balance !== 0n)
        .map((row) => [`${row.customerId} ${row.unit}`, Number(row.balance)])
        .sort(),
    );
  }
}

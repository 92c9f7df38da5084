/** A club in which anything may happen in any order: the ledger and the token model get the same history. */
import type { ClubRules } from '#app/modules/earning/rules-in-force.server.ts';
import { available, type AccountKey } from '#app/modules/ledger/rules/account.ts';
import { wasPaid } from '#app/modules/orders/rules/order-state.ts';
import { decodeOrder } from '#app/modules/orders/rules/decode-order.ts';
import { daysLater, endOfDayAfter } from '#app/lib/calendar-days.ts';
import { entitlement } from '#app/modules/earning/rules/entitlement.ts';
import { planExpiry } from './plan-expiry.ts';
import { NO_FACTS, type OrderFacts } from '#app/modules/orders/rules/kept-facts.ts';
import { orderDifferences, type Difference } from '#app/modules/earning/rules/order-difference.ts';
import { planDifference } from '#app/modules/earning/rules/plan-difference.ts';
import type { TakeBackPolicy } from '#app/modules/shops/rules/club-settings.ts';
import type { EarnRules } from '#app/modules/earning/rules/program.ts';
import { OPEN_STATES } from '#app/modules/redemptions/rules/redemption.ts';
import { decideSettlement, type RedemptionFacts } from '#app/modules/redemptions/rules/settlement.ts';
import type { Unit } from '#app/lib/units.ts';
import { planSettlements } from '#app/modules/redemptions/settle/plan-settlements.ts';
import type { SettlementRead } from '#app/modules/redemptions/settle/read-settlements.server.ts';
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

const time = (timestamp: Date | null): number => timestamp?.getTime() ?? Infinity;

export class LedgerWorld {
  now = new Date('2026-01-10T05:00:00Z');
  readonly ledger = new MemoryLedger();
  readonly orders: WorldOrder[] = [];
  readonly redemptions: WorldRedemption[] = [];
  readonly #model = new Map<string, TokenAccount>();
  readonly #rules: EarnRules;
  readonly #clubs: ReadonlyMap<bigint, ClubRules>;
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
          isDraft: false,
          tiersActive: false,
          evaluatesCustomers: false,
          banner: '',
          startsOn: rules.startsOn,
          offers: { isActive: rules.offers.length > 0, includeTax: false, includeShipping: false },
          categories: { defaultId: null, off: new Set() },
          takeBack: policy,
          restoreMinimumDays: RESTORE_DAYS,
          isCreditHeld: false,
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
    if (order.eligibleAt === null && wasPaid(state) && !state.isTest) order.eligibleAt = this.now;
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
    return {
      ...redemption,
      actor: null,
      known,
      spendParts: parts,
      restored,
      restoreCount: count,
      restoredLots: lots,
    };
  }

  #settleInModel(redemption: WorldRedemption, { order, refunds }: SettlementRead['known']): void {
    const { redemptionId: id, facts } = redemption;
    const account = this.model(redemption.customerId, redemption.unit);
    const settlement = decideSettlement(facts, order, refunds);
    let settled = facts;
    if (settlement.action === 'release' || settlement.action === 'settle') account.held.delete(id);
    if (settlement.action === 'settle') {
      account.spend(id, Number(settlement.units), [time(redemption.reservedAt), time(this.now)]);
      settled = { ...facts, state: 'settled', orderId: order.orderId, settledUnits: settlement.units };
    }
    const after = decideSettlement(settled, order, refunds);
    if (settled.state !== 'settled' || after.action !== 'restore') return;
    const more = Number(after.target) - redemption.restored;
    if (more < 0) account.unrestore(id, -more);
    else if (more > 0)
      account.restore(id, more, time(endOfDayAfter(this.now, RESTORE_DAYS, TIME_ZONE)), time(this.now));
    redemption.restored += more;
  }

  #applyToModel(difference: Difference, orderId: bigint): void {
    const { customerId, unit, rule, amount, entitlement: earned, takenBack } = difference;
    const account = this.model(customerId, unit);
    const { validFrom, expiresAt } = (earned ?? takenBack?.terms)!;
    const order = orderId.toString();
    const terms: Terms = { order, rule, validFrom: time(validFrom), expiresAt: time(expiresAt) };
    if (earned) account.earn(Number(amount), terms);
    else account.takeBack(terms, Number(-amount), this.#policy);
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
      currency: 'IDR',
      orderId: null,
      settledUnits: null,
    };
    this.redemptions.push({ ...key, redemptionId, facts, reservedAt: this.now, restored: 0 });
    return true;
  }

  /** Releases an open redemption, unless an order uses it. */
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

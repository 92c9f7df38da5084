/**
 * The meaning of the ledger, as plainly as possible: every single point is a token that is available, spent, expired
 * or owed. It knows no entries, lots or plans; only amounts small enough to count one by one.
 */

export interface Token {
  /** Increases with every batch of tokens: of those that expire together the oldest goes first. */
  batch: number;
  order: string | null;
  /** The rule of the order that gave it. */
  rule?: string;
  validFrom: number;
  /** Infinity: never expires. */
  expiresAt: number;
  /** The redemption that returned it. */
  restoredBy?: string;
}

export type Terms = Omit<Token, 'batch'>;

const soonest = (a: Token, b: Token): number =>
  a.expiresAt === b.expiresAt ? a.batch - b.batch : a.expiresAt < b.expiresAt ? -1 : 1;
const newest = (a: Token, b: Token): number => soonest(b, a);

/** One customer's tokens of one unit. */
export class TokenAccount {
  alive: Token[] = [];
  /** Expired tokens that their order's refund may still claim. */
  ended: Token[] = [];
  /** What is owed, oldest first, each token with the redemption that spent it, if one did. */
  owed: (string | null)[] = [];
  spent = new Map<string, Token[]>();
  held = new Map<string, number>();
  /** Tokens that a redemption returned, as they were; null for those returned without having existed. */
  restored = new Map<string, (Token | null)[]>();
  #batches = 0;

  earn(count: number, terms: Terms): void {
    const batch = ++this.#batches;
    for (let i = 0; i < count; i++) {
      const token = { ...terms, batch };
      const debtor = this.owed.shift();
      if (debtor === undefined) this.alive.push(token);
      else if (debtor !== null) this.spentBy(debtor).push(token);
    }
  }

  spend(redemption: string, count: number, usableAt: readonly number[]): void {
    const usable = this.alive
      .filter((token) => usableAt.some((at) => token.validFrom <= at && at < token.expiresAt))
      .sort(soonest);
    const taken = usable.slice(0, count);
    this.#remove(taken);
    this.spentBy(redemption).push(...taken);
    for (let i = taken.length; i < count; i++) this.owed.push(redemption);
  }

  /** From the rule's own tokens of these terms, its others, the order's others: the living ones, then the expired ones. */
  takeBack(
    from: Terms,
    count: number,
    policy: { fromAllLots: boolean; shortfall: 'debt' | 'write_off' },
  ): void {
    let left = count;
    const { order, rule, validFrom, expiresAt } = from;
    const distance = (token: Token) =>
      token.order !== order
        ? Infinity
        : token.rule !== rule
          ? 2
          : token.validFrom === validFrom && token.expiresAt === expiresAt
            ? 0
            : 1;
    for (const step of [0, 1, 2]) {
      const isNear = (token: Token) => distance(token) === step;
      left -= this.#drop(this.alive.filter(isNear).sort(newest).slice(0, left));
      const unexpired = new Set(this.ended.filter(isNear).slice(0, left));
      this.ended = this.ended.filter((token) => !unexpired.has(token));
      left -= unexpired.size;
    }
    if (policy.fromAllLots) left -= this.#drop(this.alive.sort(newest).slice(0, left));
    if (policy.shortfall === 'debt') for (let i = 0; i < left; i++) this.owed.push(null);
  }

  restore(redemption: string, count: number, notBefore: number, now: number): void {
    const back = this.spentBy(redemption).sort(newest).splice(0, count);
    for (const [batch, tokens] of Map.groupBy(back, (token) => token.batch)) {
      const [first] = tokens;
      if (first)
        this.earn(tokens.length, {
          order: first.order,
          ...(first.rule === undefined ? {} : { rule: first.rule }),
          validFrom: now,
          expiresAt: Math.max(first.expiresAt, notBefore),
          restoredBy: redemption,
        });
      else throw new Error(`batch ${batch} of nothing`);
    }
    const missing = count - back.length;
    if (missing > 0)
      this.earn(missing, { order: null, validFrom: now, expiresAt: notBefore, restoredBy: redemption });
    this.restored.set(redemption, [
      ...(this.restored.get(redemption) ?? []),
      ...back,
      ...Array.from({ length: missing }, () => null),
    ]);
  }

  unrestore(redemption: string, count: number): void {
    const restored = this.restored.get(redemption) ?? [];
    const unowed = Math.min(count, restored.filter((token) => token === null).length);
    const tokens = restored.filter((token) => token !== null).sort(soonest);
    this.spentBy(redemption).push(...tokens.splice(0, count - unowed));
    this.restored.set(redemption, [...tokens, ...restored.filter((token) => token === null).slice(unowed)]);
    const own = (token: Token) => token.restoredBy === redemption;
    const taken = [
      ...this.alive.filter(own).sort(newest),
      ...this.alive.filter((token) => !own(token)).sort(newest),
    ].slice(0, count);
    this.#remove(taken);
    for (let i = taken.length; i < count; i++) this.owed.push(null);
  }

  expire(now: number): void {
    if (this.held.size > 0) return;
    const over = this.alive.filter((token) => token.expiresAt <= now);
    this.#drop(over);
    this.ended.push(...over.filter(({ order }) => order !== null));
  }

  spentBy(redemption: string): Token[] {
    const tokens = this.spent.get(redemption) ?? [];
    this.spent.set(redemption, tokens);
    return tokens;
  }

  get balance(): number {
    return this.alive.length - this.owed.length;
  }

  get heldCount(): number {
    return [...this.held.values()].reduce((total, count) => total + count, 0);
  }

  available(now: number): number {
    const usable = this.alive.filter((token) => token.validFrom <= now && now < token.expiresAt).length;
    return Math.max(0, usable - this.heldCount - this.owed.length);
  }

  #remove(tokens: readonly Token[]): void {
    const gone = new Set(tokens);
    this.alive = this.alive.filter((token) => !gone.has(token));
  }

  #drop(tokens: readonly Token[]): number {
    this.#remove(tokens);
    return tokens.length;
  }
}

/** What else was true when an order was first eligible: of its customer and its products. Kept with the order. */
import { optionalText, readCount, readList, readObject } from '#app/lib/decode.ts';

export interface ProductFacts {
  /** Lower case. */
  tags: readonly string[];
  collectionIds: readonly bigint[];
  /** The metafield `$app:loyalty.points`. */
  printedPoints: bigint;
}

export interface TierFacts {
  tierId: bigint;
  name: string;
  /** 100 changes nothing, 150 adds a half. */
  multiplierPercent: number;
}

/** Why the merchant keeps an order from earning. */
export type WithheldBecause = 'trial' | 'left_club' | 'backfill_undone';

export interface OrderFacts {
  /** Whose facts these are; null for a guest, whose facts are read again when a customer is given the order. */
  customerId: bigint | null;
  isMember: boolean;
  categoryId: bigint | null;
  /** Whether the category's club was on (F20). */
  hasClub: boolean;
  tier: TierFacts | null;
  withheld: WithheldBecause | null;
  /** By product id; only what the rules ask for. */
  products: ReadonlyMap<bigint, ProductFacts>;
}

/** Facts of an order about which no rule asks anything. */
export const NO_FACTS: OrderFacts = {
  customerId: null,
  isMember: false,
  categoryId: null,
  hasClub: true,
  tier: null,
  withheld: null,
  products: new Map(),
};

/** Facts as they lie in `orders.facts`. */
export interface StoredFacts {
  customer: string | null;
  member: boolean;
  category: string | null;
  club: boolean;
  tier: { id: string; name: string; percent: number } | null;
  withheld: WithheldBecause | null;
  products: { id: string; tags: string[]; collections: string[]; points: string }[];
}

/** Writes facts as JSON. */
export function storeFacts(facts: OrderFacts): StoredFacts {
  const { tier } = facts;
  return {
    customer: facts.customerId?.toString() ?? null,
    member: facts.isMember,
    category: facts.categoryId?.toString() ?? null,
    club: facts.hasClub,
    tier: tier && { id: tier.tierId.toString(), name: tier.name, percent: tier.multiplierPercent },
    withheld: facts.withheld,
    products: [...facts.products].map(([id, product]) => ({
      id: id.toString(),
      tags: [...product.tags],
      collections: product.collectionIds.map(String),
      points: product.printedPoints.toString(),
    })),
  };
}

const bigOrNull = (value: unknown): bigint | null => (typeof value === 'string' ? BigInt(value) : null);

function loadTier(value: unknown): TierFacts | null {
  if (value === null || value === undefined) return null;
  const tier = readObject(value, 'facts.tier');
  return {
    tierId: bigOrNull(tier.id) ?? 0n,
    name: optionalText(tier.name) ?? '',
    multiplierPercent: readCount(tier.percent, 'facts.tier.percent', 100),
  };
}

const WITHHELD: readonly WithheldBecause[] = ['trial', 'left_club', 'backfill_undone'];

/** Reads what `storeFacts` wrote. Throws DecodeError. */
export function loadFacts(stored: unknown): OrderFacts {
  const facts = readObject(stored, 'facts');
  const { withheld } = facts;
  return {
    customerId: bigOrNull(facts.customer),
    isMember: facts.member === true,
    categoryId: bigOrNull(facts.category),
    hasClub: facts.club !== false,
    tier: loadTier(facts.tier),
    withheld: WITHHELD.find((reason) => reason === withheld) ?? null,
    products: new Map(
      readList(facts.products, 'facts.products').map((value, index) => {
        const product = readObject(value, `facts.products[${index}]`);
        return [
          bigOrNull(product.id) ?? 0n,
          {
            tags: readList(product.tags, 'facts.products.tags').map(String),
            collectionIds: readList(product.collections, 'facts.products.collections').map((id) =>
              BigInt(String(id)),
            ),
            printedPoints: bigOrNull(product.points) ?? 0n,
          },
        ];
      }),
    ),
  };
}

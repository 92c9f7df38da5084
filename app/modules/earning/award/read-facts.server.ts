/** Reads what rules ask about an order besides its own state: of its customer when it was made, of its products now. */
import type { Transaction } from '#app/db.server.ts';
import { bigintArray, timestampArray } from '#app/lib/pg-arrays.ts';
import type { ClubRules } from '../rules-in-force.server.ts';
import { hasClub } from '#app/modules/shops/rules/club-settings.ts';
import { orderKeyText, type OrderKey } from '#app/modules/orders/known-order.ts';
import {
  NO_FACTS,
  type OrderFacts,
  type ProductFacts,
  type TierFacts,
} from '#app/modules/orders/rules/kept-facts.ts';
import type { OrderState } from '#app/modules/orders/rules/order-state.ts';

/** An order whose facts are asked for; `order.customerId` earns, or the customer that one was merged into. */
export interface FactSubject {
  shopId: bigint;
  order: OrderState;
}

type CustomerFacts = Pick<OrderFacts, 'customerId' | 'isMember' | 'categoryId' | 'tier'> & {
  isTrial: boolean;
  hadLeft: boolean;
};

const NO_CUSTOMER: CustomerFacts = {
  customerId: null,
  isMember: false,
  categoryId: null,
  tier: null,
  isTrial: false,
  hadLeft: false,
};

/** The facts of each order by `orderKeyText`; orders of clubs whose rules ask for none are missing. */
export async function readFacts(
  tx: Transaction,
  subjects: readonly FactSubject[],
  clubs: ReadonlyMap<bigint, ClubRules>,
): Promise<Map<string, OrderFacts>> {
  const asking = subjects.filter(({ shopId }) => {
    const needs = clubs.get(shopId)?.needs;
    return needs?.customers || needs?.products;
  });
  if (asking.length === 0) return new Map();
  const customers = await readCustomerFacts(
    tx,
    asking.filter(({ shopId }) => clubs.get(shopId)?.needs.customers),
  );
  const products = await readProductFacts(
    tx,
    asking.filter(({ shopId }) => clubs.get(shopId)?.needs.products),
  );
  return new Map(
    asking.flatMap((subject) => {
      const club = clubs.get(subject.shopId);
      const key = orderKeyText(keyOf(subject));
      return club ? [[key, factsOf(subject, club, customers.get(key) ?? NO_CUSTOMER, products)]] : [];
    }),
  );
}

const keyOf = ({ shopId, order }: FactSubject): OrderKey => ({ shopId, orderId: order.orderId });

function factsOf(
  { shopId, order }: FactSubject,
  club: ClubRules,
  customer: CustomerFacts,
  products: ReadonlyMap<string, ProductFacts>,
): OrderFacts {
  const categoryId = customer.categoryId ?? club.categories.defaultId;
  const ids = new Set(order.lines.flatMap(({ productId }) => productId ?? []));
  return {
    ...NO_FACTS,
    customerId: customer.customerId ?? order.customerId,
    isMember: customer.isMember,
    categoryId,
    hasClub: hasClub(club.categories, categoryId),
    tier: club.tiersActive ? customer.tier : null,
    withheld: customer.hadLeft ? 'left_club' : club.trialMode && !customer.isTrial ? 'trial' : null,
    products: new Map(
      [...ids].flatMap((id) => {
        const product = products.get(`${shopId}/${id}`);
        return product ? [[id, product] as const] : [];
      }),
    ),
  };
}

/** Membership, tier and having left as they were when the order was made; category and trial as they are. */
async function readCustomerFacts(
  tx: Transaction,
  subjects: readonly FactSubject[],
): Promise<Map<string, CustomerFacts>> {
  const known = subjects.filter(({ order }) => order.customerId !== null);
  if (known.length === 0) return new Map();
  const { rows } = await tx.query<{
    shop_id: bigint;
    order_id: bigint;
    customer_id: bigint;
    is_member: boolean;
    category_id: bigint | null;
    is_trial: boolean;
    had_left: boolean;
    tier_id: bigint | null;
    tier_name: string | null;
    multiplier_percent: number | null;
  }>(
    `SELECT n.shop_id, n.order_id, c.customer_id, coalesce(c.member_since <= n.made_at, false) AS is_member, c.category_id, c.is_trial,
       coalesce(c.left_at <= n.made_at, false) AS had_left,
       t.tier_id, t.name AS tier_name, t.multiplier_percent
     FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::timestamptz[]) AS n (shop_id, order_id, customer_id, made_at)
     JOIN customers m USING (shop_id, customer_id)
     JOIN customers c ON c.shop_id = m.shop_id AND c.customer_id = coalesce(m.merged_into, m.customer_id)
     LEFT JOIN LATERAL (SELECT h.tier_id FROM tier_changes h WHERE h.shop_id = c.shop_id AND h.customer_id = c.customer_id
       AND h.since <= n.made_at ORDER BY h.since DESC, h.change_id DESC LIMIT 1) h ON true
     LEFT JOIN tiers t ON t.shop_id = n.shop_id AND t.tier_id = h.tier_id`,
    [
      bigintArray(known.map(({ shopId }) => shopId)),
      bigintArray(known.map(({ order }) => order.orderId)),
      bigintArray(known.map(({ order }) => order.customerId)),
      timestampArray(known.map(({ order }) => order.processedAt)),
    ],
  );
  return new Map(
    rows.map((row) => [
      orderKeyText({ shopId: row.shop_id, orderId: row.order_id }),
      {
        customerId: row.customer_id,
        isMember: row.is_member,
        categoryId: row.category_id,
        isTrial: row.is_trial,
        hadLeft: row.had_left,
        tier: tierOf(row),
      },
    ]),
  );
}

function tierOf(row: {
  tier_id: bigint | null;
  tier_name: string | null;
  multiplier_percent: number | null;
}): TierFacts | null {
  const { tier_id: tierId, tier_name: name, multiplier_percent: multiplierPercent } = row;
  return tierId === null || multiplierPercent === null
    ? null
    : { tierId, name: name ?? '', multiplierPercent };
}

async function readProductFacts(
  tx: Transaction,
  subjects: readonly FactSubject[],
): Promise<Map<string, ProductFacts>> {
  const wanted = new Map<string, { shopId: bigint; productId: bigint }>();
  for (const { shopId, order } of subjects) {
    for (const { productId } of order.lines)
      if (productId !== null) wanted.set(`${shopId}/${productId}`, { shopId, productId });
  }
  if (wanted.size === 0) return new Map();
  const { rows } = await tx.query<{
    shop_id: bigint;
    product_id: bigint;
    tags: string[];
    collection_ids: bigint[];
    printed_points: bigint;
  }>(
    `SELECT shop_id, product_id, tags, collection_ids, printed_points
     FROM products JOIN unnest($1::bigint[], $2::bigint[]) AS k (shop_id, product_id) USING (shop_id, product_id)`,
    [
      bigintArray([...wanted.values()].map(({ shopId }) => shopId)),
      bigintArray([...wanted.values()].map(({ productId }) => productId)),
    ],
  );
  return new Map(
    rows.map((row) => [
      `${row.shop_id}/${row.product_id}`,
      {
        tags: row.tags.map((tag) => tag.toLowerCase()),
        collectionIds: row.collection_ids,
        printedPoints: row.printed_points,
      },
    ]),
  );
}

/** Reads what conditions ask of customers, from the rows themselves rather than from kept sums where there are both. */
import type { Queryable } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { Unit } from '#app/lib/units.ts';
import { IS_TAKEN } from '#app/modules/redemptions/rules/taken.ts';
import type { AccountFacts, CustomerFacts, LotFacts, ProductFacts, Purchase } from './conditions/facts.ts';
import { IS_ANSWERED, IS_CLICKED, IS_RECEIVED } from './conditions/reach/campaign.ts';
import { NAME_SQL } from './conditions/who/name.ts';
import { IN_SHOPIFY_SEGMENT } from './conditions/who/shopify-segment.ts';

type Plain = Omit<CustomerFacts, 'folded' | 'purchases' | 'products' | 'accounts'>;

interface CustomerRow extends Plain {
  search: string;
  foldedName: string;
  foldedEmail: string;
  foldedNote: string;
  staffNotes: string[];
}

const campaignsWhere = (isMeant: string): string => `ARRAY(SELECT DISTINCT m.campaign_id::text FROM messages m
  WHERE m.shop_id = $1 AND m.customer_id = s.customer_id AND m.campaign_id IS NOT NULL AND ${isMeant})`;

const CUSTOMERS = `
  SELECT s.customer_id AS "customerId", c.search_text AS search, fold_text(${NAME_SQL}) AS "foldedName",
    coalesce(fold_text(c.email), '') AS "foldedEmail", coalesce(fold_text(c.note), '') AS "foldedNote",
    ARRAY(SELECT fold_text(n.text) FROM customer_notes n WHERE n.shop_id = $1 AND n.customer_id = s.customer_id
      AND n.deleted_at IS NULL ORDER BY n.note_id) AS "staffNotes",
    c.phone, c.email, c.gender, c.birth_date::text AS "birthDate", c.wedding_date::text AS "weddingDate",
    c.weight_grams AS "weightGrams", c.height_mm AS "heightMm", c.housing, c.interests, c.country_code AS "countryCode",
    s.province_key AS "provinceKey", s.city_key AS "cityKey", s.district_key AS "districtKey", s.postal_key AS "postalKey",
    c.created_at AS "addedAt", c.category_id::text AS "categoryId", c.tier_id::text AS "tierId", c.member_since AS "memberSince",
    c.member_via AS "memberVia", c.came_from AS "cameFrom", c.sms_consent AS "smsConsent", c.email_consent AS "emailConsent", c.missing_fields AS "missingFields",
    ARRAY(SELECT t.tag_key FROM customer_tags t WHERE t.shop_id = $1 AND t.customer_id = s.customer_id AND t.is_on ORDER BY 1) AS tags,
    ARRAY(SELECT lower(o.name) FROM orders o WHERE o.shop_id = $1 AND o.name IS NOT NULL
      AND (o.customer_id = ANY(people.ids) OR o.customer_id IS NULL AND o.claimed_by = ANY(people.ids))) AS "orderNames",
    ARRAY(SELECT DISTINCT r.reward_id::text FROM redemptions r WHERE r.shop_id = $1 AND r.customer_id = s.customer_id
      AND r.reward_id IS NOT NULL AND ${IS_TAKEN}) AS "rewardIds",
    ARRAY(SELECT DISTINCT regexp_replace(e.rule, '^offer:', '') FROM ledger_entries e WHERE e.shop_id = $1 AND e.customer_id = ANY(people.ids)
      AND e.kind = 'offer') AS "offerIds",
    ARRAY(SELECT m.shopify_segment_id::text FROM ${IN_SHOPIFY_SEGMENT} AND m.customer_id = s.customer_id ORDER BY 1) AS "shopifySegmentIds",
    ARRAY(SELECT m.snapshot_id::text FROM segment_snapshot_members m WHERE m.shop_id = $1 AND m.customer_id = s.customer_id ORDER BY 1) AS "snapshotIds",
    ${campaignsWhere(IS_RECEIVED)} AS "campaignIds", ${campaignsWhere(IS_ANSWERED)} AS "answeredCampaignIds",
    ${campaignsWhere(IS_CLICKED)} AS "clickedCampaignIds",
    s.channels, s.codes, s.orders_all AS "ordersAll", s.orders_valid AS "ordersValid", s.other_currency_all AS "otherCurrencyAll",
    s.other_currency_valid AS "otherCurrencyValid", s.items, s.total_all_minor AS "totalAllMinor",
    s.spend_minor AS "spendMinor", s.first_order_at AS "firstOrderAt", s.last_order_at AS "lastOrderAt",
    s.before_last_order_at AS "beforeLastOrderAt", s.latest_order_at AS "latestOrderAt", s.active_months AS "activeMonths",
    s.orders_refunded AS "ordersRefunded", s.refunded_minor AS "refundedMinor", s.paid_minor AS "paidMinor"
  FROM customer_stats s JOIN customers c ON c.shop_id = $1 AND c.customer_id = s.customer_id
    CROSS JOIN LATERAL (SELECT s.customer_id || ARRAY(SELECT m.customer_id FROM customers m
      WHERE m.shop_id = $1 AND m.merged_into = s.customer_id) AS ids) people
  WHERE s.shop_id = $1 AND s.standing <> 'gone' AND s.customer_id = ANY($2::bigint[])`;

const PURCHASES = `
  SELECT l.customer_id AS "customerId", l.order_id::text AS "orderId", l.product_id::text AS "productId",
    l.variant_id::text AS "variantId", l.bought_at AS "boughtAt", l.kept_quantity AS quantity, l.net_minor AS "netMinor"
  FROM order_lines l WHERE l.shop_id = $1 AND l.customer_id = ANY($2::bigint[]) AND l.product_id IS NOT NULL AND l.bought_at IS NOT NULL`;

const PRODUCTS = `
  SELECT p.product_id::text AS "productId", p.collection_ids::text[] AS "collectionIds", p.product_type AS type, p.vendor,
    ARRAY(SELECT lower(g.tag) FROM unnest(p.tags) AS g (tag)) AS tags
  FROM products p WHERE p.shop_id = $1 AND p.product_id = ANY($2::bigint[])`;

const ACCOUNTS = `
  SELECT a.customer_id AS "customerId", a.unit, a.held, a.debt, a.earned, a.spent
  FROM ledger_accounts a WHERE a.shop_id = $1 AND a.customer_id = ANY($2::bigint[])`;

const LOTS = `
  SELECT l.customer_id AS "customerId", l.unit, l.remaining, l.valid_from AS "validFrom", l.expires_at AS "expiresAt"
  FROM ledger_lots l WHERE l.shop_id = $1 AND l.customer_id = ANY($2::bigint[]) AND l.remaining > 0`;

/** Facts of these customers, by id; those who were merged, deleted or erased are left out. */
export async function readFacts(
  db: Queryable,
  shopId: bigint,
  customerIds: readonly bigint[],
): Promise<Map<bigint, CustomerFacts>> {
  const ids = [shopId, bigintArray(customerIds)];
  const customers = await db.query<CustomerRow>(CUSTOMERS, ids);
  const purchases = await db.query<Purchase & { customerId: bigint }>(PURCHASES, ids);
  const products = await readProductFacts(db, shopId, purchases.rows);
  const accounts = await readAccounts(db, ids);
  const bought = Map.groupBy(purchases.rows, ({ customerId }) => customerId);
  return new Map(
    customers.rows.map(({ search, foldedName, foldedEmail, foldedNote, staffNotes, ...plain }) => [
      plain.customerId,
      {
        ...plain,
        folded: { search, name: foldedName, email: foldedEmail, note: foldedNote, staffNotes },
        purchases: bought.get(plain.customerId) ?? [],
        products,
        accounts: accounts.get(plain.customerId) ?? {},
      },
    ]),
  );
}

async function readProductFacts(
  db: Queryable,
  shopId: bigint,
  purchases: readonly Purchase[],
): Promise<Map<string, ProductFacts>> {
  const ids = [...new Set(purchases.map(({ productId }) => productId))];
  const { rows } = await db.query<ProductFacts & { productId: string }>(PRODUCTS, [shopId, ids]);
  return new Map(rows.map(({ productId, ...product }) => [productId, product]));
}

interface AccountKey {
  customerId: bigint;
  unit: Unit;
}

async function readAccounts(
  db: Queryable,
  ids: unknown[],
): Promise<Map<bigint, Partial<Record<Unit, AccountFacts>>>> {
  const accounts = await db.query<AccountKey & Omit<AccountFacts, 'lots'>>(ACCOUNTS, ids);
  const { rows } = await db.query<AccountKey & LotFacts>(LOTS, ids);
  const lots = Map.groupBy(rows, ({ customerId, unit }) => `${customerId}/${unit}`);
  const found = new Map<bigint, Partial<Record<Unit, AccountFacts>>>();
  for (const { customerId, unit, ...account } of accounts.rows) {
    const own = lots.get(`${customerId}/${unit}`) ?? [];
    found.set(customerId, { ...found.get(customerId), [unit]: { ...account, lots: own } });
  }
  return found;
}

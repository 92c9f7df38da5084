/** Everything that the checkout shows of a customer, in one statement, which requests that arrive together share. */
import { z } from 'zod';
import { pool, prepared, type Queryable, type Transaction } from '#app/db.server.ts';
import { joinBatches } from '#app/lib/join-batches.ts';
import { parseWebhookJson } from '#app/lib/json.ts';
import { UNITS } from '#app/lib/units.ts';
import { selectBalances } from '#app/modules/ledger/balances.queries.server.ts';
import { selectMeasured, toMeasured } from '#app/modules/membership/measure.server.ts';
import { STANDING_COLUMNS, type StandingRow } from '#app/modules/membership/read-standing.server.ts';
import { periodStart, type TierMeasure } from '#app/modules/membership/rules/tier.ts';
import { selectClaimsOfCustomer } from '#app/modules/redemptions/claims/claims.queries.server.ts';
import { selectOpen } from '#app/modules/redemptions/redemption-rows.server.ts';
import { loadTerms } from '#app/modules/redemptions/rewards/reward-terms-json.ts';
import { selectLimitedUses } from '#app/modules/redemptions/rewards/reward-rows.server.ts';
import { CLAIM_STATES } from '#app/modules/redemptions/rules/claim.ts';
import type { ShopRules } from './shop-rules.server.ts';

const SHOP_ID = 's.shop_id';
const CUSTOMER_ID = 'q.customer_id';
const NOW = 'clock.now';
const ofCustomer = { shopId: SHOP_ID, customerIds: `ARRAY[${CUSTOMER_ID}]` };

/** Null instead of an empty list. */
const listOf = (select: string) => `(SELECT json_agg(x)::text FROM (${select}) x)`;

const selectMeasure = (by: TierMeasure) =>
  `(SELECT measured FROM (${selectMeasured(by, { ...ofCustomer, since: 'q.since' })}) m)`;

/**
 * $1: JSON of a list of `place`, `domain`, `customer_id` and `since` (from when on it is measured); a row for each that has
 * a shop. Parts that no customer of these shops has are left out. The planner takes such a list for a hundred rows however
 * many it has, so one plan is as good as any other and PostgreSQL keeps it; of arrays it would make one each time. The
 * shop and the customer are looked up for each row, whatever the statistics say.
 */
const readStatement = (by: TierMeasure | null, hasLimits: boolean) => `
  SELECT q.place, s.shop_id AS "shopId", s.rules_version AS version, ${NOW}, ${STANDING_COLUMNS}, coalesce(c.is_trial, false) AS "isTrial",
    ${by === null ? 'NULL::bigint' : selectMeasure(by)} AS measured,
    ${listOf(selectBalances({ ...ofCustomer, now: NOW }))} AS balances,
    ${listOf(selectOpen(SHOP_ID, CUSTOMER_ID))} AS open,
    ${hasLimits ? listOf(selectLimitedUses(SHOP_ID, CUSTOMER_ID)) : 'NULL::text'} AS uses,
    ${listOf(selectClaimsOfCustomer(SHOP_ID, CUSTOMER_ID, NOW))} AS claims
  FROM json_to_recordset($1) AS q (place int, domain text, customer_id bigint, since timestamptz)
    CROSS JOIN (SELECT ledger_now() AS now OFFSET 0) clock
    JOIN LATERAL (SELECT shop_id, rules_version FROM shops WHERE domain = q.domain LIMIT 1) s ON true
    LEFT JOIN LATERAL (SELECT * FROM customers WHERE shop_id = s.shop_id AND customer_id = q.customer_id LIMIT 1) c ON true`;

/** Batches in flight. A few: requests that arrive together share one, and a slow one holds up few of them. */
const LANES = 4;
const BATCH_MAX = 100;

function makeStatement(name: string, by: TierMeasure | null, hasLimits: boolean) {
  const statement = prepared(name, readStatement(by, hasLimits));
  const run = async (db: Queryable, wanted: readonly Wanted[]): Promise<void> => {
    const list = wanted.map(({ shopDomain, customerId, since }, place) => ({
      place,
      domain: shopDomain,
      customer_id: String(customerId),
      since,
    }));
    const { rows } = await db.query<Row>(statement([JSON.stringify(list)]));
    for (const row of rows) {
      const item = wanted[row.place];
      if (item) item.row = row;
    }
  };
  const limits = { lanes: LANES, itemsMax: BATCH_MAX, sizeMax: BATCH_MAX, sizeOf: () => 1 };
  return { run, joiner: joinBatches<Wanted>((wanted) => run(pool, wanted), limits) };
}

const withAndWithoutLimits = (name: string, by: TierMeasure | null) => ({
  plain: makeStatement(name, by, false),
  limited: makeStatement(`${name}-limited`, by, true),
});

const STATEMENTS = {
  nothing: withAndWithoutLimits('read-club', null),
  spend: withAndWithoutLimits('read-club-spend', 'spend'),
  points: withAndWithoutLimits('read-club-points', 'points'),
};

type Statement = ReturnType<typeof makeStatement>;

/** Whose customer, and from when on what they spent or earned is measured; null where the shop has no tiers. */
interface Wanted {
  shopDomain: string;
  customerId: bigint;
  since: Date | null;
  /** Once it is read, if there is such a shop. */
  row?: Row;
}

interface Row extends StandingRow {
  place: number;
  shopId: bigint;
  version: bigint;
  now: Date;
  /** A test customer. */
  isTrial: boolean;
  measured: bigint | null;
  /** JSON of a list each; null for an empty one. */
  balances: string | null;
  open: string | null;
  uses: string | null;
  claims: string | null;
}

/** Whole numbers come as text or number: `parseWebhookJson` keeps long ones as text. */
const whole = z.union([z.string(), z.number()]).transform(BigInt);
const moment = z.string().transform((text) => new Date(text));
const unit = z.enum(UNITS);

const balances = z.array(
  z.object({
    customerId: whole,
    unit,
    balance: whole,
    held: whole,
    debt: whole,
    pending: whole,
    available: whole,
  }),
);
const redemptions = z.array(
  z.object({
    redemptionId: z.string(),
    state: z.string(),
    unit,
    units: whole,
    amountMinor: whole,
    code: z.string(),
    reward: z.unknown().transform(loadTerms),
    expiresAt: moment,
  }),
);
const uses = z.array(z.object({ rewardId: whole, byCustomer: z.number(), inTotal: z.number() }));
const claims = z.array(
  z.object({
    claimId: z.string(),
    number: z.string(),
    name: z.string(),
    unit,
    units: whole,
    state: z.enum(CLAIM_STATES),
    noteToCustomer: z.string(),
    createdAt: moment,
  }),
);

const decode = <T>(list: z.ZodType<T[]>, json: string | null): T[] =>
  json === null ? [] : list.parse(parseWebhookJson(json));

/** What one statement returned of a customer. The shop's rules are applied to it only if their version is the same. */
export type ClubCustomer = ReturnType<typeof toCustomer>;

function toCustomer(row: Row) {
  return {
    ...row,
    measured: toMeasured(row.measured),
    balances: decode(balances, row.balances),
    open: decode(redemptions, row.open),
    uses: decode(uses, row.uses),
    claims: decode(claims, row.claims),
  };
}

export interface CustomerQuery {
  shopDomain: string;
  customerId: bigint;
}

/**
 * Reads a customer by the rules of their shop, in one statement with others that are asked for meanwhile; null for a
 * domain that no shop has.
 */
export function readCustomer(query: CustomerQuery, rules: ShopRules): Promise<ClubCustomer | null> {
  return read(query, rules, ({ joiner }, wanted) => joiner.join(wanted));
}

/** As `readCustomer`, inside a transaction. */
export function readCustomerIn(
  tx: Transaction,
  query: CustomerQuery,
  rules: ShopRules,
): Promise<ClubCustomer | null> {
  return read(query, rules, ({ run }, wanted) => run(tx, [wanted]));
}

/**
 * The period of tiers begins at a day that the shop's rule and the database's clock decide: where this process's clock
 * has another one, it is read again.
 */
async function read(
  { shopDomain, customerId }: CustomerQuery,
  { membership: { tiersActive, rule }, hasLimits }: ShopRules,
  run: (statement: Statement, wanted: Wanted) => Promise<void>,
): Promise<ClubCustomer | null> {
  const statement = STATEMENTS[tiersActive ? rule.measure : 'nothing'][hasLimits ? 'limited' : 'plain'];
  const startAt = (now: Date) => (tiersActive ? periodStart(rule, now) : null);
  const wanted: Wanted = { shopDomain, customerId, since: startAt(new Date()) };
  await run(statement, wanted);
  const { row } = wanted;
  if (!row) return null;
  const since = startAt(row.now);
  if (since?.getTime() === wanted.since?.getTime()) return toCustomer(row);
  const again: Wanted = { shopDomain, customerId, since };
  await run(statement, again);
  return toCustomer(again.row ?? row);
}

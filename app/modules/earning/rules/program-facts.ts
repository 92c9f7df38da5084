/** What the blocks of a theme show everyone of a club, as the metafield `club.program` says it. */
import type { EarnProgram, EarnRules, SpendRule } from './program.ts';

export interface ProgramFactsInput {
  title: string;
  banner: string;
  /** Of the shop's currency. */
  digits: number;
  rules: EarnRules;
  now: Date;
  /** Trial mode, or tiers that earn more: what a product earns depends on who asks. */
  dependsOnCustomer: boolean;
  /** Hundredths of a percent that tax adds to a net price; 0 where prices are without it. */
  taxBp: number;
  redeem: { units: bigint; amountMinor: bigint } | null;
  measure: 'spend' | 'points';
  tiers: readonly { name: string; threshold: bigint }[];
  rewards: readonly { name: string; unit: string; units: bigint }[];
}

/** Amounts in hundredths, as Liquid has them; units and steps as numbers. */
export interface ProgramFacts {
  v: 1;
  title: string;
  banner: string;
  /** Where the shop's pages ask the app: shopify.app.toml. */
  proxy: string;
  /** A product earns the same for everyone, whatever else is in the cart: the theme need not ask. */
  is_simple: boolean;
  spend: { step: number; units: number; tax: number }[];
  /** Points for each printed one; 0 without such a program. */
  printed: number;
  redeem: { units: number; worth: number } | null;
  measure: 'spend' | 'points';
  tiers: { name: string; threshold: number }[];
  rewards: { name: string; units: number }[];
}

const PROXY_PATH = '/apps/setia';
const CENT_DIGITS = 2;
/** A page lists no more; the rest is in the club itself. */
const LISTED_MAX = 12;

/** Returns the facts of a shop's club. */
export function programFacts(input: ProgramFactsInput): ProgramFacts {
  const { rules, now, digits, redeem, tiers, rewards } = input;
  const inHundredths = (minor: bigint): number => (Number(minor) * 10 ** CENT_DIGITS) / 10 ** digits;
  const running = rules.programs.filter((each) => each.unit === 'POINTS' && isRunning(each, now));
  const spend = running.flatMap(({ rule }) => (rule.kind === 'spend' ? [rule] : []));
  const printed = running.flatMap(({ rule }) => (rule.kind === 'printed' ? [rule] : []));
  return {
    v: 1,
    title: input.title,
    banner: input.banner,
    proxy: PROXY_PATH,
    is_simple: isSimple(input, running),
    spend: spend.map((rule) => ({
      step: inHundredths(rule.stepMinor),
      units: Number(rule.units),
      tax: taxOf(rule, input.taxBp),
    })),
    printed: printed.reduce((sum, { unitsPerPoint }) => sum + Number(unitsPerPoint), 0),
    redeem: redeem && { units: Number(redeem.units), worth: inHundredths(redeem.amountMinor) },
    measure: input.measure,
    tiers: tiers.slice(0, LISTED_MAX).map(({ name, threshold }) => ({
      name,
      threshold: input.measure === 'spend' ? inHundredths(threshold) : Number(threshold),
    })),
    rewards: rewards
      .filter(({ unit }) => unit === 'POINTS')
      .slice(0, LISTED_MAX)
      .map(({ name, units }) => ({ name, units: Number(units) })),
  };
}

const taxOf = ({ includeTax }: SpendRule, taxBp: number): number => (includeTax ? 0 : taxBp);

function isRunning({ startsAt, endsAt }: EarnProgram, now: Date): boolean {
  return (startsAt === null || startsAt <= now) && (endsAt === null || endsAt > now);
}

/** One rule by price at most: of two, each rounds down on its own. Offers ask for the whole order. */
function isSimple({ rules, dependsOnCustomer }: ProgramFactsInput, running: readonly EarnProgram[]): boolean {
  return (
    !dependsOnCustomer &&
    rules.offers.length === 0 &&
    running.every(({ rule }) => {
      const { membersOnly, categoryIds, tierIds, excluded } = rule;
      const { productIds, collectionIds, tags } = excluded;
      const asksNobody = !membersOnly && categoryIds === null && tierIds === null;
      const hasNoExclusions = productIds.length + collectionIds.length + tags.length === 0;
      return rule.kind !== 'product' && asksNobody && hasNoExclusions;
    })
  );
}

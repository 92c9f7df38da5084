/** "Why did this order earn this?" in Shopify's own order page, and "apply now" (F68) from there. */
import type { StaffApplyAnswer, StaffOrder, StaffRule } from '../../../../extensions/shared/staff-api.ts';
import { currencyDigits } from '#app/lib/money.ts';
import type { Unit } from '#app/lib/units.ts';
import { explainOrder, type OrderExplained } from '#app/modules/earning/explain/explain-order.server.ts';
import { isDue, isOfRules, sumsOf } from '#app/modules/earning/explain/is-due.server.ts';
import { applyToThese } from '#app/modules/earning/order-list/act-on-orders.server.ts';
import type { Entitlement } from '#app/modules/earning/rules/earning.ts';
import { entitlementsOf } from '#app/modules/earning/rules/entitlement.ts';
import type { ProgramOutcome } from '#app/modules/earning/rules/program-earning.ts';
import { toPerson, toStaffEntry } from './staff-views.ts';

interface Amount {
  unit: Unit;
  amount: bigint;
}

/** Explains an order of the shop; null for one that is not known here. */
export async function readStaffOrder(shopId: bigint, orderId: bigint): Promise<StaffOrder | null> {
  const explained = await explainOrder(shopId, orderId);
  if (!explained) return null;
  const { order, refunds, isSnapshot, owner, entries } = explained;
  const { nothingBecause, outcomes, offers, bonuses } = explained.earning;
  const { customerId } = owner;
  const ofRules = entries.filter(isOfRules);
  return {
    id: orderId.toString(),
    name: order.name,
    currency: order.currency,
    currencyDigits: currencyDigits(order.currency),
    customer: customerId === null ? null : toPerson({ ...owner, customerId }),
    nothing: nothingOf(explained),
    isKept: isSnapshot,
    rules: [
      ...outcomes.map(toProgramRule),
      ...offers.map(({ groupName, offer, base, entitlement }) =>
        toRule({
          kind: 'offer',
          name: offer?.name ?? groupName,
          baseMinor: base.totalMinor,
          parts: entitlement ? [entitlement] : [],
          unit: offer?.unit ?? 'CREDIT',
          silent: entitlement ? null : 'below_minimum',
        }),
      ),
      ...bonuses.map(({ tier, unit, entitlement }) =>
        toRule({
          kind: 'tier',
          name: tier.name,
          baseMinor: null,
          parts: entitlement ? [entitlement] : [],
          unit,
          silent: entitlement ? null : 'below_step',
        }),
      ),
    ],
    earns: toSums(nothingBecause ? [] : entitlementsOf(explained.earning)),
    posted: toSums(ofRules),
    entries: ofRules.map((entry) =>
      toStaffEntry({ ...entry, reason: null, orderName: order.name, actor: 'rules' }, new Map()),
    ),
    refunds: refunds.length,
    isDue: isDue(explained),
  };
}

function nothingOf({ earning, isHistory }: OrderExplained): StaffOrder['nothing'] {
  return earning.nothingBecause ?? (isHistory ? 'history' : null);
}

function toProgramRule({ program, base, steps, silentBecause, entitlements }: ProgramOutcome): StaffRule {
  const { name, rule, unit } = program;
  const isBySteps = rule.kind === 'spend' && silentBecause === null;
  return {
    ...toRule({
      kind: 'program',
      name,
      baseMinor: base.totalMinor,
      parts: entitlements,
      unit,
      silent: silentBecause,
    }),
    steps: isBySteps
      ? { count: steps.toString(), units: rule.units.toString(), stepMinor: rule.stepMinor.toString() }
      : null,
  };
}

function toRule(rule: {
  kind: StaffRule['kind'];
  name: string;
  baseMinor: bigint | null;
  parts: readonly Entitlement[];
  unit: Unit;
  silent: string | null;
}): StaffRule {
  const { kind, name, baseMinor, parts, unit, silent } = rule;
  const units = parts.reduce((sum, { amount }) => sum + amount, 0n).toString();
  return { kind, name, baseMinor: baseMinor?.toString() ?? null, unit, units, steps: null, silent };
}

function toSums(parts: readonly Amount[]): { unit: Unit; units: string }[] {
  return [...sumsOf(parts)].map(([unit, amount]) => ({ unit, units: amount.toString() }));
}

/** Applies the rules to an order now, as the app's order page does. */
export async function applyToOrder(
  shop: { shopId: bigint; domain: string },
  orderId: bigint,
): Promise<StaffApplyAnswer> {
  const [applied] = await applyToThese(shop, [orderId]);
  if (applied?.outcome !== 'applied') return { ok: false, reason: applied?.outcome ?? 'gone' };
  return { ok: true, gains: toSums(applied.gains), nothing: applied.nothingBecause };
}

/** Turns the prices of lines into the operations that Shopify carries out, within the size that it accepts. */
import { toAmount, WHOLE_BP } from '../../shared/price/amounts.ts';
import { type PriceInput } from '../../shared/price/input.ts';
import {
  categoryPercent,
  LIST,
  NONE,
  PERCENT,
  type PricedLines,
  TIER,
} from '../../shared/price/price-lines.ts';
import { textBytes } from './text-bytes.ts';

export interface FunctionResult {
  operations: Operation[];
}

type Operation =
  | { productDiscountsAdd: { selectionStrategy: 'ALL'; candidates: Candidate[] } }
  | { enteredDiscountCodesReject: { codes: { code: string }[]; message: string } };

interface Candidate {
  message?: string;
  targets: { cartLine: { id: string } }[];
  value: { percentage: { value: string } } | { fixedAmount: { amount: string; appliesToEachItem: true } };
}

/** Shopify's limit of the output at up to 200 lines; it grows with the lines above. */
const OUTPUT_MAX_BYTES = 20_000;
const LINES_OF_LIMIT = 200;
/** `{"operations":[{"productDiscountsAdd":{"selectionStrategy":"ALL","candidates":[]}},]}` */
const FRAME_BYTES = 84;
/** `{"targets":[],"value":{"fixedAmount":{"amount":"","appliesToEachItem":true}}},` without the amount. */
const AMOUNT_BYTES = 78;
/** `{"targets":[],"value":{"percentage":{"value":"12.75"}}},` */
const PERCENT_BYTES = 56;
/** `{"cartLine":{"id":""}},` */
const TARGET_BYTES = 24;
/** `"message":,` */
const MESSAGE_BYTES = 11;

/** Lines with one value of one rule: a candidate. */
interface Group {
  rule: number;
  value: number;
  /** Units of its lines. */
  quantity: number;
  targets: Candidate['targets'];
}

interface Groups {
  groups: Group[];
  /** Bytes of the candidates as JSON, without their labels. */
  bytes: number;
}

/** The operations for the lines of a cart with their prices. */
export function writeOperations(input: PriceInput, priced: PricedLines): FunctionResult {
  const count = input.cart.lines.length;
  let { groups, bytes } = groupLines(input, priced);
  if (groups.length === 0) return { operations: [] };
  const refusal = writeRefusal(input, priced);
  const room = OUTPUT_MAX_BYTES * Math.max(1, count / LINES_OF_LIMIT) - FRAME_BYTES - sizeOf(refusal);
  const hasLabels = bytes + sizeOfLabels(groups, priced) <= room;
  // eslint-disable-next-line no-console -- into the log of the Function's runs, which Shopify keeps for developers
  if (!hasLabels) console.log(`${bytes} B without labels, room for ${room}`);
  if (bytes > room) {
    dropSmallAmounts(input, priced, groups, bytes - room);
    ({ groups, bytes } = groupLines(input, priced));
  }
  const candidates: Candidate[] = [];
  for (let index = 0; index < groups.length; index++) {
    const group = groups[index];
    if (group !== undefined) candidates.push(writeCandidate(group, priced, hasLabels));
  }
  const operations: Operation[] = [{ productDiscountsAdd: { selectionStrategy: 'ALL', candidates } }];
  if (refusal !== null) operations.push(refusal);
  return { operations };
}

/** Groups in the order of their first lines. */
function groupLines({ cart }: PriceInput, { rules, values, terms }: PricedLines): Groups {
  const groups: Group[] = [];
  const byKey = new Map<number, Group>();
  let bytes = 0;
  for (let index = 0; index < rules.length; index++) {
    const rule = rules[index];
    const value = values[index];
    const line = cart.lines[index];
    if (!rule || !value || line === undefined) continue;
    // Amounts below zero, percents of the category up to 10,000, percents of the tier above.
    const key = rule === TIER ? WHOLE_BP + value : value;
    let group = byKey.get(key);
    if (group === undefined) {
      group = { rule, value, quantity: 0, targets: [] };
      byKey.set(key, group);
      groups.push(group);
      bytes += value > 0 ? PERCENT_BYTES : AMOUNT_BYTES + toAmount(-value, terms.digits).length;
    }
    group.quantity += line.quantity;
    group.targets.push({ cartLine: { id: line.id } });
    bytes += TARGET_BYTES + line.id.length;
  }
  return { groups, bytes };
}

function writeCandidate(
  { rule, value, targets }: Group,
  { terms }: PricedLines,
  hasLabel: boolean,
): Candidate {
  const label = hasLabel ? (rule === TIER ? terms.tier : terms.category)?.label : null;
  const candidate: Candidate = {
    targets,
    value:
      value > 0
        ? { percentage: { value: String(value / 100) } }
        : { fixedAmount: { amount: toAmount(-value, terms.digits), appliesToEachItem: true } },
  };
  if (label != null) candidate.message = label;
  return candidate;
}

/** Bytes that a label in each candidate takes, at most. */
function sizeOfLabels(groups: readonly Group[], { terms: { category, tier } }: PricedLines): number {
  const longest = Math.max(sizeOf(category?.label), sizeOf(tier?.label));
  return longest > 0 ? groups.length * (MESSAGE_BYTES + longest) : 0;
}

const sizeOf = (value: unknown): number => (value == null ? 0 : textBytes(JSON.stringify(value)));

/** The smallest amounts become the category's percent, whose lines share a candidate, until `over` bytes are saved. */
function dropSmallAmounts(
  { cart }: PriceInput,
  { rules, values, terms }: PricedLines,
  groups: readonly Group[],
  over: number,
): void {
  // A typed array sorts numbers without calling back.
  const savings = Float64Array.from(groups, ({ value, quantity }) =>
    value < 0 ? -value * quantity : Infinity,
  );
  savings.sort();
  // Each percent that takes their place may need a candidate of its own.
  const least = over + ((terms.category?.breaks.length ?? 0) + 1) * PERCENT_BYTES;
  const largest = savings[Math.min(Math.ceil(least / AMOUNT_BYTES), savings.length) - 1] ?? 0;
  const dropped = new Set<number>();
  for (const { value, quantity } of groups) if (value < 0 && -value * quantity <= largest) dropped.add(value);
  for (let index = 0; index < rules.length; index++) {
    const line = cart.lines[index];
    if (line === undefined || !dropped.has(values[index] ?? 0)) continue;
    const bp = categoryPercent(terms, line);
    rules[index] = bp > 0 ? PERCENT : NONE;
    values[index] = bp;
  }
}

/** Refuses codes of the club beside a price of the category; a member's price lets them stand. */
function writeRefusal(input: PriceInput, { terms, rules }: PricedLines): Operation | null {
  const { refuse } = terms;
  if (refuse === null || !(rules.includes(PERCENT) || rules.includes(LIST))) return null;
  const codes = input.enteredDiscountCodes
    .filter(({ code, rejectable }) => rejectable && code.toUpperCase().startsWith(refuse.prefix))
    .map(({ code }) => ({ code }));
  return codes.length === 0 ? null : { enteredDiscountCodesReject: { codes, message: refuse.message } };
}

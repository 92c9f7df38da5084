/**
 * What an order earns, computed a second time in plain numbers and in a different way than the rules do: order by
 * order as a clerk with a calculator would. Money in minor units that fit a number.
 */
export interface ModelLine {
  product: number;
  variant: number;
  price: number;
  quantity: number;
  discount: number;
  refunded: number;
  fulfilled: number;
  gift: boolean;
}

export interface ModelTerms {
  earnAt: 'paid' | 'fulfilled';
  membersOnly: boolean;
  categories: number[] | null;
  tiers: number[] | null;
  withoutProducts: number[];
  withoutCollections: number[];
  withoutTags: string[];
}

export type ModelProgram = ModelTerms & { unit: 'POINTS' | 'CREDIT' } & (
    | { kind: 'spend'; step: number; units: number }
    | {
        kind: 'product';
        rows: { product: number; variant: number | null; quantity: number; units: number }[];
      }
    | { kind: 'printed'; worth: number }
  );

export interface ModelOffer {
  id: number;
  group: number;
  unit: 'POINTS' | 'CREDIT';
  minimum: number;
  percentBp: number;
}

export interface ModelCase {
  lines: ModelLine[];
  programs: ModelProgram[];
  offers: ModelOffer[];
  isMember: boolean;
  category: number | null;
  tier: { id: number; percent: number } | null;
  products: { id: number; tags: string[]; collections: number[]; points: number }[];
}

/** Sums by unit and kind of rule: `POINTS programs`, `CREDIT offers`, `POINTS tier`; nothing where nothing is earned. */
export function modelEarning(order: ModelCase): Record<string, number> {
  const sums: Record<string, number> = {};
  const add = (key: string, amount: number) => {
    if (amount > 0) sums[key] = (sums[key] ?? 0) + amount;
  };
  for (const program of order.programs) add(`${program.unit} programs`, programAmount(order, program));
  for (const group of new Set(order.offers.map((one) => one.group))) {
    const base = order.lines.reduce((sum, each) => sum + worth(each, each.quantity - each.refunded), 0);
    const [best] = order.offers
      .filter((one) => one.group === group && one.minimum < base)
      .sort((a, b) => b.minimum - a.minimum || b.id - a.id);
    if (best)
      add(
        `${best.unit} offers`,
        Math.floor((base * best.percentBp) / 10_000 / (best.unit === 'POINTS' ? 100 : 1)),
      );
  }
  if (order.tier) {
    for (const unit of ['POINTS', 'CREDIT']) {
      const sum = sums[`${unit} programs`] ?? 0;
      add(`${unit} tier`, Math.floor((sum * order.tier.percent) / 100) - sum);
    }
  }
  return sums;
}

function programAmount(order: ModelCase, program: ModelProgram): number {
  if (program.membersOnly && !order.isMember) return 0;
  if (program.categories && !program.categories.includes(order.category ?? -1)) return 0;
  if (program.tiers && !program.tiers.includes(order.tier?.id ?? -1)) return 0;
  const counted = order.lines.map((each) => {
    const kept = each.quantity - each.refunded;
    const ready = program.earnAt === 'paid' ? kept : Math.min(kept, each.fulfilled);
    return { each, ready: each.gift || isExcluded(order, program, each) ? 0 : ready };
  });
  if (program.kind === 'spend')
    return (
      Math.floor(counted.reduce((sum, { each, ready }) => sum + worth(each, ready), 0) / program.step) *
      program.units
    );
  if (program.kind === 'printed')
    return counted.reduce((sum, { each, ready }) => {
      const printed = order.products.find(({ id }) => id === each.product)?.points ?? 0;
      return sum + printed * ready * program.worth;
    }, 0);
  return program.rows.reduce((sum, row) => {
    const pieces = counted
      .filter(({ each }) => each.product === row.product && (row.variant ?? each.variant) === each.variant)
      .reduce((total, { ready }) => total + ready, 0);
    return sum + Math.floor(pieces / row.quantity) * row.units;
  }, 0);
}

function isExcluded(order: ModelCase, program: ModelTerms, { product }: ModelLine): boolean {
  const known = order.products.find(({ id }) => id === product);
  return (
    program.withoutProducts.includes(product) ||
    (known?.tags ?? []).some((tag) => program.withoutTags.includes(tag)) ||
    (known?.collections ?? []).some((id) => program.withoutCollections.includes(id))
  );
}

function worth(line: ModelLine, pieces: number): number {
  if (line.gift) return 0;
  return Math.floor(((line.price * line.quantity - line.discount) * pieces) / line.quantity);
}

/** Which programs one order can earn by together. */
import type { EarnProgram, ProductRule } from './program.ts';

type Compared = Pick<EarnProgram, 'rule' | 'startsAt' | 'endsAt'> & { programId: bigint | null };

/** Returns the other programs of the same kind that an order can earn by as well as by this one. */
export function addingUp<T extends EarnProgram>(own: Compared, programs: readonly T[]): T[] {
  return programs.filter((other) => other.programId !== own.programId && canMeet(own, other));
}

function canMeet(a: Compared, b: Compared): boolean {
  if (a.rule.kind !== b.rule.kind || !overlap(a, b)) return false;
  if (a.rule.kind === 'product' && b.rule.kind === 'product' && !shareProduct(a.rule, b.rule)) return false;
  return intersect(a.rule.categoryIds, b.rule.categoryIds) && intersect(a.rule.tierIds, b.rule.tierIds);
}

/** The end is exclusive. */
function overlap(a: Compared, b: Compared): boolean {
  const begins = (program: Compared) => program.startsAt?.getTime() ?? -Infinity;
  const ends = (program: Compared) => program.endsAt?.getTime() ?? Infinity;
  return begins(a) < ends(b) && begins(b) < ends(a);
}

function shareProduct(a: ProductRule, b: ProductRule): boolean {
  return a.rows.some((row) =>
    b.rows.some(
      (other) =>
        row.productId === other.productId &&
        (row.variantId === null || other.variantId === null || row.variantId === other.variantId),
    ),
  );
}

/** Null is all. */
function intersect(a: readonly bigint[] | null, b: readonly bigint[] | null): boolean {
  return a === null || b === null || a.some((id) => b.includes(id));
}

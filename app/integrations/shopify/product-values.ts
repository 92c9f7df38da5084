/** Values of products as Shopify writes them. */

/** As Shopify writes it in lower case. */
export type ProductStatus = 'active' | 'draft' | 'archived' | 'unlisted';

const STATUSES: readonly ProductStatus[] = ['active', 'draft', 'archived', 'unlisted'];

/** A status in ours; one that Shopify invents later counts as active. */
export function readStatus(status: string): ProductStatus {
  return STATUSES.find((known) => known === status.toLowerCase()) ?? 'active';
}

/** More can only be a slip of the hand. */
export const PRINTED_POINTS_MAX = 1_000_000;

const DIGITS = /^\d{1,7}$/;

/** The points of the metafield; 0 when there is none, or no such number in it. */
export function readPrintedPoints(value: string | null | undefined): bigint {
  const points = DIGITS.test(value ?? '') ? BigInt(value ?? 0) : 0n;
  return points > PRINTED_POINTS_MAX ? 0n : points;
}

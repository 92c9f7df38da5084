/** Values of products as Shopify writes them. */

/** As Shopify writes it in lower case. */
export type ProductStatus = 'active' | 'draft' | 'archived' | 'unlisted';

const STATUSES: readonly ProductStatus[] = ['active', 'draft', 'archived', 'unlisted'];

/** Returns our status; one that Shopify adds later counts as active. */
export function readStatus(status: string): ProductStatus {
  return STATUSES.find((known) => known === status.toLowerCase()) ?? 'active';
}

/** More can only be a typo. */
export const PRINTED_POINTS_MAX = 1_000_000;

const DIGITS = /^\d{1,7}$/;

/** Returns the points in the metafield; 0 when there is none, or it isn't a valid number. */
export function readPrintedPoints(value: string | null | undefined): bigint {
  const points = DIGITS.test(value ?? '') ? BigInt(value ?? 0) : 0n;
  return points > PRINTED_POINTS_MAX ? 0n : points;
}

import { pool } from '#app/db.server.ts';
import { setPrintedPoints, type PointsRefused } from '#app/integrations/shopify/products.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { definePoints } from './define-metafield.server.ts';
import { pointsField, readPointsForm, type PointsChange } from './points-form.ts';

export type PointsSaved = { ok: true } | { ok: false; errors: FieldErrors };

const ERROR_OF = { gone: 'gone', invalid: 'refused' } as const satisfies Record<
  PointsRefused['reason'],
  string
>;

/**
 * Writes the points that were changed in the form to Shopify; orders from now on earn by them. What is wrong is answered
 * by field, Shopify's refusals too. Saving the same again is harmless.
 */
export async function savePoints(
  shop: { shopId: bigint; domain: string },
  values: Readonly<Record<string, unknown>>,
  locale: string,
): Promise<PointsSaved> {
  const form = readPointsForm(values, locale);
  if (!form.ok) return form;
  const { changes } = form;
  if (changes.length === 0) return { ok: true };
  try {
    await definePoints(shop.domain);
    const refused = await setPrintedPoints(shop.domain, changes);
    if (refused.length > 0) {
      const errors = refused.map(
        ({ productId, reason }) => [pointsField(productId), { code: ERROR_OF[reason] }] as const,
      );
      return { ok: false, errors: Object.fromEntries(errors) };
    }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn({ shop: shop.domain, reason: safeErrorText(error) }, 'printed points not saved');
    return { ok: false, errors: { form: { code: 'not_saved' } } };
  }
  await keepPoints(shop.shopId, changes);
  return { ok: true };
}

/** Of products that are known; the rest of them is read again, because this was a change. */
const KEEP = `
  UPDATE products p SET printed_points = n.points, seen_at = 'epoch', asked_at = 'epoch'
    FROM unnest($2::bigint[], $3::bigint[]) AS n (product_id, points)
   WHERE p.shop_id = $1 AND p.product_id = n.product_id`;

async function keepPoints(shopId: bigint, changes: readonly PointsChange[]): Promise<void> {
  await pool.query(KEEP, [
    shopId,
    bigintArray(changes.map(({ productId }) => productId)),
    bigintArray(changes.map(({ points }) => points)),
  ]);
}

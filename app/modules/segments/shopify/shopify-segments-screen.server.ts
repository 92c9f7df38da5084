import { z } from 'zod';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { requestMembers, requestShopifySegments } from './list-segments.server.ts';

export type ShopifySegmentsAnswer = { ok: true } | { ok: false; errors: FieldErrors };

const text = z.string().catch('');
const formSchema = z.object({ intent: text, shopifySegmentId: text });

/** Does what the screen of Shopify's segments asks for: both are done by the worker. */
export async function actOnShopifySegments(
  shopId: bigint,
  values: Record<string, unknown>,
): Promise<ShopifySegmentsAnswer> {
  const { intent, shopifySegmentId: idText } = formSchema.parse(values);
  if (intent === 'list') {
    await requestShopifySegments(shopId);
    return { ok: true };
  }
  const shopifySegmentId = intent === 'members' ? readIdParam(idText) : null;
  if (shopifySegmentId === null) return { ok: false, errors: { form: { code: 'invalid' } } };
  return (await requestMembers(shopId, shopifySegmentId))
    ? { ok: true }
    : { ok: false, errors: { form: { code: 'gone' } } };
}

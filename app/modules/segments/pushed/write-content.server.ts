/** Writes a segment at Shopify: creates it, or gives it another name and query. */
import {
  createShopifySegment,
  updateShopifySegment,
  type SegmentContent,
  type ShopifySegment,
} from '#app/integrations/shopify/segments.server.ts';
import { storeOutcome, storeRefused, storeSent, storeWritten, type PushRow } from './push-rows.server.ts';

interface Writing {
  version: number;
  there: ShopifySegment | null;
  content: SegmentContent;
}

/** Writes what Shopify doesn't have yet. Throws UpstreamError. */
export async function writeContent(found: PushRow, writing: Writing): Promise<void> {
  const { version, there, content } = writing;
  const push = there !== null && hasArrived(found, there) ? await confirm(found, there) : found;
  const isAnswered = content.name === push.sentName && content.query === push.sentQuery && push.isConfirmed;
  if (!isAnswered) return send(push, writing);
  if (push.trouble !== 'refused')
    return there === null ? send(push, writing) : storeOutcome(push, { version, there });
  // What Shopify refused it refuses again; staff may ask for another try.
  return push.isAsked
    ? send(push, writing)
    : storeOutcome(push, { version, there, trouble: 'refused', refusal: push.refusal });
}

/** Whether Shopify has what was sent although its answer did not arrive. */
function hasArrived(push: PushRow, there: ShopifySegment): boolean {
  if (push.isConfirmed) return false;
  const isAsBefore = there.name === push.writtenName && there.query === push.writtenQuery;
  return push.shopifySegmentId === null || !isAsBefore;
}

async function confirm(push: PushRow, there: ShopifySegment): Promise<PushRow> {
  await storeWritten(push, there);
  return { ...push, shopifySegmentId: there.shopifySegmentId, isConfirmed: true };
}

async function send(push: PushRow, { version, there, content }: Writing): Promise<void> {
  const { domain } = push;
  if (!(await storeSent(push, content))) return;
  const written =
    there === null
      ? await createShopifySegment(domain, content)
      : await updateShopifySegment(domain, there.shopifySegmentId, content);
  switch (written.outcome) {
    case 'written':
      await storeWritten(push, written.segment);
      return storeOutcome(push, { version, there: written.segment });
    case 'gone':
      return storeOutcome(push, { version, there: null, conflict: 'gone' });
    case 'refused':
      await storeRefused(push);
      return storeOutcome(push, { version, there, trouble: 'refused', refusal: written.message });
  }
}

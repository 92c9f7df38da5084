import { pool } from '#app/db.server.ts';
import { countSegment, sampleSegment } from './count-segment.server.ts';
import { findMissing } from './find-missing.server.ts';
import { nameRule } from './name-rule.server.ts';
import { wantUnread } from './shopify/want-unread.server.ts';
import type { RulePreview } from './answers.ts';
import type { SegmentNode } from './tree/tree.ts';

/** Whom a rule means while it is edited: how many, the first ten, the names it needs and what is gone. */
export async function previewRule(shopId: bigint, rule: SegmentNode): Promise<RulePreview> {
  const [count, sample, names, missing] = await Promise.all([
    countSegment(shopId, rule),
    sampleSegment(shopId, rule),
    nameRule(shopId, rule),
    findMissing(pool, shopId, rule),
  ]);
  await wantUnread(shopId, missing);
  return {
    ok: true,
    count,
    sample: sample.map(({ customerId, firstName, lastName, email, phone }) => ({
      customerId: customerId.toString(),
      firstName,
      lastName,
      email,
      phone,
    })),
    names,
    missing,
  };
}

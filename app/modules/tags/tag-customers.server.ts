/** Tags of customers, given and taken by staff: of one at once, of many by the worker. */
import { withTransaction } from '#app/db.server.ts';
import { addTags, removeTags } from '#app/integrations/shopify/tags.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import type { FieldErrorCode } from '#app/lib/field-errors.ts';
import { selectCustomers, type CustomerSelection } from '#app/modules/segments/selection.server.ts';
import type { TagChanged } from './change-catalogue.server.ts';
import { recordTagAnswers } from './record-tags.server.ts';
import { tagKey, tidyTag } from '#app/modules/customers/rules/tag-key.ts';
import { wrongWithTag } from './rules/tag-names.ts';
import { queueTagJob } from './tag-jobs.server.ts';
import { readCustomerTags } from './tags.queries.server.ts';

export type TagHow = 'add' | 'remove';

/**
 * Adds a tag to one customer or removes it, at Shopify and then here. When Shopify rejects it or does not respond, nothing
 * changes here and the field shows the error.
 */
export async function tagCustomer(
  shop: { shopId: bigint; domain: string },
  customerId: bigint,
  how: TagHow,
  name: string,
): Promise<{ ok: true } | { ok: false; code: FieldErrorCode }> {
  const { shopId, domain } = shop;
  const wrong = wrongWithTag(name);
  if (wrong && how === 'add') return { ok: false, code: wrong };
  const held = await readCustomerTags(shopId, customerId);
  if (held === null) return { ok: false, code: 'unknown_customer' };
  const tag = tidyTag(name);
  try {
    const call = how === 'add' ? addTags : removeTags;
    const answer = await call(domain, customerId, [tag]);
    if (answer.outcome === 'gone') return { ok: false, code: 'unknown_customer' };
    if (answer.outcome === 'refused')
      return { ok: false, code: answer.reason === 'too_many' ? 'too_many_tags' : 'refused' };
    const change = { shopId, customerId, name: tag, isOn: how === 'add', at: answer.at };
    await withTransaction((tx) => recordTagAnswers(tx, [change]));
    return { ok: true };
  } catch (error) {
    if (error instanceof UpstreamError) return { ok: false, code: 'not_saved' };
    throw error;
  }
}

/** Queues adding (or removing) a tag for the selected customers. No-ops are skipped. */
export async function tagSelection(
  shopId: bigint,
  selection: CustomerSelection,
  how: TagHow,
  name: string,
  actor: string,
): Promise<TagChanged> {
  const wrong = wrongWithTag(name);
  if (wrong) return { ok: false, field: 'tag', code: wrong };
  const tag = tidyTag(name);
  return withTransaction(async (tx) => {
    const { sql, values } = await selectCustomers(tx, shopId, selection);
    const has = `EXISTS (SELECT 1 FROM customer_tags t WHERE t.shop_id = $1 AND t.tag_key = $${values.length + 1}
      AND t.customer_id = s.customer_id AND t.is_on)`;
    const meant = {
      sql: `SELECT s.customer_id FROM (${sql}) s WHERE ${how === 'add' ? 'NOT ' : ''}${has}`,
      values: [...values, tagKey(tag)],
    };
    if (how === 'add') {
      await tx.query('INSERT INTO tags (shop_id, tag_key, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
        shopId,
        tagKey(tag),
        tag,
      ]);
    }
    const customers = await queueTagJob(tx, shopId, { kind: how, tag, target: null, actor }, meant);
    return { ok: true, customers };
  });
}

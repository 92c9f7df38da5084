/** The catalogue of tags: add, colour, rename, merge into another, remove everywhere. */
import { withTransaction, type Transaction } from '#app/db.server.ts';
import type { FieldErrorCode } from '#app/lib/field-errors.ts';
import { tagKey, tidyTag } from '#app/modules/customers/rules/tag-key.ts';
import { findKeptBy } from './kept/keep-tag.server.ts';
import { wrongWithTag, type TagColour } from './rules/tag-names.ts';
import { queueTagJob, HAVING_TAG } from './tag-jobs.server.ts';

/** `customers`: how many the worker changes now. */
export type TagChanged = { ok: true; customers: number } | { ok: false; field: string; code: FieldErrorCode };

const refused = (field: string, code: FieldErrorCode): TagChanged => ({ ok: false, field, code });
const DONE: TagChanged = { ok: true, customers: 0 };

/** Adds a tag that no customer has yet. */
export async function addTag(shopId: bigint, tag: { name: string; colour: TagColour }): Promise<TagChanged> {
  const wrong = wrongWithTag(tag.name);
  if (wrong) return refused('name', wrong);
  return withTransaction(async (tx) => {
    const { rowCount } = await tx.query(
      'INSERT INTO tags (shop_id, tag_key, name, colour) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      [shopId, tagKey(tag.name), tidyTag(tag.name), tag.colour],
    );
    return rowCount === 1 ? DONE : refused('name', 'name_taken');
  });
}

/** Changes a tag's name, its colour or both; a new name is written to every customer. */
export async function editTag(
  shopId: bigint,
  key: string,
  tag: { name: string; colour: TagColour },
  actor: string,
): Promise<TagChanged> {
  const wrong = wrongWithTag(tag.name);
  if (wrong) return refused('name', wrong);
  const target = tidyTag(tag.name);
  return withTransaction(async (tx) => {
    const name = await lockTag(tx, shopId, key);
    if (name === null) return refused('form', 'gone');
    if (target !== name && (await findKeptBy(tx, shopId, key)) !== null)
      return refused('name', 'kept_by_segment');
    if (tagKey(target) !== key && (await lockTag(tx, shopId, tagKey(target))) !== null)
      return refused('name', 'name_taken');
    await tx.query('UPDATE tags SET colour = $3 WHERE shop_id = $1 AND tag_key = $2', [
      shopId,
      key,
      tag.colour,
    ]);
    if (target === name) return DONE;
    if (tagKey(target) === key) await rewrite(tx, shopId, key, target);
    else
      await tx.query('INSERT INTO tags (shop_id, tag_key, name, colour) VALUES ($1, $2, $3, $4)', [
        shopId,
        tagKey(target),
        target,
        tag.colour,
      ]);
    return replace(tx, shopId, { kind: 'rename', tag: name, target, actor });
  });
}

/** Replaces a tag by another one of the catalogue at every customer that has it. */
export async function mergeTags(
  shopId: bigint,
  key: string,
  into: string,
  actor: string,
): Promise<TagChanged> {
  if (key === into) return refused('into', 'invalid');
  return withTransaction(async (tx) => {
    // In one order, so that two opposite merges cannot deadlock.
    const names = new Map<string, string | null>();
    for (const one of [key, into].toSorted()) names.set(one, await lockTag(tx, shopId, one));
    const [name, target] = [names.get(key) ?? null, names.get(into) ?? null];
    if (name === null) return refused('form', 'gone');
    if ((await findKeptBy(tx, shopId, key)) !== null) return refused('into', 'kept_by_segment');
    if (target === null) return refused('into', 'required');
    return replace(tx, shopId, { kind: 'merge', tag: name, target, actor });
  });
}

/** Removes a tag from every customer and from the catalogue. */
export async function removeTag(shopId: bigint, key: string, actor: string): Promise<TagChanged> {
  return withTransaction(async (tx) => {
    const name = await lockTag(tx, shopId, key);
    if (name === null) return refused('form', 'gone');
    if ((await findKeptBy(tx, shopId, key)) !== null) return refused('form', 'kept_by_segment');
    return replace(tx, shopId, { kind: 'delete', tag: name, target: null, actor });
  });
}

async function lockTag(tx: Transaction, shopId: bigint, key: string): Promise<string | null> {
  const { rows } = await tx.query<{ name: string }>(
    'SELECT name FROM tags WHERE shop_id = $1 AND tag_key = $2 FOR UPDATE',
    [shopId, key],
  );
  return rows[0]?.name ?? null;
}

/** Another case of the same tag is shown at once. */
async function rewrite(tx: Transaction, shopId: bigint, key: string, name: string): Promise<void> {
  const { rows } = await tx.query<{ name: string }>(
    'SELECT name FROM tags WHERE shop_id = $1 AND tag_key = $2',
    [shopId, key],
  );
  await tx.query('UPDATE tags SET name = $3 WHERE shop_id = $1 AND tag_key = $2', [shopId, key, name]);
  await tx.query(
    `UPDATE customers SET tags = array_replace(tags, $3, $4) WHERE shop_id = $1
       AND customer_id IN (SELECT customer_id FROM customer_tags WHERE shop_id = $1 AND tag_key = $2 AND is_on)`,
    [shopId, key, rows[0]?.name, name],
  );
}

/** The worker replaces it at every customer; a tag that no one has is deleted at once. */
async function replace(
  tx: Transaction,
  shopId: bigint,
  job: { kind: 'rename' | 'merge' | 'delete'; tag: string; target: string | null; actor: string },
): Promise<TagChanged> {
  const key = tagKey(job.tag);
  const customers = await queueTagJob(tx, shopId, job, { sql: HAVING_TAG, values: [shopId, key] });
  const isSame = job.target !== null && tagKey(job.target) === key;
  if (customers === 0 && !isSame) {
    await tx.query('DELETE FROM tags WHERE shop_id = $1 AND tag_key = $2', [shopId, key]);
  }
  return { ok: true, customers };
}

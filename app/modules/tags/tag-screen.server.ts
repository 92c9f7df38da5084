import { z } from 'zod';
import { withTransaction } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSelection } from '#app/modules/segments/selection.server.ts';
import { addTag, editTag, mergeTags, removeTag, type TagChanged } from './change-catalogue.server.ts';
import { readColour } from './rules/tag-names.ts';
import { tagCustomer, tagSelection } from './tag-customers.server.ts';
import { retryTagJob } from './tag-jobs.server.ts';
import { listTagJobs, listTags, readCustomerTags, TAGS_LISTED_MAX } from './tags.queries.server.ts';

/** What is done, and at how many customers the worker does it now. */
export type TagAnswer = { ok: true; customers: number } | { ok: false; errors: FieldErrors };

interface TagShop {
  shopId: bigint;
  domain: string;
}

/** The catalogue and what the worker is at. */
export async function readTagScreen(shopId: bigint) {
  const [tags, jobs] = await Promise.all([listTags(shopId), listTagJobs(shopId)]);
  return { tags, jobs, isCut: tags.length >= TAGS_LISTED_MAX };
}

export type TagScreenView = Awaited<ReturnType<typeof readTagScreen>>;

/** Reads the tags of a customer and those that can be added; null for an unknown customer. */
export async function readTagsCard(shopId: bigint, customerId: bigint) {
  const [tags, catalogue] = await Promise.all([readCustomerTags(shopId, customerId), listTags(shopId)]);
  return tags && { tags, catalogue: catalogue.map(({ name }) => name) };
}

export type TagsCardView = NonNullable<Awaited<ReturnType<typeof readTagsCard>>>;

const text = z.string().catch('');
const formSchema = z
  .object({ intent: text, tagKey: text, name: text, colour: text, into: text, jobId: text })
  .catch({ intent: '', tagKey: '', name: '', colour: '', into: '', jobId: '' });

/** Does what the screen of tags asks for. `readActor` is only asked where it is written down. */
export async function actOnTags(
  { shopId }: TagShop,
  values: Record<string, unknown>,
  readActor: () => Promise<string>,
): Promise<TagAnswer> {
  const form = formSchema.parse(values);
  const tag = { name: form.name, colour: readColour(form.colour) };
  switch (form.intent) {
    case 'add':
      return answerOf(await addTag(shopId, tag));
    case 'edit':
      return answerOf(await editTag(shopId, form.tagKey, tag, await readActor()));
    case 'merge':
      return answerOf(await mergeTags(shopId, form.tagKey, form.into, await readActor()));
    case 'remove':
      return answerOf(await removeTag(shopId, form.tagKey, await readActor()));
    case 'retry':
      return retry(shopId, form.jobId);
    default:
      return tagMany(shopId, form.intent, form.name, values, readActor);
  }
}

async function retry(shopId: bigint, jobText: string): Promise<TagAnswer> {
  const jobId = readIdParam(jobText);
  const isTried = jobId !== null && (await withTransaction((tx) => retryTagJob(tx, shopId, jobId)));
  return isTried
    ? { ok: true, customers: 0 }
    : { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
}

async function tagMany(
  shopId: bigint,
  intent: string,
  name: string,
  values: Record<string, unknown>,
  readActor: () => Promise<string>,
): Promise<TagAnswer> {
  const how = intent === 'give' ? 'add' : intent === 'take' ? 'remove' : null;
  const selection = readSelection(values.selection);
  if (how === null || selection === null) return { ok: false, errors: { form: { code: 'invalid' } } };
  return answerOf(await tagSelection(shopId, selection, how, name, await readActor()));
}

/** Adds a tag to one customer, or removes it. */
export async function actOnCustomerTags(
  shop: TagShop,
  customerId: bigint,
  values: Record<string, unknown>,
): Promise<TagAnswer> {
  const form = formSchema.parse(values);
  const how = form.intent === 'remove' ? 'remove' : 'add';
  const done = await tagCustomer(shop, customerId, how, form.name);
  return done.ok ? { ok: true, customers: 1 } : { ok: false, errors: { name: { code: done.code } } };
}

function answerOf(changed: TagChanged): TagAnswer {
  if (changed.ok) return { ok: true, customers: changed.customers };
  return { ok: false, errors: { [changed.field]: { code: changed.code } } };
}

import { z } from 'zod';
import { pool } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { canBeSegment, filterTree, listPage, readCustomerFilter, EVERYBODY } from '../customer-filter.ts';
import { parseTree } from '../tree/tree.ts';
import { momentNow } from '../read-moment.server.ts';
import {
  changeSegment,
  deleteSegment,
  duplicateSegment,
  saveSegment,
  type SegmentChanged,
  type SegmentDeleted,
} from './change-segments.server.ts';
import type { FindSegmentUses } from './find-uses.server.ts';
import { listSegments } from './segments.queries.server.ts';
import { storeCount } from './store-count.server.ts';

/** The shop's segments, and the settings of those that are ready to add. */
export async function readSegmentScreen(shopId: bigint) {
  const [segments, { lifecycle }] = await Promise.all([listSegments(shopId), momentNow(shopId)]);
  return { segments, lifecycle };
}

export type SegmentScreenView = Awaited<ReturnType<typeof readSegmentScreen>>;

/** What was done, and the screen that shows it. */
export type SegmentAnswer = { ok: true; goTo: string } | { ok: false; errors: FieldErrors };

/** The status of an answer: 409 where another person was faster. */
export function segmentStatus(answer: SegmentAnswer): number {
  if (answer.ok) return 200;
  return answer.errors.form?.code === 'changed_meanwhile' ? 409 : 422;
}

const SEGMENTS = '/app/customers/segments';
/** As a selection: a filter as an address. */
const ADDRESS_CHARACTERS_MAX = 50_000;

const text = z.string().catch('');
const formSchema = z.object({
  intent: text,
  segmentId: text,
  version: z.coerce.number().int().catch(0),
  name: text,
  filter: z.string().max(ADDRESS_CHARACTERS_MAX).catch(''),
  rule: z.string().max(ADDRESS_CHARACTERS_MAX).catch(''),
  there: text,
});

const invalid: SegmentAnswer = { ok: false, errors: { form: { code: 'invalid' } } };

/** Does what a screen of segments asks for. `users` are asked before a segment is deleted. */
export async function actOnSegments(
  shopId: bigint,
  values: Record<string, unknown>,
  readActor: () => Promise<string>,
  users: readonly FindSegmentUses[],
): Promise<SegmentAnswer> {
  const { intent, name, version, filter, rule, there, segmentId: idText } = formSchema.parse(values);
  if (intent === 'create') return create(shopId, name, filter, readActor);
  const segmentId = readIdParam(idText);
  if (segmentId === null) return invalid;
  switch (intent) {
    case 'rename':
      return answerOf(
        await changeSegment(shopId, { segmentId, version, name, rule: null }, await readActor()),
      );
    case 'change': {
      const tree = parseTree(rule);
      if (tree === null) return { ok: false, errors: { rule: { code: 'required' } } };
      return counted(
        shopId,
        await changeSegment(shopId, { segmentId, version, name, rule: tree }, await readActor()),
      );
    }
    case 'duplicate':
      return counted(shopId, await duplicateSegment(shopId, { segmentId, name }, await readActor()));
    case 'delete':
      return deletedOf(await deleteSegment(shopId, segmentId, users, readThere(there)));
    default:
      return invalid;
  }
}

/** Whether what was pushed to Shopify is deleted there, too; null for no choice. */
const readThere = (there: string) => (there === 'delete' ? true : there === 'leave' ? false : null);

function deletedOf(deleted: SegmentDeleted): SegmentAnswer {
  if (deleted.ok) return { ok: true, goTo: SEGMENTS };
  const errors: FieldErrors =
    deleted.refusal === 'pushed' ? { there: { code: 'required' } } : { form: { code: 'in_use' } };
  return { ok: false, errors };
}

/** Of the list's filter as its address has it. A filter that filters nothing is no segment. */
async function create(
  shopId: bigint,
  name: string,
  address: string,
  readActor: () => Promise<string>,
): Promise<SegmentAnswer> {
  const params = readSearchParams(address);
  const filter = readCustomerFilter(params);
  const rule = filterTree(filter);
  const isRead = !params.has('rule') || filter.rule !== null;
  if (rule === null || !isRead || !canBeSegment(filter)) return invalid;
  return counted(shopId, await saveSegment(shopId, { name, rule }, await readActor()));
}

async function counted(shopId: bigint, changed: SegmentChanged): Promise<SegmentAnswer> {
  if (changed.ok) {
    await storeCount(shopId, changed.segmentId);
    await wakeTask(pool, 'evaluate-segments');
  }
  return answerOf(changed);
}

function answerOf(changed: SegmentChanged): SegmentAnswer {
  if (!changed.ok) return { ok: false, errors: { [changed.field]: { code: changed.code } } };
  return { ok: true, goTo: listPage({ ...EVERYBODY, segmentId: changed.segmentId }) };
}

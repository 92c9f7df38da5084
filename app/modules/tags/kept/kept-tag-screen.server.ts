/** A segment that is kept as a tag, for its screen. */
import { z } from 'zod';
import { pool, withTransaction } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { countSegment } from '#app/modules/segments/count-segment.server.ts';
import { hasTag } from '#app/modules/segments/count-doors.ts';
import { allOf, type SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { retryTagJob } from '../tag-jobs.server.ts';
import { listTagJobs, type TagJobView } from '../tags.queries.server.ts';
import { compareNow, keepTag, stopTag } from './keep-tag.server.ts';

export interface KeptTagView {
  tag: string;
  tagKey: string;
  /** `ending`: it is being taken off. */
  state: 'on' | 'ending';
  /** Why tags are left as they are; null if they aren't. */
  trouble: 'not_computable' | 'names_itself' | null;
  /** When members and tags were last compared; null before the first time. */
  comparedAt: Date | null;
  /** Customers who got the tag by being members, and still have it. */
  tagged: number;
  /** Members who have the tag, however they got it; null while the segment can't be computed. */
  members: number | null;
  /** All customers who have the tag. */
  everyone: number;
  /** How far the worker is with writing it, the newest first. */
  jobs: TagJobView[];
}

const READ = `
  SELECT k.tag, k.tag_key AS "tagKey", k.state, k.trouble, k.compared_at AS "comparedAt", n.tagged FROM segment_tags k
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS tagged FROM customer_tags t
        JOIN customers c ON c.shop_id = $1 AND c.customer_id = t.customer_id AND c.state = 'active'
        JOIN segment_tagged d ON d.shop_id = $1 AND d.segment_id = $2 AND d.customer_id = t.customer_id
       WHERE t.shop_id = $1 AND t.tag_key = k.tag_key AND t.is_on) n
   WHERE k.shop_id = $1 AND k.segment_id = $2`;

/** How a segment is kept as a tag; null if it isn't. Its rule is null while it can't be computed. */
export async function readKeptTag(
  shopId: bigint,
  { segmentId, rule }: { segmentId: bigint; rule: SegmentNode | null },
): Promise<KeptTagView | null> {
  const { rows } = await pool.query<Omit<KeptTagView, 'jobs' | 'members' | 'everyone'>>(READ, [
    shopId,
    segmentId,
  ]);
  const [kept] = rows;
  if (!kept) return null;
  const tag = hasTag(kept.tagKey);
  const both = rule === null ? null : allOf([tag, rule]);
  const [members, everyone, jobs] = await Promise.all([
    both === null ? null : countSegment(shopId, both),
    countSegment(shopId, tag),
    listTagJobs(shopId, segmentId),
  ]);
  return { ...kept, members, everyone, jobs };
}

export type KeptTagAnswer = { ok: true } | { ok: false; errors: FieldErrors };

const text = z.string().catch('');
const formSchema = z.object({ intent: text, tag: text, removes: text, jobId: text });
const refused = (field: string, code: FieldErrors[string]['code']): KeptTagAnswer => ({
  ok: false,
  errors: { [field]: { code } },
});

/** Does what the screen of a segment asks for about its tag; null if it asks for nothing of it. */
export async function actOnKeptTag(
  shopId: bigint,
  segmentId: bigint,
  values: Record<string, unknown>,
  readActor: () => Promise<string>,
): Promise<KeptTagAnswer | null> {
  const { intent, tag, removes, jobId: jobText } = formSchema.parse(values);
  switch (intent) {
    case 'keep_tag': {
      const kept = await keepTag(shopId, segmentId, tag, await readActor());
      return kept.ok ? kept : refused(kept.field, kept.code);
    }
    case 'stop_tag':
      // Whether the tag goes has no default.
      if (removes !== 'yes' && removes !== 'no') return refused('removes', 'required');
      return (await stopTag(shopId, segmentId, removes === 'yes'))
        ? { ok: true }
        : refused('form', 'changed_meanwhile');
    case 'compare_tag':
      await compareNow(shopId, segmentId);
      return { ok: true };
    case 'retry': {
      const jobId = readIdParam(jobText);
      const isTried = jobId !== null && (await withTransaction((tx) => retryTagJob(tx, shopId, jobId)));
      return isTried ? { ok: true } : refused('form', 'changed_meanwhile');
    }
    default:
      return null;
  }
}

/** A segment that is kept as a tag, for its screen. */
import { z } from 'zod';
import { pool, withTransaction } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { retryTagJob } from '../tag-jobs.server.ts';
import { listTagJobs, type TagJobView } from '../tags.queries.server.ts';
import { compareNow, keepTag, stopTag } from './keep-tag.server.ts';

export interface KeptTagView {
  tag: string;
  /** `ending`: it is being taken off. */
  state: 'on' | 'ending';
  /** Why tags are left as they are; null if they aren't. */
  trouble: 'not_computable' | 'names_itself' | null;
  /** When members and tags were last compared; null before the first time. */
  comparedAt: Date | null;
  /** Customers who have the tag by being members. */
  tagged: number;
  /** Customers who have the tag without that: they keep it. */
  others: number;
  /** How far the worker is with writing it, the newest first. */
  jobs: TagJobView[];
}

const READ = `
  SELECT k.tag, k.state, k.trouble, k.compared_at AS "comparedAt", n.tagged, n.others FROM segment_tags k
    CROSS JOIN LATERAL (
      SELECT count(d.customer_id)::int AS tagged, (count(*) - count(d.customer_id))::int AS others FROM customer_tags t
        JOIN customers c ON c.shop_id = $1 AND c.customer_id = t.customer_id AND c.state = 'active'
        LEFT JOIN segment_tagged d ON d.shop_id = $1 AND d.segment_id = $2 AND d.customer_id = t.customer_id
       WHERE t.shop_id = $1 AND t.tag_key = k.tag_key AND t.is_on) n
   WHERE k.shop_id = $1 AND k.segment_id = $2`;

/** How a segment is kept as a tag; null if it isn't. */
export async function readKeptTag(shopId: bigint, segmentId: bigint): Promise<KeptTagView | null> {
  const { rows } = await pool.query<Omit<KeptTagView, 'jobs'>>(READ, [shopId, segmentId]);
  const [kept] = rows;
  return kept ? { ...kept, jobs: await listTagJobs(shopId, segmentId) } : null;
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

/** A segment that is pushed to Shopify, for its screen. */
import { z } from 'zod';
import { pool } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { nameRule } from '../name-rule.server.ts';
import type { FindSegmentUses } from '../saved/find-uses.server.ts';
import type { RuleNames } from '../sentence/names.ts';
import {
  checkNow,
  pushSegment,
  stopPush,
  takeTheirs,
  writeOurs,
  type Pushed,
} from './push-segment.server.ts';
import { requireCurrency } from './wanted-content.server.ts';
import { readTheirRule, type TheirRule } from './their-rule.ts';
import type { PushTrouble } from './push-trouble.ts';

export interface PushView {
  /** `ending`: it is being deleted at Shopify. */
  state: 'on' | 'ending';
  /** The worker writes or compares it next. */
  isWaiting: boolean;
  /** What Shopify calls it; null before it was created. */
  name: string | null;
  writtenAt: Date | null;
  checkedAt: Date | null;
  /** Why it isn't written: it was changed or deleted there. */
  conflict: 'changed' | 'gone' | null;
  /** What it was changed to; null unless it was. */
  theirs: (TheirRule & { name: string; query: string; names: RuleNames }) | null;
  trouble: PushTrouble | null;
  /** What Shopify says when it refuses it. */
  refusal: string | null;
}

type Row = Omit<PushView, 'theirs'> & {
  theirName: string | null;
  theirQuery: string | null;
  currency: string;
};

const READ = `
  SELECT k.state, k.state = 'ending' OR k.checked_at IS NULL OR coalesce(k.requested_at > k.checked_at, false)
      OR k.version IS DISTINCT FROM g.version AS "isWaiting",
    k.written_name AS name, k.written_at AS "writtenAt", k.checked_at AS "checkedAt", k.conflict, k.their_name AS "theirName",
    k.their_query AS "theirQuery", k.trouble, k.refusal
  FROM segment_pushes k LEFT JOIN segments g ON g.shop_id = k.shop_id AND g.segment_id = k.segment_id
  WHERE k.shop_id = $1 AND k.segment_id = $2`;

/** How a segment is pushed to Shopify; null if it isn't. */
export async function readPush(shopId: bigint, segmentId: bigint): Promise<PushView | null> {
  const { rows } = await pool.query<Row>(READ, [shopId, segmentId]);
  const [row] = rows;
  if (!row) return null;
  const { theirName, theirQuery, ...push } = row;
  if (theirName === null || theirQuery === null) return { ...push, theirs: null };
  const read = readTheirRule(theirQuery, await requireCurrency(shopId));
  const names = read.rule === null ? {} : await nameRule(shopId, read.rule);
  return { ...push, theirs: { ...read, name: theirName, query: theirQuery, names } };
}

/** A segment that is pushed to Shopify: deleting it asks what becomes of the one there. */
export const findPushes: FindSegmentUses = async (db, shopId, segmentId) => {
  const { rows } = await db.query<{ name: string }>(
    `SELECT coalesce(k.written_name, g.name) AS name FROM segment_pushes k JOIN segments g USING (shop_id, segment_id)
      WHERE k.shop_id = $1 AND k.segment_id = $2 AND k.state = 'on'`,
    [shopId, segmentId],
  );
  return rows.map(({ name }) => ({
    what: 'shopify',
    name,
    address: `/app/customers/segments/${segmentId}`,
    isRunning: false,
  }));
};

export type PushAnswer = { ok: true } | { ok: false; errors: FieldErrors };

const text = z.string().catch('');
const formSchema = z.object({
  intent: text,
  there: text,
  conflict: text,
  query: text,
  version: z.coerce.number().int().catch(0),
});

const answerOf = (pushed: Pushed): PushAnswer =>
  pushed.ok ? pushed : { ok: false, errors: { [pushed.field]: { code: pushed.code } } };

/** Does what the screen of a segment asks for about Shopify; null if it asks for nothing of it. */
export async function actOnPush(
  shopId: bigint,
  segmentId: bigint,
  values: Record<string, unknown>,
  readActor: () => Promise<string>,
): Promise<PushAnswer | null> {
  const { intent, there, conflict, query, version } = formSchema.parse(values);
  switch (intent) {
    case 'push':
      return answerOf(await pushSegment(shopId, segmentId, await readActor()));
    case 'stop_push':
      // What becomes of it there has no default.
      if (there !== 'delete' && there !== 'leave')
        return { ok: false, errors: { there: { code: 'required' } } };
      return answerOf(await stopPush(shopId, segmentId, there === 'delete'));
    case 'check_push':
      return answerOf(await checkNow(shopId, segmentId));
    case 'write_ours': {
      const seen = { conflict, query: conflict === 'changed' ? query : null };
      return answerOf(await writeOurs(shopId, segmentId, seen));
    }
    case 'take_theirs':
      return answerOf(await takeTheirs(shopId, { segmentId, version, query }, await readActor()));
    default:
      return null;
  }
}

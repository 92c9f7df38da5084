/** Stored campaigns. */
import { z } from 'zod';
import { pool, type Queryable } from '#app/db.server.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { readSelection } from '#app/modules/segments/selection.server.ts';
import { checkText, TEXT_LANGUAGES, type TextLanguage } from './rules/fill-text.ts';

export type CampaignState = 'draft' | 'running' | 'paused' | 'canceled' | 'finished';

export interface Campaign {
  campaignId: bigint;
  name: string;
  state: CampaignState;
  audience: unknown;
  language: TextLanguage;
  text: string;
  version: number;
  holdId: bigint | null;
  quotedMicros: bigint | null;
  pauseCode: number | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

const COLUMNS = `campaign_id AS "campaignId", name, state, audience, language, text, version, hold_id AS "holdId",
  quoted_micros AS "quotedMicros", pause_code AS "pauseCode", created_at AS "createdAt", started_at AS "startedAt",
  finished_at AS "finishedAt"`;

const CAMPAIGNS_LISTED_MAX = 100;

/** Finds a campaign; null when the shop has none with this id. */
export async function findCampaign(
  db: Queryable,
  shopId: bigint,
  campaignId: bigint,
): Promise<Campaign | null> {
  const { rows } = await db.query<Campaign>(
    `SELECT ${COLUMNS} FROM campaigns WHERE shop_id = $1 AND campaign_id = $2`,
    [shopId, campaignId],
  );
  return rows[0] ?? null;
}

export interface ListedCampaign extends Campaign {
  recipients: number;
}

/** The shop's newest campaigns. */
export async function listCampaigns(shopId: bigint): Promise<ListedCampaign[]> {
  const { rows } = await pool.query<ListedCampaign>(
    `SELECT ${COLUMNS}, (SELECT count(*)::int FROM messages m WHERE m.shop_id = c.shop_id AND m.campaign_id = c.campaign_id
       AND m.state <> 'excluded') AS recipients
      FROM campaigns c WHERE shop_id = $1 ORDER BY campaign_id DESC LIMIT ${CAMPAIGNS_LISTED_MAX}`,
    [shopId],
  );
  return rows;
}

const NAME_CHARACTERS_MAX = 80;
const TEXT_CHARACTERS_MAX = 1_000;

const form = z.object({
  name: z.string().trim().min(1, 'required').max(NAME_CHARACTERS_MAX, 'too_long'),
  /** Empty for all customers, else a segment's id. */
  segment: z.string().regex(/^\d{0,18}$/, 'invalid'),
  language: z.enum(TEXT_LANGUAGES),
  text: z
    .string()
    .trim()
    .min(1, 'required')
    .max(TEXT_CHARACTERS_MAX, 'too_long')
    .superRefine((text, context) => {
      const problem = checkText(text);
      if (problem) context.addIssue(problem);
    }),
});

/** Saves a draft; a new one without `campaignId`. A campaign that was started can't be changed. */
export async function saveCampaign(
  shopId: bigint,
  campaignId: bigint | null,
  input: unknown,
  actor: string,
): Promise<{ ok: true; campaignId: bigint } | { ok: false; errors: FieldErrors }> {
  const parsed = form.safeParse(input);
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error) };
  const { name, segment, language, text } = parsed.data;
  const audience = JSON.stringify({ filter: segment === '' ? '' : `segment=${segment}` });
  const values = [shopId, name, audience, language, text];
  const { rows } =
    campaignId === null
      ? await pool.query<{ campaignId: bigint }>(
          `INSERT INTO campaigns (shop_id, name, audience, language, text, created_by) VALUES ($1, $2, $3, $4, $5, $6)
           RETURNING campaign_id AS "campaignId"`,
          [...values, actor],
        )
      : await pool.query<{ campaignId: bigint }>(
          `UPDATE campaigns SET name = $2, audience = $3, language = $4, text = $5, version = version + 1, updated_at = clock_timestamp()
            WHERE shop_id = $1 AND campaign_id = $6 AND state = 'draft' RETURNING campaign_id AS "campaignId"`,
          [...values, campaignId],
        );
  const [saved] = rows;
  return saved
    ? { ok: true, campaignId: saved.campaignId }
    : { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
}

/** A campaign's customers and text, as sending needs them; an audience that can't be read is nobody. */
export function textOf({ language, text, audience }: Campaign) {
  return { language, text, selection: readSelection(audience) ?? { ids: [] } };
}

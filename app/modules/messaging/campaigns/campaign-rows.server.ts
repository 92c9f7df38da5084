/** Stored campaigns. */
import { pool, type Queryable } from '#app/db.server.ts';
import { readAudience, type Audience } from './audience.ts';
import type { CampaignState } from './campaign-states.ts';
import { TEXT_LANGUAGES, type TextLanguage, type Texts } from './rules/campaign-texts.ts';
import type { Timing } from '../limits/rules/send-time.ts';

export interface Campaign extends Texts {
  campaignId: bigint;
  name: string;
  state: CampaignState;
  audience: Audience;
  version: number;
  templateId: bigint | null;
  holdoutPercent: number;
  /** Where its counted links lead; empty where none is counted. */
  linkTargets: readonly string[];
  timing: Timing;
  holdId: bigint | null;
  /** What its recipients cost, once they are frozen. */
  quotedMicros: bigint | null;
  pauseCode: number | null;
  pauseReason: string | null;
  createdBy: string;
  askedBy: string | null;
  approvedBy: string | null;
  createdAt: Date;
  freezeTotal: number | null;
  freezeDone: number;
  /** The last customer whose message was worked out. */
  freezeAfter: bigint;
  frozenAt: Date | null;
  /** Who gets a message, once that is known. */
  recipients: number;
  dueAt: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
}

interface Row extends Omit<Campaign, 'audience' | 'texts' | 'timing'> {
  audience: unknown;
  texts: Record<string, unknown>;
  timingKind: string;
  sendAt: string | null;
  spreadHours: number | null;
}

const COLUMNS = `campaign_id AS "campaignId", name, state, audience, language, text, texts, version, template_id AS "templateId",
  holdout_percent AS "holdoutPercent", link_targets AS "linkTargets", timing AS "timingKind", send_at AS "sendAt", spread_hours AS "spreadHours", hold_id AS "holdId",
  quoted_micros AS "quotedMicros", pause_code AS "pauseCode", pause_reason AS "pauseReason", created_by AS "createdBy",
  asked_by AS "askedBy", approved_by AS "approvedBy", created_at AS "createdAt", freeze_total AS "freezeTotal",
  freeze_done AS "freezeDone", freeze_after AS "freezeAfter", frozen_at AS "frozenAt", recipients, due_at AS "dueAt", started_at AS "startedAt", finished_at AS "finishedAt"`;

const CAMPAIGNS_LISTED_MAX = 100;

function toCampaign({ audience, texts, timingKind, sendAt, spreadHours, ...row }: Row): Campaign {
  return {
    ...row,
    audience: readAudience(audience),
    texts: readTexts(texts),
    timing:
      timingKind === 'local' && sendAt !== null
        ? { kind: 'local', sendAt }
        : timingKind === 'spread' && spreadHours !== null
          ? { kind: 'spread', hours: spreadHours }
          : { kind: 'now' },
  };
}

function readTexts(stored: Record<string, unknown>): Partial<Record<TextLanguage, string>> {
  const texts: Partial<Record<TextLanguage, string>> = {};
  for (const language of TEXT_LANGUAGES) {
    const text = stored[language];
    if (typeof text === 'string' && text !== '') texts[language] = text;
  }
  return texts;
}

/** Finds a campaign; null when the shop has none with this id. */
export async function findCampaign(
  db: Queryable,
  shopId: bigint,
  campaignId: bigint,
): Promise<Campaign | null> {
  const { rows } = await db.query<Row>(
    `SELECT ${COLUMNS} FROM campaigns WHERE shop_id = $1 AND campaign_id = $2`,
    [shopId, campaignId],
  );
  return rows[0] ? toCampaign(rows[0]) : null;
}

/** Finds a campaign and locks it until the transaction ends. */
export async function lockCampaign(
  tx: Queryable,
  shopId: bigint,
  campaignId: bigint,
): Promise<Campaign | null> {
  await tx.query('SELECT 1 FROM campaigns WHERE shop_id = $1 AND campaign_id = $2 FOR UPDATE', [
    shopId,
    campaignId,
  ]);
  return findCampaign(tx, shopId, campaignId);
}

/** The shop's newest campaigns. */
export async function listCampaigns(shopId: bigint): Promise<Campaign[]> {
  const { rows } = await pool.query<Row>(
    `SELECT ${COLUMNS} FROM campaigns WHERE shop_id = $1 ORDER BY campaign_id DESC LIMIT ${CAMPAIGNS_LISTED_MAX}`,
    [shopId],
  );
  return rows.map(toCampaign);
}

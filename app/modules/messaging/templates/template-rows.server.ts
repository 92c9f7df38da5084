/** Texts that are used again: by language, each change a version. */
import { z } from 'zod';
import { pool, withTransaction, type Queryable, type Transaction } from '#app/db.server.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { TEXT_LANGUAGES, type TextLanguage } from '../campaigns/rules/campaign-texts.ts';
import { campaignText } from '../campaigns/save-campaign.server.ts';

const NAME_CHARACTERS_MAX = 80;
const TEMPLATES_MAX = 200;

export interface TemplateText {
  language: TextLanguage;
  text: string;
}

export interface Template {
  templateId: bigint;
  name: string;
  version: number;
  updatedAt: Date;
  texts: TemplateText[];
}

/** Of every language the text of its newest version; an empty one is none. */
const READ = `
  SELECT t.template_id AS "templateId", t.name, t.version, t.updated_at AS "updatedAt",
    coalesce((SELECT json_agg(json_build_object('language', x.language, 'text', x.text) ORDER BY x.language) FROM (
      SELECT DISTINCT ON (language) language, text FROM message_template_texts v
       WHERE v.shop_id = t.shop_id AND v.template_id = t.template_id ORDER BY language, version DESC) x WHERE x.text <> ''), '[]') AS texts
  FROM message_templates t WHERE t.shop_id = $1 AND ($2::bigint IS NULL OR t.template_id = $2) ORDER BY lower(t.name) LIMIT ${TEMPLATES_MAX}`;

interface Row extends Omit<Template, 'texts'> {
  texts: { language: string; text: string }[];
}

/** Reads the shop's templates with their texts, by name; of `templateId` only, if given. */
export async function listTemplateTexts(
  shopId: bigint,
  templateId: bigint | null = null,
): Promise<Template[]> {
  const { rows } = await pool.query<Row>(READ, [shopId, templateId]);
  return rows.map((row) => ({
    ...row,
    texts: row.texts.flatMap(({ language, text }) => {
      const known = TEXT_LANGUAGES.find((each) => each === language);
      return known === undefined ? [] : [{ language: known, text }];
    }),
  }));
}

const form = z
  .object({
    name: z.string().trim().min(1, 'required').max(NAME_CHARACTERS_MAX, 'too_long'),
    text_en: campaignText,
    text_id: campaignText,
    text_th: campaignText,
    text_fa: campaignText,
  })
  .refine(({ text_en, text_id, text_th, text_fa }) => text_en + text_id + text_th + text_fa !== '', {
    path: ['text_en'],
    message: 'required',
  });

export type TemplateSaved = { ok: true; templateId: bigint } | { ok: false; errors: FieldErrors };

/** Saves a template, a new one without `templateId`. What it said before stays as an older version. */
export async function saveTemplate(
  shopId: bigint,
  templateId: bigint | null,
  input: unknown,
  actor: string,
): Promise<TemplateSaved> {
  const parsed = form.safeParse(input);
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error) };
  const { name, ...texts } = parsed.data;
  return withTransaction(async (tx) => {
    const known = await nameTemplate(tx, { shopId, templateId, name, actor });
    if (known === 'taken') return { ok: false, errors: { name: { code: 'name_taken' } } };
    if (known === null) return { ok: false, errors: { form: { code: 'gone' } } };
    await storeTexts(
      tx,
      { shopId, templateId: known, actor },
      TEXT_LANGUAGES.map((language) => ({
        language,
        text: texts[`text_${language}`],
      })),
    );
    return { ok: true, templateId: known };
  });
}

interface Naming {
  shopId: bigint;
  templateId: bigint | null;
  name: string;
  actor: string;
}

async function nameTemplate(
  tx: Transaction,
  { shopId, templateId, name, actor }: Naming,
): Promise<bigint | 'taken' | null> {
  const { rows: others } = await tx.query(
    `SELECT 1 FROM message_templates WHERE shop_id = $1 AND lower(name) = lower($2) AND template_id IS DISTINCT FROM $3`,
    [shopId, name, templateId],
  );
  if (others.length > 0) return 'taken';
  const { rows } =
    templateId === null
      ? await tx.query<{ id: bigint }>(
          `INSERT INTO message_templates (shop_id, name, version, created_by) VALUES ($1, $2, 0, $3) ON CONFLICT DO NOTHING RETURNING template_id AS id`,
          [shopId, name, actor],
        )
      : await tx.query<{ id: bigint }>(
          `UPDATE message_templates SET name = $3, updated_at = clock_timestamp() WHERE shop_id = $1 AND template_id = $2 RETURNING template_id AS id`,
          [shopId, templateId, name],
        );
  return rows[0]?.id ?? (templateId === null ? 'taken' : null);
}

/** Stores the texts that differ from those before, as the next version. */
async function storeTexts(
  tx: Transaction,
  { shopId, templateId, actor }: { shopId: bigint; templateId: bigint; actor: string },
  texts: readonly TemplateText[],
): Promise<void> {
  const { rows } = await tx.query<{ language: string; text: string }>(
    `SELECT DISTINCT ON (language) language, text FROM message_template_texts WHERE shop_id = $1 AND template_id = $2
      ORDER BY language, version DESC`,
    [shopId, templateId],
  );
  const before = new Map(rows.map(({ language, text }) => [language, text]));
  const changed = texts.filter(({ language, text }) => (before.get(language) ?? '') !== text);
  if (changed.length === 0) return;
  await tx.query(
    `WITH next AS (UPDATE message_templates SET version = version + 1 WHERE shop_id = $1 AND template_id = $2 RETURNING version)
     INSERT INTO message_template_texts (shop_id, template_id, version, language, text, changed_by)
     SELECT $1, $2, next.version, n.language, n.text, $3 FROM next, unnest($4::text[], $5::text[]) AS n (language, text)`,
    [shopId, templateId, actor, changed.map(({ language }) => language), changed.map(({ text }) => text)],
  );
}

/** Deletes a template. Campaigns have its text of their own and stay as they are. */
export async function deleteTemplate(shopId: bigint, templateId: bigint): Promise<boolean> {
  return withTransaction(async (tx) => {
    await tx.query('DELETE FROM message_template_texts WHERE shop_id = $1 AND template_id = $2', [
      shopId,
      templateId,
    ]);
    const { rowCount } = await tx.query(
      'DELETE FROM message_templates WHERE shop_id = $1 AND template_id = $2',
      [shopId, templateId],
    );
    return rowCount === 1;
  });
}

export interface TemplateVersion {
  version: number;
  language: string;
  text: string;
  changedBy: string;
  changedAt: Date;
}

/** What a template said, the newest version first. */
export async function listVersions(
  db: Queryable,
  shopId: bigint,
  templateId: bigint,
): Promise<TemplateVersion[]> {
  const { rows } = await db.query<TemplateVersion>(
    `SELECT version, language, text, changed_by AS "changedBy", changed_at AS "changedAt" FROM message_template_texts
      WHERE shop_id = $1 AND template_id = $2 ORDER BY version DESC, language LIMIT ${TEMPLATES_MAX}`,
    [shopId, templateId],
  );
  return rows;
}

export interface TemplateUse {
  campaignId: bigint;
  name: string;
  createdAt: Date;
}

/** Campaigns that were written from a template, the newest first. */
export async function listUses(shopId: bigint, templateId: bigint): Promise<TemplateUse[]> {
  const { rows } = await pool.query<TemplateUse>(
    `SELECT campaign_id AS "campaignId", name, created_at AS "createdAt" FROM campaigns WHERE shop_id = $1 AND template_id = $2
      ORDER BY campaign_id DESC LIMIT ${TEMPLATES_MAX}`,
    [shopId, templateId],
  );
  return rows;
}

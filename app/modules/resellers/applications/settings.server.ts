/** A shop's form for resellers: what it asks, and who is told. */
import { z } from 'zod';
import { pool, withTransaction, type Queryable } from '#app/db.server.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readCategories } from '#app/modules/pricing/categories/categories.server.ts';
import {
  ASKED_FIELDS,
  ASKINGS,
  FILE_KINDS,
  FIRST_SETTINGS,
  LINE_MAX,
  TEXT_MAX,
  type ApplicationSettings,
} from './application-fields.ts';

const parts = [...ASKED_FIELDS, ...FILE_KINDS] as const;
const storedFields = z.partialRecord(z.enum(parts), z.enum(ASKINGS)).catch({});

/** Reads the settings; a shop that never saved them has the first ones, closed. */
export async function readApplicationSettings(db: Queryable, shopId: bigint): Promise<ApplicationSettings> {
  const { rows } = await db.query<Omit<ApplicationSettings, 'fields'> & { fields: unknown }>(
    `SELECT is_open AS "isOpen", intro, fields, question, notify_email AS "notifyEmail", category_id AS "categoryId", version
     FROM application_settings WHERE shop_id = $1`,
    [shopId],
  );
  const [row] = rows;
  return row ? { ...row, fields: storedFields.parse(row.fields) } : FIRST_SETTINGS;
}

const asking = z.enum(ASKINGS, 'invalid').catch('off');
const form = z.object({
  version: z.coerce.number().int().catch(0),
  isOpen: z.boolean(),
  intro: z.string().trim().max(TEXT_MAX, 'too_long'),
  question: z.string().trim().max(LINE_MAX, 'too_long'),
  notifyEmail: z
    .string()
    .trim()
    .toLowerCase()
    .max(LINE_MAX, 'too_long')
    .refine((text) => text === '' || z.email().safeParse(text).success, { message: 'not_an_email' })
    .transform((text) => text || null),
  categoryId: z.string().transform(readIdParam),
});
const askings = z.object(Object.fromEntries(parts.map((part) => [part, asking])));

export type SettingsSaved = { ok: true } | { ok: false; errors: FieldErrors };

const STORE = `
  UPDATE application_settings SET is_open = $3, intro = $4, fields = $5, question = $6, notify_email = $7, category_id = $8,
    version = version + 1 WHERE shop_id = $1 AND version = $2`;

/** Saves the form; refuses to overwrite what was saved since it was read. */
export async function saveApplicationSettings(
  shopId: bigint,
  values: Record<string, unknown>,
): Promise<SettingsSaved> {
  const read = form.safeParse(values);
  if (!read.success) return { ok: false, errors: fieldErrors(read.error) };
  const { version, isOpen, intro, question, notifyEmail, categoryId } = read.data;
  // The field `question` is the question's words; whether it is asked has a field of its own.
  const fields = askings.parse({ ...values, question: values.asksQuestion });
  if (fields.question !== 'off' && question === '')
    return { ok: false, errors: { question: { code: 'required' } } };
  const categories = await readCategories(pool, shopId);
  if (categoryId !== null && !categories.some((each) => each.categoryId === categoryId))
    return { ok: false, errors: { categoryId: { code: 'invalid' } } };
  return withTransaction(async (tx): Promise<SettingsSaved> => {
    await tx.query(
      'INSERT INTO application_settings (shop_id, version) VALUES ($1, 0) ON CONFLICT DO NOTHING',
      [shopId],
    );
    const { rowCount } = await tx.query(STORE, [
      shopId,
      version,
      isOpen,
      intro,
      JSON.stringify(fields),
      question,
      notifyEmail,
      categoryId,
    ]);
    return rowCount === 1 ? { ok: true } : { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
  });
}

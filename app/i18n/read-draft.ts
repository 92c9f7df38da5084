import { z } from 'zod';
import { LOCALES, type Locale } from './locales.ts';

const draftSchema = z.looseObject({ locale: z.enum(LOCALES).catch('en') });

/**
 * The body that `useDraft` posts: a form's values and the language in which numbers were typed. A body that is no JSON
 * object gives an empty form, whose fields then fail their own checks.
 */
export async function readDraft(
  request: Request,
): Promise<{ values: Record<string, unknown>; locale: Locale }> {
  const body: unknown = await request.json().catch(() => null);
  const { locale, ...values } = draftSchema.catch({ locale: 'en' }).parse(body);
  return { values, locale };
}

import { z } from 'zod';
import { readJson } from '#app/lib/read-body.server.ts';
import { LOCALES, type Locale } from './locales.ts';

const draftSchema = z.looseObject({ locale: z.enum(LOCALES).catch('en') });

/**
 * Parses the body that `useDraft` posts: a form's values and the language numbers were typed in. A body that isn't a
 * JSON object becomes an empty form, whose fields then fail their own checks. Throws a Response for a body that is too
 * large or too slow.
 */
export async function readDraft(
  request: Request,
): Promise<{ values: Record<string, unknown>; locale: Locale }> {
  const body = await readJson(request);
  const { locale, ...values } = draftSchema.catch({ locale: 'en' }).parse(body);
  return { values, locale };
}

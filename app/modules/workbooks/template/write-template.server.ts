import { writeForm } from '#app/integrations/excel/write-form.server.ts';
import { i18nFor } from '#app/i18n/i18n.ts';
import { LOCALES } from '#app/i18n/locales.ts';
import { buildForm } from './build-form.ts';
import { readTemplateFacts, templateRegions, templateVersion } from './template-facts.server.ts';

/** Writes the template of a shop, as it is now, to a file of this machine; in the worker, since it takes half a second. */
export async function writeTemplate(shopId: bigint, localeName: string, path: string): Promise<void> {
  const locale = LOCALES.find((known) => known === localeName) ?? 'en';
  const facts = await readTemplateFacts(shopId, locale);
  const form = buildForm(facts, templateRegions(facts), templateVersion(facts), i18nFor(locale).t);
  await writeForm(path, form);
}

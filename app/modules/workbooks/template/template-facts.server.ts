/** What a shop's template is made of, and the version that it has by that. */
import { createHash } from 'node:crypto';
import { pool } from '#app/db.server.ts';
import { readFormRules } from '#app/modules/crm/form/known-customer.server.ts';
import { readRegions } from '#app/modules/regions/regions.server.ts';
import type { TemplateFacts } from './build-form.ts';

/** Goes up when the form itself changes. */
const FORM_VERSION = 2;
const VERSION_CHARACTERS = 16;

/** Reads what the template of a shop depends on. */
export async function readTemplateFacts(shopId: bigint, locale: string): Promise<TemplateFacts> {
  const [rules, { rows }] = await Promise.all([
    readFormRules(shopId),
    pool.query<{ country: string | null }>('SELECT country FROM shops WHERE shop_id = $1', [shopId]),
  ]);
  return {
    country: rows[0]?.country ?? null,
    locale,
    categories: rules.categories.map(({ name }) => name),
    tiers: rules.tiers.map(({ name }) => name),
    asksSensitive: rules.asksSensitive,
    asksWeddingDate: rules.asksWeddingDate,
  };
}

/** Returns the regions that the template lists; null for a country without any. */
export function templateRegions({ country }: TemplateFacts) {
  return country === null ? null : readRegions(country);
}

/** Returns the version of a template with these facts. */
export function templateVersion(facts: TemplateFacts): string {
  const hash = createHash('sha256').update(JSON.stringify([FORM_VERSION, facts]));
  const regions = templateRegions(facts)?.regions ?? [];
  for (const { level, code, parent, name } of regions) hash.update(`\n${level} ${code} ${parent} ${name}`);
  return hash.digest('hex').slice(0, VERSION_CHARACTERS);
}

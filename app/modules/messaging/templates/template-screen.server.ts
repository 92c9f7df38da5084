/** Messages > Templates: the list, and one template with its versions and the campaigns that were written from it. */
import { pool } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import { TEXT_LANGUAGES } from '../campaigns/rules/campaign-texts.ts';
import {
  deleteTemplate,
  listTemplateTexts,
  listUses,
  listVersions,
  saveTemplate,
} from './template-rows.server.ts';

const ADDRESS = '/app/messages/templates';

type Answer = { ok: true; goTo?: string } | { ok: false; errors: FieldErrors };

/** Reads the list. */
export async function readTemplateList(shopId: bigint) {
  const templates = await listTemplateTexts(shopId);
  return {
    templates: templates.map(({ templateId, name, version, updatedAt, texts }) => ({
      templateId,
      name,
      version,
      updatedAt,
      languages: texts.map(({ language }) => language),
      text: texts[0]?.text ?? '',
    })),
  };
}

export type TemplateListView = Awaited<ReturnType<typeof readTemplateList>>;

/** Reads a template's form, its versions and where it was used; an empty form without `templateId`, null for an unknown one. */
export async function readTemplate(shopId: bigint, templateId: bigint | null) {
  const [template] = templateId === null ? [] : await listTemplateTexts(shopId, templateId);
  if (templateId !== null && !template) return null;
  const versions = templateId === null ? [] : await listVersions(pool, shopId, templateId);
  const names = await staffNames(
    shopId,
    versions.map(({ changedBy }) => changedBy),
  );
  const textIn = (language: (typeof TEXT_LANGUAGES)[number]) =>
    template?.texts.find((each) => each.language === language)?.text ?? '';
  return {
    templateId,
    version: template?.version ?? 0,
    values: {
      name: template?.name ?? '',
      text_en: textIn('en'),
      text_id: textIn('id'),
      text_th: textIn('th'),
      text_fa: textIn('fa'),
    },
    versions: versions.map(({ changedBy, language, ...version }) => ({
      ...version,
      language: TEXT_LANGUAGES.find((each) => each === language) ?? ('en' as const),
      by: names.get(changedBy) ?? null,
    })),
    uses: templateId === null ? [] : await listUses(shopId, templateId),
  };
}

export type TemplateView = NonNullable<Awaited<ReturnType<typeof readTemplate>>>;

/** Saves the form, or deletes the template. */
export async function actOnTemplate(
  shopId: bigint,
  templateId: bigint | null,
  { intent, ...values }: Record<string, unknown>,
  actor: string,
): Promise<Answer> {
  if (intent === 'delete') {
    const isDeleted = templateId !== null && (await deleteTemplate(shopId, templateId));
    return isDeleted ? { ok: true, goTo: ADDRESS } : { ok: false, errors: { form: { code: 'gone' } } };
  }
  const saved = await saveTemplate(shopId, templateId, values, actor);
  return saved.ok ? { ok: true, goTo: `${ADDRESS}/${saved.templateId}` } : saved;
}

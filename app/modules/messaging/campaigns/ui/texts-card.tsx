import { BlockStack, Box, Button, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import type { Draft } from '#app/components/use-draft.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useOptions } from '#app/components/use-options.ts';
import { countParts } from '../../rules/count-parts.ts';
import { normalizeBody, replaceSmart, type Replacement } from '../../rules/message-body.ts';
import type { CampaignFormView } from '../campaign-screen.server.ts';
import { TEXT_LANGUAGES, type TextLanguage } from '../rules/campaign-texts.ts';
import { linkTargets } from '../rules/counted-links.ts';
import { DraftCheckbox, DraftSelect, DraftText, type CampaignValues } from './campaign-values.ts';

const TEXT_CHARACTERS_MAX = 1_000;

interface TextsCardProps {
  templates: CampaignFormView['templates'];
  draft: Draft<CampaignValues>;
}

/** The texts of a campaign: one for all, and others for customers whose language they are. */
export function TextsCard({ templates, draft }: TextsCardProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<readonly TextLanguage[]>([]);
  const { values } = draft;
  const main = TEXT_LANGUAGES.find((language) => language === values.language) ?? 'en';
  const isShown = (language: TextLanguage) =>
    language === main || opened.includes(language) || values[`text_${language}`] !== '';
  const others = TEXT_LANGUAGES.filter((language) => language !== main);
  const hasLinks = linkTargets(TEXT_LANGUAGES.map((language) => values[`text_${language}`])).length > 0;
  return (
    <FormCard title={t('campaigns.form.text_title')} text={t('campaigns.form.text_help')}>
      {templates.length > 0 && <TemplateChoice templates={templates} draft={draft} />}
      <DraftSelect
        name="language"
        label={t('campaigns.form.language')}
        helpText={t('campaigns.form.language_help')}
        options={useOptions(TEXT_LANGUAGES, 'campaigns.language')}
      />
      {[main, ...others.filter(isShown)].map((language) => (
        <LanguageText
          key={language}
          language={language}
          text={values[`text_${language}`]}
          hasHelp={language === main}
          onReplace={(text) => draft.set(`text_${language}`, text)}
        />
      ))}
      <InlineStack gap="200">
        {others
          .filter((language) => !isShown(language))
          .map((language) => (
            <Button key={language} variant="plain" onClick={() => setOpened([...opened, language])}>
              {t('campaigns.form.add_language', { language: t(`campaigns.language.${language}`) })}
            </Button>
          ))}
      </InlineStack>
      {hasLinks && (
        <DraftCheckbox
          name="countsClicks"
          label={t('campaigns.form.counts_clicks')}
          helpText={t('campaigns.form.counts_clicks_help')}
        />
      )}
    </FormCard>
  );
}

/** Puts a template's texts in; they are the campaign's own from then on. */
function TemplateChoice({ templates, draft }: TextsCardProps) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('campaigns.form.template')}
      options={[
        { value: '', label: t('campaigns.form.no_template') },
        ...templates.map(({ templateId, name }) => ({ value: String(templateId), label: name })),
      ]}
      value={draft.values.template}
      onChange={(chosen) => {
        draft.set('template', chosen);
        const template = templates.find(({ templateId }) => String(templateId) === chosen);
        if (!template) return;
        for (const language of TEXT_LANGUAGES)
          draft.set(
            `text_${language}`,
            template.texts.find((each) => each.language === language)?.text ?? '',
          );
        const isWritten = template.texts.some(({ language }) => language === draft.values.language);
        if (!isWritten && template.texts[0]) draft.set('language', template.texts[0].language);
      }}
    />
  );
}

interface LanguageTextProps {
  language: TextLanguage;
  text: string;
  /** Which variables there are is said once. */
  hasHelp: boolean;
  onReplace: (text: string) => void;
}

/** A text in one language, how many parts it has as it stands, and what is gained by plain characters. */
export function LanguageText({ language, text, hasHelp, onReplace }: LanguageTextProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { encoding, units, parts } = countParts(normalizeBody(text));
  const smart = text === '' ? null : replaceSmart(normalizeBody(text));
  return (
    <BlockStack gap="200">
      <DraftText
        name={`text_${language}`}
        label={t('campaigns.form.text_in', { language: t(`campaigns.language.${language}`) })}
        {...(hasHelp ? { helpText: t('campaigns.form.variables', VARIABLE_NAMES) } : {})}
        multiline={5}
        maxLength={TEXT_CHARACTERS_MAX}
      />
      {text !== '' && (
        <Text as="p" tone="subdued">
          {t('campaigns.quote.sample_parts', {
            count: parts,
            parts: format.number(parts),
            units: format.number(units),
            encoding,
          })}
        </Text>
      )}
      {smart !== null && <SmartCharacters pieces={smart} onReplace={onReplace} />}
    </BlockStack>
  );
}

function SmartCharacters({
  pieces,
  onReplace,
}: {
  pieces: readonly Replacement[];
  onReplace: (text: string) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const plain = pieces.map(({ to }) => to).join('');
  const { parts } = countParts(plain);
  return (
    <Box background="bg-surface-secondary" padding="300" borderRadius="300">
      <BlockStack gap="200">
        <Text as="p">{t('campaigns.smart.text', { count: parts, parts: format.number(parts) })}</Text>
        <div className="smart-difference" dir="auto">
          {pieces.map(({ from, to }, index) =>
            from === to ? (
              <span key={index}>{from}</span>
            ) : (
              <span key={index}>
                <del>{from}</del>
                <ins>{to}</ins>
              </span>
            ),
          )}
        </div>
        <InlineStack>
          <Button onClick={() => onReplace(plain)}>{t('campaigns.smart.replace')}</Button>
        </InlineStack>
      </BlockStack>
    </Box>
  );
}

/** Shown as they are typed; the catalogues' own brackets would be filled in. */
const VARIABLE_NAMES = {
  first_name: '{{first_name|…}}',
  points: '{{points}}',
  credit: '{{credit}}',
  expiring: '{{expiring}}',
  expiring_on: '{{expiring_on|…}}',
  tier: '{{tier|…}}',
  club: '{{club}}',
  shop: '{{shop}}',
  interpolation: { escapeValue: false },
};

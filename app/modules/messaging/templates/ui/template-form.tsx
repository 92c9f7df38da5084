import { BlockStack, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { draftFields } from '#app/components/draft-fields.tsx';
import { DraftForm } from '#app/components/draft-form.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useDraft } from '#app/components/use-draft.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { LanguageText } from '../../campaigns/ui/texts-card.tsx';
import { TEXT_LANGUAGES, type TextLanguage } from '../../campaigns/rules/campaign-texts.ts';
import type { TemplateView } from '../template-screen.server.ts';

type TemplateValues = Record<'name' | `text_${TextLanguage}`, string>;
const { DraftText } = draftFields<TemplateValues>();

/** A template: its name and texts, what it said before, and the campaigns that were written from it. */
export function TemplateForm({ view }: { view: TemplateView }) {
  const { t } = useTranslation();
  const draft = useDraft<TemplateValues>(view.values);
  return (
    <div className="stack">
      <DraftForm draft={draft}>
        <FormCard title={t('templates.single')} text={t('templates.help')}>
          <DraftText name="name" label={t('templates.name')} />
          {TEXT_LANGUAGES.map((language) => (
            <LanguageText
              key={language}
              language={language}
              text={draft.values[`text_${language}`]}
              hasHelp={language === 'en'}
              onReplace={(text) => draft.set(`text_${language}`, text)}
            />
          ))}
        </FormCard>
      </DraftForm>
      {view.templateId !== null && (
        <>
          <Uses view={view} />
          <Versions view={view} />
          <DeleteTemplate />
        </>
      )}
    </div>
  );
}

function Uses({ view: { uses } }: { view: TemplateView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card>
      <BlockStack gap="200">
        <CardTitle>{t('templates.uses')}</CardTitle>
        {uses.length === 0 && <Text as="p">{t('templates.unused')}</Text>}
        {uses.map(({ campaignId, name, createdAt }) => (
          <InlineStack key={String(campaignId)} align="space-between" gap="200">
            <Link url={`/app/messages/campaigns/${campaignId}`}>{name}</Link>
            <Text as="span" tone="subdued">
              {format.day(createdAt)}
            </Text>
          </InlineStack>
        ))}
      </BlockStack>
    </Card>
  );
}

function Versions({ view: { versions } }: { view: TemplateView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('templates.versions')}</CardTitle>
        {versions.map(({ version, language, text, by, changedAt }) => (
          <BlockStack gap="100" key={`${version} ${language}`}>
            <Text as="p" tone="subdued">
              {[
                t('templates.version', { version: format.number(version) }),
                t(`campaigns.language.${language}`),
                by ?? t('common.staff'),
                format.timestamp(changedAt),
              ].join(' · ')}
            </Text>
            <div className="sms-preview" dir="auto">
              {text === '' ? t('templates.removed') : text}
            </div>
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

function DeleteTemplate() {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [isAsked, setAsked] = useState(false);
  return (
    <InlineStack align="end">
      <Button tone="critical" variant="tertiary" onClick={() => setAsked(true)}>
        {t('templates.delete')}
      </Button>
      <ConfirmModal
        isOpen={isAsked}
        isDestructive
        isBusy={action.isBusy}
        title={t('templates.delete_title')}
        text={t('templates.delete_text')}
        confirm={t('templates.delete')}
        error={errorOf('form')}
        onConfirm={() => action.act({ intent: 'delete' }, t('templates.deleted'))}
        onCancel={() => setAsked(false)}
      />
    </InlineStack>
  );
}

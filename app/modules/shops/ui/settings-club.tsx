import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import type { SettingsValues } from './settings-values.ts';

const { DraftCheckbox, DraftDate, DraftText } = draftFields<SettingsValues>();

/** What the club is called, and when it starts to count. */
export function ClubSection() {
  const { t } = useTranslation();
  const shop = useShop();
  return (
    <FormCard title={t('settings.club.title')} text={t('settings.club.text')}>
      <DraftText
        name="clubTitle"
        label={t('settings.club.name')}
        helpText={t('settings.club.name_help')}
        placeholder={shop.name}
        maxLength={40}
        showCharacterCount
      />
      <DraftDate
        name="startsOn"
        label={t('settings.club.starts_on')}
        helpText={t('settings.club.starts_on_help')}
      />
    </FormCard>
  );
}

/** The text that shoppers read at checkout (F95b). */
export function PromotionSection() {
  const { t } = useTranslation();
  return (
    <FormCard title={t('settings.promotion.title')} text={t('settings.promotion.text')}>
      <DraftText
        name="bannerText"
        label={t('settings.promotion.banner')}
        helpText={t('settings.promotion.banner_help')}
        maxLength={200}
        showCharacterCount
        multiline={2}
      />
    </FormCard>
  );
}

/** Customer data stored in addition to what Shopify has (C10). */
export function PersonalDataSection() {
  const { t } = useTranslation();
  return (
    <FormCard title={t('settings.personal.title')} text={t('settings.personal.text')}>
      <DraftCheckbox
        name="sensitiveFields"
        label={t('settings.personal.sensitive')}
        helpText={t('settings.personal.sensitive_help')}
      />
    </FormCard>
  );
}

/** Rules for chosen customers only (F124). */
export function TrialSection() {
  const { t } = useTranslation();
  return (
    <FormCard title={t('settings.trial.title')} text={t('settings.trial.text')}>
      <DraftCheckbox name="trialMode" label={t('settings.trial.on')} helpText={t('settings.trial.on_help')} />
    </FormCard>
  );
}

import { Checkbox, FormLayout, Link, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import { Section, type SectionProps } from './settings-section.tsx';

/** How the club is called, from when on it counts, and what it tells its members. */
export function ClubSection({ draft, errorOf }: SectionProps) {
  const { t } = useTranslation();
  const shop = useShop();
  const { values } = draft;
  return (
    <Section title={t('settings.club.title')} text={t('settings.club.text')}>
      <FormLayout>
        <TextField
          id="clubTitle"
          label={t('settings.club.name')}
          helpText={t('settings.club.name_help')}
          placeholder={shop.name}
          value={values.clubTitle}
          error={errorOf('clubTitle')}
          maxLength={40}
          showCharacterCount
          autoComplete="off"
          onChange={(value) => draft.set('clubTitle', value)}
        />
        <TextField
          id="startsOn"
          type="date"
          label={t('settings.club.starts_on')}
          helpText={t('settings.club.starts_on_help')}
          value={values.startsOn}
          error={errorOf('startsOn')}
          autoComplete="off"
          onChange={(value) => draft.set('startsOn', value)}
        />
        <Checkbox
          label={t('settings.club.message_on_change')}
          helpText={t('settings.club.message_on_change_help')}
          checked={values.messageOnChange}
          onChange={(isOn) => draft.set('messageOnChange', isOn)}
        />
        <Link url="/app/messages">{t('messages.title')}</Link>
      </FormLayout>
    </Section>
  );
}

/** The text that shoppers read at checkout (F95b). */
export function PromotionSection({ draft, errorOf }: SectionProps) {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.promotion.title')} text={t('settings.promotion.text')}>
      <TextField
        id="bannerText"
        label={t('settings.promotion.banner')}
        helpText={t('settings.promotion.banner_help')}
        value={draft.values.bannerText}
        error={errorOf('bannerText')}
        maxLength={200}
        showCharacterCount
        multiline={2}
        autoComplete="off"
        onChange={(value) => draft.set('bannerText', value)}
      />
    </Section>
  );
}

/** What is kept of customers beyond what Shopify has (C10). */
export function PersonalDataSection({ draft }: SectionProps) {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.personal.title')} text={t('settings.personal.text')}>
      <Checkbox
        label={t('settings.personal.sensitive')}
        helpText={t('settings.personal.sensitive_help')}
        checked={draft.values.sensitiveFields}
        onChange={(isOn) => draft.set('sensitiveFields', isOn)}
      />
    </Section>
  );
}

/** Rules for chosen customers only (F124). */
export function TrialSection({ draft }: SectionProps) {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.trial.title')} text={t('settings.trial.text')}>
      <Checkbox
        label={t('settings.trial.on')}
        helpText={t('settings.trial.on_help')}
        checked={draft.values.trialMode}
        onChange={(isOn) => draft.set('trialMode', isOn)}
      />
    </Section>
  );
}

import {
  Banner,
  BlockStack,
  Card,
  Checkbox,
  FormLayout,
  RadioButton,
  Text,
  TextField,
} from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftSaveBar } from '#app/components/draft-save-bar.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';

/** The Settings form's fields as the browser holds them. */
export interface SettingsValues {
  [field: string]: string | boolean;
  clubTitle: string;
  combinesWithOrder: boolean;
  combinesWithProduct: boolean;
  combinesWithShipping: boolean;
  refundShortfall: string;
  refundTakesFromAllLots: boolean;
  restoreMinimumDays: string;
  redemptionTtlMinutes: string;
}

type Draft = ReturnType<typeof useDraft<SettingsValues>>;

interface SectionProps {
  draft: Draft;
  errorOf: (field: string) => string | false;
}

export function SettingsForm({ saved }: { saved: SettingsValues }) {
  const { t } = useTranslation();
  const draft = useDraft(saved);
  const errorOf = useFieldErrorText(draft.errors);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        draft.save();
      }}
    >
      <DraftSaveBar draft={draft} />
      <div className="stack">
        {draft.errors.form && <Banner tone="critical">{errorOf('form')}</Banner>}
        <ClubSection draft={draft} errorOf={errorOf} />
        <CheckoutSection draft={draft} errorOf={errorOf} />
        <RefundSection draft={draft} errorOf={errorOf} />
      </div>
      <button type="submit" hidden tabIndex={-1}>
        {t('common.save')}
      </button>
    </form>
  );
}

function ClubSection({ draft, errorOf }: SectionProps) {
  const { t } = useTranslation();
  const shop = useShop();
  return (
    <Section title={t('settings.club.title')} text={t('settings.club.text')}>
      <FormLayout>
        <TextField
          id="clubTitle"
          label={t('settings.club.name')}
          helpText={t('settings.club.name_help')}
          placeholder={shop.name}
          value={draft.values.clubTitle}
          error={errorOf('clubTitle')}
          maxLength={40}
          showCharacterCount
          autoComplete="off"
          onChange={(value) => draft.set('clubTitle', value)}
        />
      </FormLayout>
    </Section>
  );
}

function CheckoutSection({ draft, errorOf }: SectionProps) {
  const { t } = useTranslation();
  const { values } = draft;
  return (
    <Section title={t('settings.checkout.title')} text={t('settings.checkout.text')}>
      <FormLayout>
        <BlockStack gap="100">
          <Text as="h3" variant="bodyMd" fontWeight="medium">
            {t('settings.checkout.combines')}
          </Text>
          <Checkbox
            label={t('settings.checkout.combines_order')}
            checked={values.combinesWithOrder}
            onChange={(isOn) => draft.set('combinesWithOrder', isOn)}
          />
          <Checkbox
            label={t('settings.checkout.combines_product')}
            checked={values.combinesWithProduct}
            onChange={(isOn) => draft.set('combinesWithProduct', isOn)}
          />
          <Checkbox
            label={t('settings.checkout.combines_shipping')}
            checked={values.combinesWithShipping}
            onChange={(isOn) => draft.set('combinesWithShipping', isOn)}
          />
        </BlockStack>
        <TextField
          id="redemptionTtlMinutes"
          label={t('settings.checkout.ttl')}
          helpText={t('settings.checkout.ttl_help')}
          suffix={t('settings.checkout.ttl_unit')}
          inputMode="numeric"
          value={values.redemptionTtlMinutes}
          error={errorOf('redemptionTtlMinutes')}
          autoComplete="off"
          onChange={(value) => draft.set('redemptionTtlMinutes', value)}
        />
      </FormLayout>
    </Section>
  );
}

function RefundSection({ draft, errorOf }: SectionProps) {
  const { t } = useTranslation();
  const { values } = draft;
  return (
    <Section title={t('settings.refunds.title')} text={t('settings.refunds.text')}>
      <FormLayout>
        <BlockStack gap="100">
          <Text as="h3" variant="bodyMd" fontWeight="medium">
            {t('settings.refunds.shortfall')}
          </Text>
          <RadioButton
            id="refundShortfall-debt"
            name="refundShortfall"
            label={t('settings.refunds.debt')}
            helpText={t('settings.refunds.debt_help')}
            checked={values.refundShortfall === 'debt'}
            onChange={() => draft.set('refundShortfall', 'debt')}
          />
          <RadioButton
            id="refundShortfall-write_off"
            name="refundShortfall"
            label={t('settings.refunds.write_off')}
            helpText={t('settings.refunds.write_off_help')}
            checked={values.refundShortfall === 'write_off'}
            onChange={() => draft.set('refundShortfall', 'write_off')}
          />
        </BlockStack>
        <Checkbox
          label={t('settings.refunds.all_lots')}
          helpText={t('settings.refunds.all_lots_help')}
          checked={values.refundTakesFromAllLots}
          onChange={(isOn) => draft.set('refundTakesFromAllLots', isOn)}
        />
        <TextField
          id="restoreMinimumDays"
          label={t('settings.refunds.restore_days')}
          helpText={t('settings.refunds.restore_days_help')}
          suffix={t('units.days')}
          inputMode="numeric"
          value={values.restoreMinimumDays}
          error={errorOf('restoreMinimumDays')}
          autoComplete="off"
          onChange={(value) => draft.set('restoreMinimumDays', value)}
        />
      </FormLayout>
    </Section>
  );
}

function Section({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          <Text as="p" tone="subdued">
            {text}
          </Text>
        </BlockStack>
        {children}
      </BlockStack>
    </Card>
  );
}

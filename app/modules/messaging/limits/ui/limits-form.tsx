import { BlockStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { DraftForm } from '#app/components/draft-form.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { useFormat } from '#app/components/use-format.ts';
import { currencyMark } from '#app/lib/format.ts';
import { WALLET_CURRENCY } from '#app/lib/micros.ts';
import type { LimitsView } from '../limits-screen.server.ts';

const { DraftText, DraftNumber, DraftTime } = draftFields<Record<string, string>>();
const { DraftCheckbox } = draftFields<Record<string, boolean>>();

/** When, how often and from which cost on with approval a shop sends. */
export function LimitsForm({ view }: { view: LimitsView }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const draft = useDraft<Record<string, string | boolean>>(view.values);
  return (
    <DraftForm draft={draft}>
      <FormCard title={t('sending.cap.title')} text={t('sending.cap.text')}>
        <DraftNumber name="capMessages" label={t('sending.cap.messages')} />
        <DraftNumber
          name="capHours"
          label={t('sending.cap.hours')}
          helpText={t('sending.cap.hours_help')}
          suffix={t('campaigns.timing.hours_suffix')}
        />
      </FormCard>
      <FormCard title={t('sending.approval.title')} text={t('sending.approval.text')}>
        <DraftText
          name="approveAbove"
          label={t('sending.approval.above')}
          helpText={t('sending.approval.above_help')}
          prefix={currencyMark(WALLET_CURRENCY, i18n.language)}
          inputMode="decimal"
        />
        <DraftCheckbox name="approveByOther" label={t('sending.approval.second_person')} />
      </FormCard>
      <FormCard title={t('sending.sales.title')}>
        <DraftNumber
          name="salesHours"
          label={t('sending.sales.hours')}
          helpText={t('sending.sales.help')}
          suffix={t('campaigns.timing.hours_suffix')}
        />
      </FormCard>
      <FormCard
        title={t('sending.countries.title')}
        text={t('sending.countries.text', {
          day: format.calendarDay(view.asOf),
          from: format.timeOfDay(view.elsewhere.from),
          to: format.timeOfDay(view.elsewhere.to),
        })}
      >
        {view.countries.map((country) => (
          <Country key={country.country} {...country} />
        ))}
      </FormCard>
    </DraftForm>
  );
}

function Country({ country, window, isLaw, hasReplies, links }: LimitsView['countries'][number]) {
  const { t, i18n } = useTranslation();
  const { timeOfDay } = useFormat();
  const regions = new Intl.DisplayNames(i18n.language, { type: 'region' });
  const facts = [
    t(isLaw ? 'sending.countries.law' : 'sending.countries.usual', {
      from: timeOfDay(window.from),
      to: timeOfDay(window.to),
    }),
    t(hasReplies ? 'sending.countries.replies' : 'sending.countries.no_replies'),
    t(`sending.countries.links_${links}`),
  ];
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {regions.of(country) ?? country}
      </Text>
      <Text as="p" tone="subdued">
        {facts.join(' ')}
      </Text>
      <div className="field-row">
        <DraftTime name={`from_${country}`} label={t('sending.countries.from')} />
        <DraftTime name={`to_${country}`} label={t('sending.countries.to')} />
      </div>
      {links === 'registered' && (
        <DraftCheckbox name={`links_${country}`} label={t('sending.countries.registered')} />
      )}
    </BlockStack>
  );
}

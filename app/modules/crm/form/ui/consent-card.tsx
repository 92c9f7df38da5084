import { BlockStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useDraftContext } from '#app/components/draft-context.ts';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormLayout, Select } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useOptions } from '#app/components/use-options.ts';
import { CONSENT_SOURCES, type CustomerValues } from '../form-values.ts';
import { useConsentSaid } from './consent-said.ts';
import type { FormPartProps } from './form-part.ts';
import { OptOutNote } from './opt-out-note.tsx';

const { DraftDate, DraftSelect } = draftFields<CustomerValues>();

type Channel = 'smsConsent' | 'emailConsent';

/** What the customer agreed to, since when, and how staff know. */
export function ConsentCard({ draft, view }: FormPartProps) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('customer_form.consent')}>
      <Text as="p" tone="subdued">
        {t('customer_form.consent_help')}
      </Text>
      <ConsentFields draft={draft} view={view} channel="smsConsent" />
      {view.smsOptOut !== null && <OptOutNote optOut={view.smsOptOut} />}
      <ConsentFields draft={draft} view={view} channel="emailConsent" />
    </FormCard>
  );
}

function ConsentFields({ draft, view, channel }: FormPartProps & { channel: Channel }) {
  const { t } = useTranslation();
  const { errorOf } = useDraftContext();
  const sources = useOptions(CONSENT_SOURCES, 'customer_form.source');
  const saved = view.record[channel] ?? 'not_subscribed';
  const isAsked = saved === 'subscribed' || saved === 'unsubscribed';
  const current = draft.values[channel];
  const value = current === '' ? 'not_subscribed' : current;
  const isChanged = value !== saved;
  return (
    <BlockStack gap="200">
      <Select
        id={channel}
        label={t(`customer_detail.field.${channel}`)}
        options={[
          // A customer who answered once can't go back to never having been asked.
          ...(isAsked ? [] : [{ label: t(`customer_detail.consent.${saved}`), value: saved }]),
          { label: t('customer_detail.consent.subscribed'), value: 'subscribed' },
          { label: t('customer_detail.consent.unsubscribed'), value: 'unsubscribed' },
        ]}
        value={value}
        error={errorOf(channel)}
        onChange={(state) => {
          const isBack = state === saved;
          draft.set(channel, isBack ? (view.record[channel] ?? '') : state);
          draft.set(`${channel}On`, isBack ? savedOn(view, channel) : view.today);
          draft.set(`${channel}Source`, isBack ? savedSource(view, channel) : '');
        }}
      />
      {isChanged ? (
        <FormLayout.Group condensed>
          <DraftDate name={`${channel}On`} label={t('customer_form.consent_on')} />
          <DraftSelect
            name={`${channel}Source`}
            label={t('customer_form.consent_source')}
            options={[{ label: t('customer_form.choose'), value: '' }, ...sources]}
          />
        </FormLayout.Group>
      ) : (
        <Said on={savedOn(view, channel)} source={savedSource(view, channel)} />
      )}
    </BlockStack>
  );
}

const savedOn = ({ own }: FormPartProps['view'], channel: Channel): string =>
  (channel === 'smsConsent' ? own.smsConsentAt : own.emailConsentAt) ?? '';
const savedSource = ({ own }: FormPartProps['view'], channel: Channel): string =>
  (channel === 'smsConsent' ? own.smsConsentSource : own.emailConsentSource) ?? '';

function Said({ on, source }: { on: string; source: string }) {
  const said = useConsentSaid()(on, source);
  if (said === null) return null;
  return (
    <Text as="p" variant="bodySm" tone="subdued">
      {said}
    </Text>
  );
}

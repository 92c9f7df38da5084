import { BlockStack, FormLayout, Select, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CONSENT_SOURCES } from '../form-values.ts';
import { useConsentSaid } from './consent-said.ts';
import type { FormPartProps } from './customer-form.tsx';
import { FormCard } from './form-card.tsx';
import { FormText } from './form-text.tsx';

type Channel = 'smsConsent' | 'emailConsent';

/** What the customer agreed to, since when, and how staff know. */
export function ConsentCard(part: FormPartProps) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('customer_form.consent')}>
      <Text as="p" tone="subdued">
        {t('customer_form.consent_help')}
      </Text>
      <FormLayout>
        <ConsentFields {...part} channel="smsConsent" />
        <ConsentFields {...part} channel="emailConsent" />
      </FormLayout>
    </FormCard>
  );
}

function ConsentFields({ draft, view, errorOf, channel }: FormPartProps & { channel: Channel }) {
  const { t } = useTranslation();
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
          // Nobody can be made never to have been asked.
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
          <FormText
            draft={draft}
            errorOf={errorOf}
            field={`${channel}On`}
            type="date"
            label={t('customer_form.consent_on')}
          />
          <SourceField draft={draft} errorOf={errorOf} field={`${channel}Source`} />
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

function SourceField({
  draft,
  errorOf,
  field,
}: Pick<FormPartProps, 'draft' | 'errorOf'> & { field: string }) {
  const { t } = useTranslation();
  return (
    <Select
      id={field}
      label={t('customer_form.consent_source')}
      options={[
        { label: t('customer_form.choose'), value: '' },
        ...CONSENT_SOURCES.map((source) => ({ label: t(`customer_form.source.${source}`), value: source })),
      ]}
      value={String(draft.values[field] ?? '')}
      error={errorOf(field)}
      onChange={(source) => draft.set(field, source)}
    />
  );
}

function Said({ on, source }: { on: string; source: string }) {
  const said = useConsentSaid()(on, source);
  if (said === null) return null;
  return (
    <Text as="p" variant="bodySm" tone="subdued">
      {said}
    </Text>
  );
}

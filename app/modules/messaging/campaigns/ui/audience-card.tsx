import { useFetcher } from '@remix-run/react';
import { BlockStack, Text } from '@shopify/polaris';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormCard } from '#app/components/form-card.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { AudienceKind } from '../audience.ts';
import type { CampaignFormView } from '../campaign-screen.server.ts';
import type { NumbersView } from '../read-numbers.server.ts';
import { LeftOut } from './left-out.tsx';
import { DraftChoice, DraftNumber, DraftSelect, DraftText } from './campaign-values.ts';

interface AudienceCardProps {
  view: CampaignFormView;
  audience: string;
  ids: string;
  numbers: string;
  /** Ids of segments, with commas. */
  without: string;
  onWithout: (without: string) => void;
}

/** Whom a campaign is for, who is left out, and how many are held back to compare with. */
export function AudienceCard({ view, audience, ids, numbers, without, onWithout }: AudienceCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const segments = view.segments.map(({ segmentId, name, customers }) => ({
    value: String(segmentId),
    label:
      customers === null ? name : t('campaigns.form.segment', { name, customers: format.number(customers) }),
  }));
  const select = (kind: 'tier' | 'category' | 'shopify', options: CampaignFormView['tiers']) => ({
    value: kind,
    label: t(`campaigns.audience.${kind}`),
    details: <Choose name={kind} options={options} />,
  });
  const selected = ids === '' ? 0 : ids.split(',').length;
  const kinds: { value: AudienceKind; label: string; details?: ReactNode }[] = [
    { value: 'all', label: t('campaigns.audience.all') },
    {
      value: 'segment',
      label: t('campaigns.audience.segment'),
      details: <Choose name="segment" options={segments} />,
    },
    select('tier', view.tiers),
    select('category', view.categories),
    select('shopify', view.shopify),
    {
      value: 'numbers',
      label: t('campaigns.audience.numbers'),
      details: <Numbers text={numbers} />,
    },
  ];
  if (audience === 'search' || view.values.audience === 'search')
    kinds.push({ value: 'search', label: t('campaigns.audience.search') });
  if (audience === 'ticked' || view.values.audience === 'ticked')
    kinds.push({
      value: 'ticked',
      label: t('campaigns.audience.ticked', { count: selected, customers: format.number(selected) }),
    });
  return (
    <FormCard title={t('campaigns.form.audience')} text={t('campaigns.form.audience_help')}>
      <DraftChoice name="audience" title={t('campaigns.form.audience')} titleHidden choices={kinds} />
      <LeftOut without={without} segments={segments} onChange={onWithout} />
      <DraftNumber
        name="holdout"
        label={t('campaigns.audience.holdout')}
        helpText={t('campaigns.audience.holdout_help')}
        suffix="%"
      />
    </FormCard>
  );
}

type Chosen = 'segment' | 'tier' | 'category' | 'shopify';

function Choose({ name, options }: { name: Chosen; options: readonly { value: string; label: string }[] }) {
  const { t } = useTranslation();
  return (
    <DraftSelect
      name={name}
      label={t(`campaigns.audience.${name}`)}
      placeholder={t('campaigns.audience.choose')}
      options={options}
    />
  );
}

const CHECK_AFTER_MS = 600;

/** A pasted list, and what of it is understood while it is typed. */
function Numbers({ text }: { text: string }) {
  const { t } = useTranslation();
  const fetcher = useFetcher<NumbersView>();
  const { submit } = fetcher;
  useEffect(() => {
    if (text.trim() === '') return;
    const timer = setTimeout(
      () =>
        submit(
          { numbers: text },
          { method: 'post', action: '/app/messages/campaigns/numbers', encType: 'application/json' },
        ),
      CHECK_AFTER_MS,
    );
    return () => clearTimeout(timer);
  }, [text, submit]);
  return (
    <BlockStack gap="200">
      <DraftText
        name="numbers"
        label={t('campaigns.audience.numbers')}
        helpText={t('campaigns.audience.numbers_help')}
        multiline={5}
        maxHeight={240}
      />
      <div role="status">
        {text.trim() !== '' && fetcher.data !== undefined && <NumbersFound found={fetcher.data} />}
      </div>
    </BlockStack>
  );
}

function NumbersFound({ found }: { found: NumbersView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const line = (key: 'customers' | 'repeated' | 'strangers' | 'unread', count: number) =>
    count > 0 && <Text as="p">{t(`campaigns.numbers.${key}`, { count, number: format.number(count) })}</Text>;
  return (
    <BlockStack gap="100">
      <Text as="p" fontWeight="semibold">
        {t('campaigns.numbers.read', { count: found.numbers, number: format.number(found.numbers) })}
      </Text>
      {line('customers', found.customers)}
      {line('repeated', found.repeated)}
      {line('strangers', found.strangers)}
      {line('unread', found.unread)}
      {found.examples.map((example, index) => (
        <Text as="p" tone="critical" key={index}>
          {t('campaigns.numbers.example', { line: format.number(example.line), text: example.text })}
        </Text>
      ))}
      {found.isTooLong && (
        <Text as="p" tone="critical">
          {t('campaigns.numbers.too_long')}
        </Text>
      )}
    </BlockStack>
  );
}

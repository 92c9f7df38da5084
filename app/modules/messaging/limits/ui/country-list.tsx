import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { DataTable } from '#app/components/table.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { CountryScreenView } from '../country-screen.server.ts';

type CountryView = CountryScreenView['countries'][number];

/** What each country allows of text messages, and since when. */
export function CountryList({ view }: { view: CountryScreenView }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const regions = new Intl.DisplayNames(i18n.language, { type: 'region' });
  const nameOf = (country: string) => regions.of(country) ?? country;
  const since = (text: string, day: string | null) =>
    day === null ? text : t('countries.since', { text, day: format.calendarDay(day) });
  const cellsOf = ({ country, window, isLaw, hasReplies, links, facts, priceMicros }: CountryView) => [
    nameOf(country),
    t(isLaw ? 'countries.hours_law' : 'countries.hours', {
      from: format.timeOfDay(window.from),
      to: format.timeOfDay(window.to),
    }),
    t(hasReplies ? 'countries.replies' : 'countries.no_replies'),
    facts === null ? t('countries.unknown') : since(t(`countries.links.${links}`), facts.linksSince),
    facts === null ? t('countries.unknown') : since(t(`countries.sender.${facts.sender}`), facts.senderSince),
    priceMicros === null ? '–' : format.micros(priceMicros, view.currency),
  ];
  return (
    <div className="stack">
      <Card>
        <BlockStack gap="300">
          <Text as="p" tone="subdued">
            {t('countries.checked', { day: format.calendarDay(view.checkedOn) })}
          </Text>
          <DataTable
            columnContentTypes={['text', 'text', 'text', 'text', 'text', 'numeric']}
            headings={[
              t('countries.country'),
              t('countries.hours_title'),
              t('countries.replies_title'),
              t('countries.links_title'),
              t('countries.sender_title'),
              t('countries.price'),
            ]}
            rows={view.countries.map(cellsOf)}
          />
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="200">
          <CardTitle>{t('countries.closed_title')}</CardTitle>
          <Text as="p">{t('countries.closed_text')}</Text>
          {view.closed.map(({ country, since: day }) => (
            <Text as="p" key={country}>
              {since(nameOf(country), day)}
            </Text>
          ))}
        </BlockStack>
      </Card>
    </div>
  );
}

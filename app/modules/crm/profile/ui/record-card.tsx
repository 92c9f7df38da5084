import { Badge, BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useShop } from '#app/components/shop-context.tsx';
import { SOCIAL_NETWORKS } from '#app/modules/customers/rules/customer-record.ts';
import { type CustomerAddress } from '#app/modules/regions/rules/address.ts';
import type { ProfileView } from '../profile-tab.server.ts';
import { socialLink } from '../rules/social-link.ts';
import { ConsentFacts } from './consent-facts.tsx';
import { Fact } from './fact.tsx';

/** What is known of a customer; what is not known stands beside, where it can be filled in. */
export function RecordCard({ view, nationalId }: { view: ProfileView; nationalId: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { domain } = useShop();
  const { customer, record } = view;
  return (
    <Card>
      <BlockStack gap="400">
        <CardTitle>{t('customer.profile')}</CardTitle>
        <dl className="facts">
          <Fact name={t('customer_detail.field.phone')}>
            {record.phone === null ? (
              t('customer.no_phone')
            ) : (
              <Link url={`tel:${record.phone}`} external>
                {view.phoneText}
              </Link>
            )}
          </Fact>
          <Fact name={t('customer_detail.field.email')}>
            {record.email === null ? (
              t('customer.no_email')
            ) : (
              <Link url={`mailto:${record.email}`} external>
                {record.email}
              </Link>
            )}
          </Fact>
          <Address address={record.address} />
          <Person view={view} nationalId={nationalId} />
          <Social social={record.social} />
          <ConsentFacts view={view} />
        </dl>
        {record.note !== null && (
          <BlockStack gap="050">
            <Text as="h3" variant="headingSm">
              {t('customer_detail.field.note')}
            </Text>
            <Text as="p" breakWord>
              {record.note}
            </Text>
          </BlockStack>
        )}
        <InlineStack gap="300">
          <Text as="p" tone="subdued">
            {t('customer.known_since', { day: format.day(customer.createdAt) })}
          </Text>
          {customer.state === 'active' && (
            <Link url={`https://${domain}/admin/customers/${customer.customerId}`} external>
              {t('customer.open_in_shopify')}
            </Link>
          )}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

const GRAMS_A_KILOGRAM = 1_000;
const MM_A_CENTIMETRE = 10;

function Person({ view, nationalId }: { view: ProfileView; nationalId: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { record, age, personDiscountBp } = view;
  const measure = (value: number, unit: 'kilogram' | 'centimeter') =>
    new Intl.NumberFormat(format.locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
  return (
    <>
      {record.gender !== null && (
        <Fact name={t('customer_detail.field.gender')}>{t(`customer_detail.gender.${record.gender}`)}</Fact>
      )}
      {record.birthDate !== null && (
        <Fact name={t('customer_detail.field.birthDate')}>
          {t('customer_detail.born', { day: format.calendarDay(record.birthDate), count: age ?? 0 })}
        </Fact>
      )}
      {record.weddingDate !== null && (
        <Fact name={t('customer_detail.field.weddingDate')}>{format.calendarDay(record.weddingDate)}</Fact>
      )}
      {nationalId !== false && <Fact name={t('customer_detail.field.nationalId')}>{nationalId}</Fact>}
      {record.housing !== null && (
        <Fact name={t('customer_detail.field.housing')}>
          {t(`customer_detail.housing.${record.housing}`)}
        </Fact>
      )}
      {record.weightGrams !== null && (
        <Fact name={t('customer_detail.field.weightGrams')}>
          {measure(record.weightGrams / GRAMS_A_KILOGRAM, 'kilogram')}
        </Fact>
      )}
      {record.heightMm !== null && (
        <Fact name={t('customer_detail.field.heightMm')}>
          {measure(record.heightMm / MM_A_CENTIMETRE, 'centimeter')}
        </Fact>
      )}
      {record.interests.length > 0 && (
        <Fact name={t('customer_detail.field.interests')}>
          <InlineStack gap="100">
            {record.interests.map((interest) => (
              <Badge key={interest}>{interest}</Badge>
            ))}
          </InlineStack>
        </Fact>
      )}
      {personDiscountBp !== null && (
        <Fact name={t('customer_detail.field.personDiscount')}>{format.percent(personDiscountBp)}</Fact>
      )}
    </>
  );
}

const joined = (parts: readonly (string | null | undefined)[], separator: string): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== '').join(separator);

function Address({ address }: { address: CustomerAddress | null }) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  if (address === null) return null;
  const { street, village, district, city, postalCode, province, countryCode } = address;
  const lines = [
    street,
    joined([village, district], ', '),
    joined([city, postalCode], ' '),
    province,
    countryCode !== null && /^[A-Z]{2}$/.test(countryCode)
      ? new Intl.DisplayNames(locale, { type: 'region' }).of(countryCode)
      : countryCode,
  ].filter((line) => line !== null && line !== undefined && line !== '');
  return (
    <Fact name={t('customer_detail.field.address')}>
      {lines.map((line, index) => (
        <Text as="p" key={index}>
          {line}
        </Text>
      ))}
    </Fact>
  );
}

function Social({ social }: { social: ProfileView['record']['social'] }): ReactNode {
  const { t } = useTranslation();
  return SOCIAL_NETWORKS.map((network) => {
    const account = social[network];
    if (account === undefined || account === '') return null;
    const link = socialLink(network, account);
    return (
      <Fact key={network} name={t(`customer_detail.social.${network}`)}>
        {link === null ? (
          account
        ) : (
          <Link url={link} external>
            {account}
          </Link>
        )}
      </Fact>
    );
  });
}

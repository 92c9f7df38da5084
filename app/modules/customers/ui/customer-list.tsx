import { useNavigate, useNavigation, useSearchParams } from '@remix-run/react';
import { BlockStack, Box, Card, IndexTable, InlineStack, Link, Tag, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { SearchField } from '#app/components/search-field.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { CustomerListView, CustomerWithBalances } from '../customer-list.server.ts';
import type { GiftDate } from '../gift-dates.ts';
import { useCustomerName } from '#app/components/customer-name.ts';

const QUERY_CHARACTERS_MAX = 100;

interface CustomerListProps {
  view: CustomerListView;
  query: string;
  /** Only those who lack this date; null for all. */
  missing: GiftDate | null;
}

export function CustomerList({ view, query, missing }: CustomerListProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const isLoading = useNavigation().state === 'loading';
  const { customers, before, after } = view;
  const isEmpty = query === '' && missing === null;
  const noneText = () => {
    if (query !== '') return t('customers.none_text', { query });
    return missing === null ? t('customers.empty_text') : t('customers.missing_none');
  };
  const goTo = (side: 'before' | 'after', position: string | null) => {
    if (position === null) return;
    const search = new URLSearchParams({
      ...(params.get('q') ? { q: params.get('q') ?? '' } : {}),
      ...(missing === null ? {} : { missing }),
      [side]: position,
    });
    navigate(`/app/customers?${search.toString()}`);
  };
  return (
    <Card padding="0">
      <Box padding="300">
        <BlockStack gap="200">
          <SearchField
            label={t('customers.search')}
            placeholder={t('customers.search_placeholder')}
            query={query}
            action="/app/customers"
            kept={{ missing }}
            maxLength={QUERY_CHARACTERS_MAX}
          />
          {missing !== null && <MissingTag missing={missing} onRemove={() => navigate('/app/customers')} />}
        </BlockStack>
      </Box>
      {customers.length === 0 ? (
        <EmptyNote
          title={isEmpty ? t('customers.empty_title') : t('customers.none_title')}
          text={noneText()}
        />
      ) : (
        <IndexTable
          selectable={false}
          loading={isLoading}
          itemCount={customers.length}
          resourceName={{ singular: t('customers.one'), plural: t('customers.many') }}
          headings={[
            { title: t('customers.name') },
            { title: t('balance.available'), alignment: 'end' },
            { title: t('balance.pending'), alignment: 'end' },
            { title: t('balance.balance'), alignment: 'end' },
          ]}
          pagination={{
            hasPrevious: before !== null,
            onPrevious: () => goTo('before', before),
            hasNext: after !== null,
            onNext: () => goTo('after', after),
          }}
        >
          {customers.map((customer, index) => (
            <CustomerRow key={String(customer.customerId)} customer={customer} position={index} />
          ))}
        </IndexTable>
      )}
    </Card>
  );
}

function MissingTag({ missing, onRemove }: { missing: GiftDate; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <InlineStack>
      <Tag onRemove={onRemove}>{t(`customers.missing.${missing}`)}</Tag>
    </InlineStack>
  );
}

function CustomerRow({ customer, position }: { customer: CustomerWithBalances; position: number }) {
  const nameOf = useCustomerName();
  const name = nameOf(customer);
  const contact = [customer.email, customer.phone].filter((text) => text !== null && text !== name);
  return (
    <IndexTable.Row id={String(customer.customerId)} position={position}>
      <IndexTable.Cell>
        <div className="wrapping">
          <Link url={`/app/customers/${customer.customerId}`} dataPrimaryLink removeUnderline monochrome>
            <Text as="span" fontWeight="semibold">
              {name}
            </Text>
          </Link>
          <Text as="p" variant="bodySm" tone="subdued">
            {contact.join(' · ')}
          </Text>
        </div>
      </IndexTable.Cell>
      <Amounts customer={customer} field="available" />
      <Amounts customer={customer} field="pending" />
      <Amounts customer={customer} field="balance" />
    </IndexTable.Row>
  );
}

/** Points, and credit below them for those who have any. */
function Amounts({
  customer,
  field,
}: {
  customer: CustomerWithBalances;
  field: 'available' | 'pending' | 'balance';
}) {
  const format = useFormat();
  const { balances } = customer;
  return (
    <IndexTable.Cell>
      {balances.length === 0 && (
        <Text as="p" alignment="end" tone="subdued" numeric>
          {format.number(0)}
        </Text>
      )}
      {balances.map((balance) => (
        <Text key={balance.unit} as="p" alignment="end" numeric>
          {format.amount(balance[field], balance.unit)}
        </Text>
      ))}
    </IndexTable.Cell>
  );
}

import { useNavigate, useNavigation, useSearchParams, useSubmit } from '@remix-run/react';
import {
  BlockStack,
  Box,
  Card,
  Icon,
  IndexTable,
  InlineStack,
  Link,
  Tag,
  Text,
  TextField,
} from '@shopify/polaris';
import { SearchIcon } from '@shopify/polaris-icons';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { CustomerListView, CustomerWithBalances } from '../customer-list.server.ts';
import type { GiftDate } from '../gift-dates.ts';
import { useCustomerName } from './customer-name.ts';

const SEARCH_DELAY_MS = 250;

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
          <CustomerSearch query={query} missing={missing} />
          {missing !== null && (
            <InlineStack gap="200">
              <Tag onRemove={() => navigate('/app/customers')}>{t(`customers.missing.${missing}`)}</Tag>
            </InlineStack>
          )}
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

/** Searches while one types, a moment after the last key; the address keeps the search. */
function CustomerSearch({ query, missing }: { query: string; missing: GiftDate | null }) {
  const { t } = useTranslation();
  const submit = useSubmit();
  const [text, setText] = useState(query);
  const sent = useRef(query);
  useEffect(() => {
    if (text.trim() === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      const search = {
        ...(sent.current === '' ? {} : { q: sent.current }),
        ...(missing === null ? {} : { missing }),
      };
      submit(search, { action: '/app/customers', replace: true });
    }, SEARCH_DELAY_MS);
    return () => clearTimeout(timer);
  }, [text, missing, submit]);
  return (
    <TextField
      label={t('customers.search')}
      labelHidden
      type="search"
      placeholder={t('customers.search_placeholder')}
      prefix={<Icon source={SearchIcon} />}
      value={text}
      maxLength={100}
      autoComplete="off"
      clearButton
      onClearButtonClick={() => setText('')}
      onChange={setText}
    />
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

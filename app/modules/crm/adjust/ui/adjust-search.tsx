import { useLocation, useSubmit } from '@remix-run/react';
import { Box, Card, Icon, Link, Text } from '@shopify/polaris';
import { SearchIcon } from '@shopify/polaris-icons';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '#app/components/fields.tsx';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { EmptyNote } from '#app/components/empty-note.tsx';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';

const SEARCH_ID = 'adjust-search';
const SEARCH_DELAY_MS = 250;

/** The first step of an adjustment: whom. `found` is null while nothing was searched for. */
export function AdjustSearch({ query, found }: { query: string; found: CustomerLine[] | null }) {
  const { t } = useTranslation();
  return (
    <Card padding="0">
      <Box padding="400">
        <SearchField query={query} />
      </Box>
      {found === null && <EmptyNote title={t('adjust.start_title')} text={t('adjust.start_text')} />}
      {found?.length === 0 && (
        <EmptyNote title={t('adjust.none_title')} text={t('adjust.none_text', { query })} />
      )}
      {found !== null && found.length > 0 && (
        <ul className="bare-list" aria-label={t('adjust.found')}>
          {found.map((customer) => (
            <FoundCustomer key={String(customer.customerId)} customer={customer} />
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Searches while one types, a moment after the last key. Has the focus: the screen begins with it. */
function SearchField({ query }: { query: string }) {
  const { t } = useTranslation();
  const submit = useSubmit();
  const [text, setText] = useState(query);
  const sent = useRef(query);
  const { key } = useLocation();
  useEffect(() => {
    if (sent.current === '') document.getElementById(SEARCH_ID)?.focus();
  }, [key]);
  useEffect(() => {
    if (text.trim() === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      submit(sent.current === '' ? {} : { q: sent.current }, {
        action: '/app/activity/adjust',
        replace: true,
      });
    }, SEARCH_DELAY_MS);
    return () => clearTimeout(timer);
  }, [text, submit]);
  return (
    <TextField
      id={SEARCH_ID}
      label={t('adjust.find')}
      helpText={t('adjust.find_help')}
      placeholder={t('adjust.find_placeholder')}
      prefix={<Icon source={SearchIcon} />}
      type="search"
      value={text}
      maxLength={100}
      clearButton
      onClearButtonClick={() => setText('')}
      onChange={setText}
    />
  );
}

function FoundCustomer({ customer }: { customer: CustomerLine }) {
  const { t } = useTranslation();
  const name = useCustomerName()(customer);
  const contact = [customer.phone, customer.email].filter((text) => text !== null && text !== name);
  return (
    <li className="ruled">
      <Box padding="400" paddingBlock="300">
        <Link
          url={`/app/activity/adjust?customer=${customer.customerId}`}
          removeUnderline
          accessibilityLabel={t('adjust.choose', { name })}
        >
          <Text as="span" fontWeight="semibold">
            {name}
          </Text>
        </Link>
        <Text as="p" variant="bodySm" tone="subdued" breakWord>
          {contact.join(' · ')}
        </Text>
      </Box>
    </li>
  );
}

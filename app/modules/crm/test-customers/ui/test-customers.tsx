import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, Icon, InlineStack, Link, Text } from '@shopify/polaris';
import { SearchIcon } from '@shopify/polaris-icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { TextField } from '#app/components/fields.tsx';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { CUSTOMER_SEARCH_ADDRESS, useCustomerSearch } from '#app/modules/customers/ui/use-customer-search.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import type { TestCustomerAnswer } from '../test-customers.server.ts';

/** Whom trial mode lets through: found by name, e-mail or phone, added and taken off one by one. */
export function TestCustomers({ testers }: { testers: CustomerLine[] }) {
  const { t } = useTranslation();
  const change = useFetcher<TestCustomerAnswer>();
  const setTrial = (customer: CustomerLine, isTrial: boolean) =>
    change.submit(
      { customerId: String(customer.customerId), isTrial },
      { method: 'post', action: CUSTOMER_SEARCH_ADDRESS, encType: 'application/json' },
    );
  const isBusy = change.state !== 'idle';
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <CardTitle>{t('settings.testers.title')}</CardTitle>
          <Text as="p" tone="subdued">
            {t('settings.testers.text')}
          </Text>
        </BlockStack>
        {change.data && !change.data.ok && (
          <Banner tone="critical">{t(`settings.testers.${change.data.reason}`)}</Banner>
        )}
        {testers.length === 0 ? (
          <Text as="p">{t('settings.testers.none')}</Text>
        ) : (
          <ul className="bare-list" aria-label={t('settings.testers.title')}>
            {testers.map((customer) => (
              <Person key={String(customer.customerId)} customer={customer}>
                {(name) => (
                  <Button
                    variant="tertiary"
                    tone="critical"
                    disabled={isBusy}
                    accessibilityLabel={t('settings.testers.remove_name', { name })}
                    onClick={() => setTrial(customer, false)}
                  >
                    {t('settings.testers.remove')}
                  </Button>
                )}
              </Person>
            ))}
          </ul>
        )}
        <Suggestions
          isBusy={isBusy}
          isChosen={(customer) => testers.some(({ customerId }) => customerId === customer.customerId)}
          onAdd={(customer) => setTrial(customer, true)}
        />
      </BlockStack>
    </Card>
  );
}

interface SuggestionsProps {
  isBusy: boolean;
  isChosen: (customer: CustomerLine) => boolean;
  onAdd: (customer: CustomerLine) => void;
}

function Suggestions({ isBusy, isChosen, onAdd }: SuggestionsProps) {
  const { t } = useTranslation();
  const { text, setText, isAnswered, found } = useCustomerSearch();
  const others = found.filter((customer) => !isChosen(customer));
  return (
    <BlockStack gap="200">
      <TextField
        label={t('settings.testers.search')}
        type="search"
        prefix={<Icon source={SearchIcon} />}
        placeholder={t('customers.search_placeholder')}
        value={text}
        maxLength={100}
        clearButton
        onClearButtonClick={() => setText('')}
        onChange={setText}
      />
      <div aria-live="polite">
        {isAnswered && found.length === 0 && (
          <Text as="p" tone="subdued">
            {t('settings.testers.not_found', { text: text.trim() })}
          </Text>
        )}
        {others.length > 0 && (
          <ul className="bare-list" aria-label={t('settings.testers.search')}>
            {others.map((customer) => (
              <Person key={String(customer.customerId)} customer={customer}>
                {(name) => (
                  <Button
                    disabled={isBusy}
                    accessibilityLabel={t('settings.testers.add_name', { name })}
                    onClick={() => onAdd(customer)}
                  >
                    {t('settings.testers.add')}
                  </Button>
                )}
              </Person>
            ))}
          </ul>
        )}
      </div>
    </BlockStack>
  );
}

function Person({ customer, children }: { customer: CustomerLine; children: (name: string) => ReactNode }) {
  const name = useCustomerName()(customer);
  const contact = [customer.email, customer.phone].filter((text) => text !== null && text !== name);
  return (
    <li className="person">
      <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
        <div className="wrapping">
          <Link url={`/app/customers/${customer.customerId}`} removeUnderline>
            {name}
          </Link>
          <Text as="p" variant="bodySm" tone="subdued">
            {contact.join(' · ')}
          </Text>
        </div>
        {children(name)}
      </InlineStack>
    </li>
  );
}

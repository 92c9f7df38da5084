import { BlockStack, Button, Icon, Text } from '@shopify/polaris';
import { SearchIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { TextField } from '#app/components/fields.tsx';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { useCustomerSearch } from '#app/modules/customers/ui/use-customer-search.ts';

/** Finds a customer by name, e-mail or phone. */
export function CustomerSearch({ onChoose }: { onChoose: (customerId: string) => void }) {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  const { text, setText, isAnswered, found } = useCustomerSearch();
  return (
    <BlockStack gap="200">
      <TextField
        label={t('pricing.check.find')}
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
            {t('pricing.check.not_found')}
          </Text>
        )}
        <ul className="bare-list">
          {found.map((customer) => (
            <li key={String(customer.customerId)}>
              <Button
                variant="plain"
                onClick={() => {
                  setText('');
                  onChoose(String(customer.customerId));
                }}
              >
                {[nameOf(customer), customer.email].filter(Boolean).join(' · ')}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </BlockStack>
  );
}

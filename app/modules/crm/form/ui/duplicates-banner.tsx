import { Banner, BlockStack, Box, Link } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { readJson } from '#app/components/read-json.ts';

interface DuplicatesBannerProps {
  phone: string;
  email: string;
  /** Whose form it is; null for a new customer. */
  except: bigint | null;
}

interface Found {
  customerId: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  by: 'phone' | 'email';
}

const LOOK_DELAY_MS = 400;

/** Who has this phone or e-mail address already; looked for a moment after the last key. */
export function DuplicatesBanner({ phone, email, except }: DuplicatesBannerProps) {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  const found = useDuplicates({ phone, email, except });
  return (
    <div aria-live="polite">
      {found.length > 0 && (
        <Box paddingBlockStart="400">
          <Banner tone="warning" title={t('customer_form.duplicates', { count: found.length })}>
            <BlockStack gap="100">
              {found.map((customer) => (
                <div key={customer.customerId}>
                  <Link url={`/app/customers/${customer.customerId}`}>{nameOf(customer)}</Link>{' '}
                  {t(`customer_form.same_${customer.by}`, { value: customer[customer.by] ?? '' })}
                </div>
              ))}
            </BlockStack>
          </Banner>
        </Box>
      )}
    </div>
  );
}

function useDuplicates({ phone, email, except }: DuplicatesBannerProps): readonly Found[] {
  const [found, setFound] = useState<readonly Found[]>([]);
  const self = except === null ? '' : String(except);
  useEffect(() => {
    if (phone.trim() === '' && email.trim() === '') {
      setFound([]);
      return undefined;
    }
    const controller = new AbortController();
    const look = async (): Promise<void> => {
      const search = new URLSearchParams({ phone, email, except: self });
      const path = `/app/customers/duplicates?${search.toString()}`;
      const answer = await readJson<{ ok: true; found: Found[] }>(path, controller.signal);
      if (!controller.signal.aborted && answer.ok) setFound(answer.found);
    };
    const timer = setTimeout(() => void look(), LOOK_DELAY_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [phone, email, self]);
  return found;
}

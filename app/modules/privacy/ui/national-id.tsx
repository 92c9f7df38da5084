import { useFetcher } from '@remix-run/react';
import { Button, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Long enough to copy it; others may look at the screen. */
const SHOWN_MS = 60_000;

/** A national ID, masked until staff ask to see it: that is recorded, and it is masked again after a minute. */
export function NationalId({ customerId, masked }: { customerId: bigint; masked: string }) {
  const { t } = useTranslation();
  const fetcher = useFetcher<{ nationalId: string | null }>();
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (fetcher.state !== 'idle' || !fetcher.data) return undefined;
    setShown(true);
    const timer = setTimeout(() => setShown(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [fetcher.state, fetcher.data]);
  const text = isShown ? (fetcher.data?.nationalId ?? t('privacy.national_id_gone')) : masked;
  const show = () =>
    fetcher.submit(null, { method: 'post', action: `/app/customers/${customerId}/national-id` });
  return (
    <InlineStack gap="200" blockAlign="center">
      <span aria-live="polite">
        <Text as="span" numeric>
          {text}
        </Text>
      </span>
      <Button
        variant="plain"
        loading={fetcher.state !== 'idle'}
        accessibilityLabel={isShown ? t('privacy.hide_national_id') : t('privacy.show_national_id')}
        onClick={isShown ? () => setShown(false) : show}
      >
        {isShown ? t('privacy.hide') : t('privacy.show')}
      </Button>
    </InlineStack>
  );
}

import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import { PROTECTED_CONTENTS, type Approval } from '#app/integrations/shopify/protected-fields.ts';

/** What Shopify doesn't show this app of customers, and what that means. */
export function UnapprovedBanner({ unapproved }: { unapproved: readonly Approval[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (unapproved.includes('customers'))
    return (
      <Banner tone="critical" title={t('home.unapproved.all_title')}>
        {t('home.unapproved.all_text')}
      </Banner>
    );
  const contents = PROTECTED_CONTENTS.filter((content) => unapproved.includes(content));
  const hidden = format.list(contents.map((content) => t(`home.unapproved.${content}`)));
  return (
    <Banner tone="warning" title={t('home.unapproved.title')}>
      {t('home.unapproved.text', { hidden })}
    </Banner>
  );
}

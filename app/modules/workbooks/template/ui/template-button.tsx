import { Banner, BlockStack, Button } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDownload } from '#app/components/use-download.ts';

const PATH = '/app/customers/import-template';

/** Downloads the workbook that is filled in with customers, in the language of the screen. */
export function TemplateButton() {
  const { t, i18n } = useTranslation();
  const { download, busy } = useDownload();
  const [hasFailed, setHasFailed] = useState(false);
  const take = async (): Promise<void> => {
    setHasFailed(false);
    const headers = await download(`${PATH}?locale=${i18n.language}`, 'template');
    setHasFailed(headers === null);
  };
  return (
    <BlockStack gap="200" inlineAlign="start">
      <Button loading={busy !== null} onClick={take}>
        {t('import_template.download')}
      </Button>
      <div role="status">
        {hasFailed && <Banner tone="critical">{t('import_template.download_failed')}</Banner>}
      </div>
    </BlockStack>
  );
}

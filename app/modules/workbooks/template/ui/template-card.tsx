import { Banner, BlockStack, Button, Card, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useDownload } from '#app/components/use-download.ts';

const PATH = '/app/customers/import-template';

/** The workbook that is filled in with customers, to download in the language of the screen. */
export function TemplateCard() {
  const { t, i18n } = useTranslation();
  const { download, busy } = useDownload();
  const [hasFailed, setHasFailed] = useState(false);
  const take = async (): Promise<void> => {
    setHasFailed(false);
    const headers = await download(`${PATH}?locale=${i18n.language}`, 'template');
    setHasFailed(headers === null);
  };
  return (
    <Card>
      <BlockStack gap="300" inlineAlign="start">
        <CardTitle>{t('import_template.title')}</CardTitle>
        <Text as="p">{t('import_template.text')}</Text>
        <Button loading={busy !== null} onClick={take}>
          {t('import_template.download')}
        </Button>
        <div role="status">
          {hasFailed && <Banner tone="critical">{t('import_template.download_failed')}</Banner>}
        </div>
      </BlockStack>
    </Card>
  );
}

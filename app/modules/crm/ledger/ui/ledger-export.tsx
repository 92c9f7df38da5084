import { Banner, BlockStack, Button, ButtonGroup } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDownload } from '#app/components/use-download.ts';
import { useFormat } from '#app/components/use-format.ts';

/** Takes the filtered ledger along as a file, and says when the file does not hold all of it. */
export function LedgerExport({ params }: { params: URLSearchParams }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [note, setNote] = useState<string | null>(null);
  const { download, busy } = useDownload();
  const start = async (type: 'xlsx' | 'csv') => {
    setNote(null);
    const query = new URLSearchParams(params);
    query.set('format', type);
    query.set('locale', format.locale);
    const headers = await download(`/app/activity/ledger/export?${query.toString()}`, type);
    const cap = headers?.get('x-rows-capped-at');
    if (headers === null) setNote(t('ledger_page.export.failed'));
    else if (cap) setNote(t('ledger_page.export.capped', { limit: format.number(Number(cap)) }));
  };
  return (
    <BlockStack gap="200" inlineAlign="end">
      <ButtonGroup>
        {(['xlsx', 'csv'] as const).map((type) => (
          <Button
            key={type}
            loading={busy === type}
            disabled={busy !== null}
            onClick={() => start(type)}
            accessibilityLabel={`${t('ledger_page.export.title')}: ${t(`ledger_page.export.${type}`)}`}
          >
            {t(`ledger_page.export.${type}`)}
          </Button>
        ))}
      </ButtonGroup>
      {note !== null && <Banner onDismiss={() => setNote(null)}>{note}</Banner>}
    </BlockStack>
  );
}

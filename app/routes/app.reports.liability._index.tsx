import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Banner } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { useDownload } from '#app/components/use-download.ts';
import { readLiability } from '#app/modules/reports/liability/read-liability.server.ts';
import { LiabilityView } from '#app/modules/reports/liability/ui/liability-report.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  return readLiability(await authenticateAdmin(request));
}

export default function LiabilityScreen() {
  const report = useLoaderData<typeof loader>();
  const { t, i18n } = useTranslation();
  const { download, busy } = useDownload();
  const [hasFailed, setFailed] = useState(false);
  const start = async () => {
    const headers = await download(`/app/reports/liability/export?locale=${i18n.language}`, 'xlsx');
    setFailed(headers === null);
  };
  return (
    <Screen
      title={t('reports.liability.title')}
      subtitle={t('reports.liability.lead')}
      secondaryActions={[
        { content: t('reports.liability.excel'), loading: busy !== null, onAction: () => void start() },
      ]}
      fullWidth
    >
      <div className="stack">
        {hasFailed && <Banner tone="critical">{t('reports.liability.failed')}</Banner>}
        <LiabilityView report={report} />
      </div>
    </Screen>
  );
}

import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { Screen } from '#app/components/screen.tsx';
import { useProgress } from '#app/components/use-progress.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { WORKING_STATES } from '#app/modules/workbooks/rules/import-states.ts';
import { readHistory } from '#app/modules/workbooks/screen/import-screen.server.ts';
import { TemplateCard } from '#app/modules/workbooks/template/ui/template-card.tsx';
import { FileUpload } from '#app/modules/workbooks/ui/file-upload.tsx';
import { ImportHistory } from '#app/modules/workbooks/ui/import-history.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return readHistory(shopId, readIdParam(readSearchParams(request).get('before')));
}

export default function ImportsScreen() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  useProgress(view.imports.some(({ state }) => WORKING_STATES.includes(state)));
  return (
    <Screen title={t('imports.title')} subtitle={t('imports.what')}>
      <div className="stack">
        {view.isStuck && <Banner tone="warning">{t('imports.no_worker')}</Banner>}
        <TemplateCard />
        <FileUpload />
        <ImportHistory view={view} />
      </div>
    </Screen>
  );
}

import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { Screen } from '#app/components/screen.tsx';
import { readTemplateList } from '#app/modules/messaging/templates/template-screen.server.ts';
import { TemplateList } from '#app/modules/messaging/templates/ui/template-list.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return readTemplateList(shopId);
}

export default function Templates() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('templates.title')}
      subtitle={t('templates.what')}
      primaryAction={{ content: t('templates.new'), url: '/app/messages/templates/new' }}
    >
      <TemplateList view={view} />
    </Screen>
  );
}

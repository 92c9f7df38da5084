import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { isUuid } from '#app/lib/read-id.ts';
import { listSubjectAccesses } from '#app/modules/privacy/accesses.server.ts';
import { AccessLogCard } from '#app/modules/privacy/ui/access-log-card.tsx';
import {
  actOnApplication,
  readApplicationScreen,
} from '#app/modules/resellers/applications/application-screens.server.ts';
import { ApplicationDetail } from '#app/modules/resellers/applications/ui/application-detail.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

function readId(id: string | undefined): string {
  if (id === undefined || !isUuid(id)) throw data(null, { status: 404 });
  return id;
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const applicationId = readId(params.id);
  const [view, accesses] = await Promise.all([
    readApplicationScreen(shopId, applicationId),
    listSubjectAccesses(shopId, 'application_id_card', applicationId),
  ]);
  if (!view) throw data(null, { status: 404 });
  return { ...view, accesses };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const answer = await actOnApplication(
    shop,
    readId(params.id),
    values,
    async () => (await readStaff(request, shop)).actor,
  );
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function Application() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={view.application.name}
      backAction={{ content: t('applications.title'), url: '/app/resellers/applications' }}
    >
      <ApplicationDetail view={view} accessLog={<AccessLogCard accesses={view.accesses} />} />
    </Screen>
  );
}

import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { actOnAccess, readAccessScreen } from '#app/modules/pricing/access/access-screen.server.ts';
import { AccessForm } from '#app/modules/pricing/access/ui/access-form-cards.tsx';
import { AccessHealthCard } from '#app/modules/pricing/access/ui/access-health.tsx';
import { BreachCard } from '#app/modules/pricing/access/ui/breach-card.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return readAccessScreen(shopId);
}

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const answer = await actOnAccess(shopId, values);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function MembersOnly() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('members_only.title')} subtitle={t('members_only.what')}>
      <div className="stack">
        <AccessHealthCard view={view} />
        {view.breaches.length > 0 && <BreachCard view={view} />}
        <AccessForm view={view} />
      </div>
    </Screen>
  );
}

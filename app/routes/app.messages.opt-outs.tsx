import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { toE164 } from '#app/lib/phone.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { actOnOptOuts } from '#app/modules/messaging/consent/act-on-opt-outs.server.ts';
import { listOptOuts } from '#app/modules/messaging/consent/opt-outs.queries.server.ts';
import { AddOptOut } from '#app/modules/messaging/consent/ui/add-opt-out.tsx';
import { OptOutList } from '#app/modules/messaging/consent/ui/opt-out-list.tsx';
import { useExport } from '#app/modules/workbooks/export/ui/use-export.tsx';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId, country } = await authenticateAdmin(request);
  const search = readSearchParams(request);
  const query = search.get('q') ?? '';
  const address = query === '' ? null : toE164(query, country);
  const isUnreadable = query !== '' && address === null;
  const after = search.get('after');
  const onlyReviews = search.get('tab') === 'review';
  const page = await listOptOuts(shopId, { needsReview: onlyReviews, address, after });
  return {
    page: isUnreadable ? { ...page, optOuts: [], after: null } : page,
    onlyReviews,
    query,
    isUnreadable,
    isFirstPage: after === null,
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const answer = await actOnOptOuts(shop, values, async () => (await readStaff(request, shop)).actor);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function OptOuts() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const [isAdding, setAdding] = useState(false);
  const exporting = useExport();
  return (
    <Screen
      title={t('opt_outs.title')}
      subtitle={t('opt_outs.what')}
      primaryAction={{ content: t('opt_outs.add'), onAction: () => setAdding(true) }}
      secondaryActions={[
        { content: t('opt_outs.export'), onAction: () => exporting.openList('consents', '') },
      ]}
    >
      <OptOutList {...view} />
      {exporting.dialog}
      {isAdding && <AddOptOut onClose={() => setAdding(false)} />}
    </Screen>
  );
}

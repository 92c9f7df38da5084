import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { readField } from '#app/modules/crm/worklist/rules/completeness.ts';
import { editAddress } from '#app/modules/crm/worklist/rules/worklist-address.ts';
import { WorklistCard } from '#app/modules/crm/worklist/ui/worklist-card.tsx';
import { readWorklist, type WorklistCursor } from '#app/modules/crm/worklist/worklist.queries.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const searchParams = readSearchParams(request);
  const lack = readField(searchParams.get('missing'));
  return { list: await readWorklist(shopId, lack, readCursor(searchParams)) };
}

function readCursor(searchParams: URLSearchParams): WorklistCursor | null {
  for (const side of ['after', 'before'] as const) {
    const customerId = readIdParam(searchParams.get(side));
    if (customerId !== null) return { side, customerId };
  }
  return null;
}

export default function CompletenessScreen() {
  const { list } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const [first] = list.customers;
  return (
    <Screen
      title={t('completeness.title')}
      subtitle={t('completeness.lead')}
      {...(first
        ? {
            primaryAction: {
              content: t('completeness.start'),
              url: editAddress(first.customerId, list.lack),
            },
          }
        : {})}
    >
      <WorklistCard list={list} />
    </Screen>
  );
}

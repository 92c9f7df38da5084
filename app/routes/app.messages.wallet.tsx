import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { useExport } from '#app/modules/workbooks/export/ui/use-export.tsx';
import { TopUpDialog } from '#app/modules/messaging/wallet/ui/top-up-dialog.tsx';
import { WalletScreen } from '#app/modules/messaging/wallet/ui/wallet-screen.tsx';
import { actOnWallet, readWalletScreen } from '#app/modules/messaging/wallet/wallet-screen.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  return readWalletScreen(shop, readIdParam(readSearchParams(request).get('before')));
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values, locale } = await readDraft(request);
  const answer = await actOnWallet(shop, values, locale, async () => (await readStaff(request, shop)).actor);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function Wallet() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const [isToppingUp, setToppingUp] = useState(false);
  const exporting = useExport();
  return (
    <Screen
      title={t('wallet.title')}
      subtitle={t('wallet.what')}
      {...(view.canTopUp
        ? { primaryAction: { content: t('wallet.top_up'), onAction: () => setToppingUp(true) } }
        : {})}
      secondaryActions={
        view.entries.length === 0
          ? []
          : [{ content: t('wallet.export'), onAction: () => exporting.openList('wallet', '') }]
      }
    >
      <WalletScreen view={view} />
      {exporting.dialog}
      {isToppingUp && <TopUpDialog onClose={() => setToppingUp(false)} />}
    </Screen>
  );
}

import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readSearchParams } from '#app/lib/storable.ts';
import { readCheckAddress } from '#app/modules/pricing/check/check-address.ts';
import { readPriceCheck } from '#app/modules/pricing/check/read-price-check.server.ts';
import { PriceCheck } from '#app/modules/pricing/check/ui/price-check.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  return readPriceCheck(shop, readCheckAddress(readSearchParams(request)));
}

export default function PriceCheckScreen() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('pricing.check.title')}>
      <PriceCheck view={view} />
    </Screen>
  );
}

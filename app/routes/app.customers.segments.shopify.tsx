import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Box, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useProgress } from '#app/components/use-progress.ts';
import { readDraft } from '#app/i18n/read-draft.ts';
import { actOnShopifySegments } from '#app/modules/segments/shopify/shopify-segments-screen.server.ts';
import { readShopifySegmentsScreen } from '#app/modules/segments/shopify/shopify-segments.queries.server.ts';
import { ShopifySegmentTable } from '#app/modules/segments/ui/shopify/shopify-segment-table.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return readShopifySegmentsScreen(shopId);
}

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const answer = await actOnShopifySegments(shopId, values);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function ShopifySegmentsScreen() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction();
  const { segments, listedAt, isListing } = view;
  const listed = isListing
    ? t('shopify_segments.listing')
    : listedAt !== null && t('shopify_segments.listed', { at: format.timestamp(listedAt) });
  useProgress(isListing || segments.some(({ isReading }) => isReading));
  return (
    <Screen
      title={t('shopify_segments.title')}
      subtitle={t('shopify_segments.what')}
      backAction={{ content: t('segment_list.title'), url: '/app/customers/segments' }}
      secondaryActions={[
        {
          content: t('shopify_segments.refresh'),
          disabled: isListing,
          loading: action.isBusy,
          onAction: () => action.act({ intent: 'list' }, t('shopify_segments.begun')),
        },
      ]}
    >
      <Card padding="0">
        <ShopifySegmentTable view={view} />
        {listed && segments.length > 0 && (
          <Box padding="300">
            <Text as="p" tone="subdued">
              {listed}
            </Text>
          </Box>
        )}
      </Card>
    </Screen>
  );
}

import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Banner, BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useProgress } from '#app/components/use-progress.ts';
import { readDraft } from '#app/i18n/read-draft.ts';
import { actOnRfm, readRfmScreen } from '#app/modules/segments/rfm/rfm-screen.server.ts';
import { RFM_CUSTOMERS_MIN } from '#app/modules/segments/rules/rfm.ts';
import { RfmMap } from '#app/modules/segments/ui/rfm/rfm-map.tsx';
import { RfmGroupTable, RfmScoreTable } from '#app/modules/segments/ui/rfm/rfm-tables.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return readRfmScreen(shopId);
}

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const answer = await actOnRfm(shopId, values);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function RfmScreen() {
  const { groups, thresholds, computedAt, tooFew } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction();
  useProgress(computedAt === null);
  return (
    <Screen
      title={t('rfm.title')}
      subtitle={t('rfm.what')}
      backAction={{ content: t('segment_list.title'), url: '/app/customers/segments' }}
      secondaryActions={[
        {
          content: t('rfm.compute'),
          loading: action.isBusy,
          onAction: () => action.act({ intent: 'compute' }, t('rfm.computed')),
        },
      ]}
    >
      <div className="stack">
        {computedAt === null && (
          <Banner tone="info" title={t('rfm.waiting')}>
            <Text as="p">{t('rfm.waiting_text')}</Text>
          </Banner>
        )}
        {tooFew !== null && (
          <Banner tone="info" title={t('rfm.too_few_title')}>
            <Text as="p">
              {t('rfm.too_few', {
                count: tooFew,
                amount: format.number(tooFew),
                limit: format.number(RFM_CUSTOMERS_MIN),
              })}
            </Text>
          </Banner>
        )}
        <Card>
          <BlockStack gap="200">
            <RfmMap groups={groups} />
            {computedAt !== null && (
              <Text as="p" variant="bodySm" tone="subdued">
                {t('rfm.as_of', { at: format.timestamp(computedAt) })}
              </Text>
            )}
          </BlockStack>
        </Card>
        <RfmGroupTable groups={groups} />
        {thresholds.length > 0 && <RfmScoreTable thresholds={thresholds} />}
      </div>
    </Screen>
  );
}

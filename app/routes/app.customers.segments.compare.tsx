import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Banner, Button, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { Screen } from '#app/components/screen.tsx';
import { readSearchParams } from '#app/lib/storable.ts';
import { readCompareScreen } from '#app/modules/segments/compare/compare-segments.server.ts';
import { sideText } from '#app/modules/segments/compare/sides.ts';
import { CompareForm } from '#app/modules/segments/ui/compare/compare-form.tsx';
import { CompareResult } from '#app/modules/segments/ui/compare/compare-result.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return readCompareScreen(shopId, readSearchParams(request));
}

export default function CompareScreen() {
  const { choices, a, b, parts, broken } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const nameOf = (side: typeof a) =>
    choices.find(({ value }) => side !== null && value === sideText(side))?.name ?? '?';
  const names = { a: nameOf(a), b: nameOf(b) };
  return (
    <Screen
      title={t('compare.title')}
      subtitle={t('compare.what')}
      backAction={{ content: t('segment_list.title'), url: '/app/customers/segments' }}
    >
      <div className="stack">
        <Card>
          {choices.length === 0 ? (
            <EmptyNote title={t('compare.empty_title')} text={t('compare.empty_text')}>
              <Button url="/app/customers/segments">{t('segment_list.title')}</Button>
            </EmptyNote>
          ) : (
            <CompareForm choices={choices} a={a} b={b} />
          )}
        </Card>
        {broken.map((side) => (
          <Banner key={side} tone="warning" title={t('compare.broken', { name: names[side] })}>
            <Text as="p">{t('compare.broken_text')}</Text>
          </Banner>
        ))}
        {a && b && parts && (
          <Card>
            <CompareResult a={a} b={b} names={names} parts={parts} />
          </Card>
        )}
      </div>
    </Screen>
  );
}

import { Badge, BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { OpenLot, OpenLots } from '../read-lots.server.ts';

/** What the balance is made of, and until when each part can be used. */
export function LotsCard({ lots: { lots, more } }: { lots: OpenLots }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card>
      <BlockStack gap="200">
        <CardTitle>{t('customer_detail.points.lots')}</CardTitle>
        {lots.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('customer_detail.points.no_lots')}
          </Text>
        ) : (
          <ul className="bare-list">
            {lots.map((lot) => (
              <Lot key={String(lot.entryId)} lot={lot} />
            ))}
          </ul>
        )}
        {more > 0 && (
          <Text as="p" tone="subdued">
            {t('customer_detail.points.more_lots', { count: more, amount: format.number(more) })}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

const MS_BEFORE_MIDNIGHT = 1;

function Lot({ lot }: { lot: OpenLot }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { remaining, amount, unit, validFrom, expiresAt, orderId, orderName, isPending } = lot;
  // It ends with its last day: the moment itself is the next one already.
  const until =
    expiresAt === null
      ? t('customer_detail.points.for_ever')
      : t('customer_detail.points.until', {
          day: format.day(new Date(expiresAt.getTime() - MS_BEFORE_MIDNIGHT)),
        });
  return (
    <li className="ruled planned-line">
      <InlineStack gap="200" align="space-between">
        <Text as="p" fontWeight="semibold" numeric>
          {format.units(remaining, unit)}
        </Text>
        {isPending && <Badge tone="attention">{t('balance.pending')}</Badge>}
      </InlineStack>
      <Text as="p" variant="bodySm" tone="subdued">
        {t('customer_detail.points.from', { day: format.day(validFrom) })} · {until}
      </Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {remaining < amount && t('customer_detail.points.of', { amount: format.units(amount, unit) })}{' '}
        {orderId !== null && (
          <Link url={`/app/activity/orders/${orderId}`}>{orderName ?? t('ledger.some_order')}</Link>
        )}
      </Text>
    </li>
  );
}

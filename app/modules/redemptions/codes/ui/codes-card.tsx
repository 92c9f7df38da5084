import { Badge, BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { RedemptionState } from '../../rules/redemption.ts';
import type { CodeLine } from '../codes.queries.server.ts';

const TONES: Partial<Record<RedemptionState, 'success' | 'attention' | 'critical'>> = {
  issued: 'attention',
  settled: 'success',
  failed: 'critical',
};

/** The newest codes of a customer: what each was for, and what became of it. */
export function CodesCard({ codes }: { codes: readonly CodeLine[] }) {
  const { t } = useTranslation();
  if (codes.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="200">
        <CardTitle>{t('payout.codes.title')}</CardTitle>
        <ul className="bare-list">
          {codes.map((code) => (
            <Code key={code.redemptionId} line={code} />
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}

function Code({ line }: { line: CodeLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { code, reward, unit, units, state, because, orderId, orderName, createdAt } = line;
  const tone = TONES[state];
  return (
    <li className="ruled planned-line">
      <InlineStack gap="200" align="space-between">
        <Text as="p" fontWeight="semibold" breakWord>
          {reward ?? code}
        </Text>
        <Badge {...(tone === undefined ? {} : { tone })}>{t(`payout.codes.state.${state}`)}</Badge>
      </InlineStack>
      <Text as="p" variant="bodySm" tone="subdued">
        {format.units(units, unit)} · {format.timestamp(createdAt)}{' '}
        {orderId !== null && (
          <Link url={`/app/activity/orders/${orderId}`}>{orderName ?? t('ledger.some_order')}</Link>
        )}
      </Text>
      {because !== null && (
        <Text as="p" variant="bodySm">
          {t(`payout.codes.because.${because}`)}
        </Text>
      )}
    </li>
  );
}

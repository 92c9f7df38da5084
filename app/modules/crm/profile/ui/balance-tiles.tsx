import { BlockStack, Card, InlineGrid, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { Balance } from '#app/modules/ledger/balances.queries.server.ts';

const TILES = ['available', 'pending', 'held', 'debt', 'balance'] as const;

/** What a customer has in each unit; points also when there never were any. */
export function BalanceTiles({ customerId, balances }: { customerId: bigint; balances: Balance[] }) {
  const shown = balances.some(({ unit }) => unit === 'POINTS')
    ? balances
    : [noPoints(customerId), ...balances];
  return (
    <div className="stack">
      {shown.map((balance) => (
        <UnitTiles key={balance.unit} balance={balance} />
      ))}
    </div>
  );
}

function noPoints(customerId: bigint): Balance {
  return { customerId, unit: 'POINTS', balance: 0n, available: 0n, held: 0n, pending: 0n, debt: 0n };
}

function UnitTiles({ balance }: { balance: Balance }) {
  const { t } = useTranslation();
  const format = useFormat();
  const unit = balance.unit === 'CREDIT' ? t('units.credit') : t('units.points_title');
  return (
    <Card>
      <section aria-label={unit}>
        <InlineGrid columns={{ xs: 2, sm: 3, md: 5 }} gap="400">
          {TILES.map((field) => (
            <BlockStack key={field} gap="100">
              <Text as="h2" variant="bodySm" tone="subdued">
                {t(`balance.${field}`)}
              </Text>
              <Text
                as="p"
                variant="headingLg"
                numeric
                {...(field === 'debt' && balance.debt > 0n ? { tone: 'critical' } : {})}
              >
                {format.amount(balance[field], balance.unit)}
              </Text>
              <Text as="p" variant="bodySm" tone="subdued">
                {t(`balance.${field}_help`)}
              </Text>
            </BlockStack>
          ))}
        </InlineGrid>
      </section>
    </Card>
  );
}

import { BlockStack, InlineGrid, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { BackfillTotals } from '../totals.server.ts';
import { useNothingRows } from './backfill-labels.tsx';

interface DryRunProps {
  totals: BackfillTotals;
  ordersFound: number;
  liabilityMinor: bigint;
}

/** What the run gives: to how many, how much, what it may cost; and which orders give nothing, and why. */
export function DryRun(props: DryRunProps) {
  const tiles = useTiles(props);
  return (
    <BlockStack gap="400">
      <InlineGrid columns={{ xs: 2, md: tiles.length }} gap="400">
        {tiles.map(({ name, value, note }) => (
          <BlockStack key={name} gap="050">
            <Text as="h3" variant="bodyMd" tone="subdued">
              {name}
            </Text>
            <Text as="p" variant="headingLg" numeric breakWord>
              {value}
            </Text>
            {note !== null && (
              <Text as="p" variant="bodySm" tone="subdued">
                {note}
              </Text>
            )}
          </BlockStack>
        ))}
      </InlineGrid>
      <Silent totals={props.totals} />
    </BlockStack>
  );
}

interface Tile {
  name: string;
  value: string;
  note: string | null;
}

function useTiles({ totals, ordersFound, liabilityMinor }: DryRunProps): Tile[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { points, credit, expiredPoints, expiredCredit } = totals;
  const overNote = (amount: bigint, text: string): string | null =>
    amount > 0n ? t('backfill.over_already', { amount: text }) : null;
  const found = { count: ordersFound, amount: format.number(ordersFound) };
  const creditTile: Tile = {
    name: t('units.credit'),
    value: format.money(credit),
    note: overNote(expiredCredit, format.money(expiredCredit)),
  };
  return [
    {
      name: t('backfill.tile.orders'),
      value: format.number(totals.earning),
      note: t('backfill.of_found', found),
    },
    { name: t('backfill.tile.customers'), value: format.number(totals.customers), note: null },
    {
      name: t('units.points_title'),
      value: format.number(points),
      note: overNote(expiredPoints, format.number(expiredPoints)),
    },
    ...(credit > 0n ? [creditTile] : []),
    {
      name: t('backfill.tile.liability'),
      value: format.money(liabilityMinor),
      note: t('backfill.tile.liability_note'),
    },
  ];
}

function Silent({ totals }: { totals: BackfillTotals }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = useNothingRows()(totals.nothing);
  if (rows.length === 0) return null;
  return (
    <section>
      <Text as="h3" variant="headingSm">
        {t('backfill.nothing_title')}
      </Text>
      {rows.map(({ text, orders }) => (
        <div className="sum-line" key={text}>
          <Text as="span">{text}</Text>
          <Text as="span" numeric>
            {format.number(orders)}
          </Text>
        </div>
      ))}
    </section>
  );
}

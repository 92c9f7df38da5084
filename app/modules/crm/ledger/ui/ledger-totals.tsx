import { useFetcher } from '@remix-run/react';
import { Text } from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import { ENTRIES_SUMMED_MAX } from '#app/modules/ledger/summed-limits.ts';
import type { LedgerSum } from '#app/modules/ledger/entries.queries.server.ts';
import type { LedgerTotals } from '../ledger-screen.server.ts';

/** What the filtered movements add up to, by unit; the line keeps its height while that is computed. */
export function LedgerTotalsLine({ filter }: { filter: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { load, data, state } = useFetcher<LedgerTotals>({ key: 'ledger-totals' });
  useEffect(() => load(`/app/activity/ledger/totals?${filter}`), [load, filter]);
  const isReading = data === undefined || state !== 'idle';
  return (
    <div className="ledger-totals" role="status">
      {isReading ? (
        <Text as="p" tone="subdued">
          {t('ledger_page.totals.reading')}
        </Text>
      ) : data.sums === null ? (
        <Text as="p" tone="subdued">
          {t('ledger_page.totals.beyond', { amount: format.number(ENTRIES_SUMMED_MAX) })}
        </Text>
      ) : (
        data.sums.map((sum) => <UnitSum key={sum.unit} sum={sum} />)
      )}
    </div>
  );
}

function UnitSum({ sum: { unit, entries, added, removed } }: { sum: LedgerSum }) {
  const { t } = useTranslation();
  const format = useFormat();
  const signed = (amount: bigint) => (unit === 'CREDIT' ? format.money(amount) : format.signed(amount));
  return (
    <Text as="p">
      {t('ledger_page.totals.line', {
        unit: unit === 'CREDIT' ? t('units.credit') : t('units.points_title'),
        count: entries,
        entries: format.number(entries),
        added: signed(added),
        removed: signed(removed),
        net: signed(added + removed),
      })}
    </Text>
  );
}

import { Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import type { Pages } from '#app/components/pages.ts';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { useEntryText } from '#app/modules/earning/explain/ui/entry-text.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { LedgerLine } from '#app/modules/ledger/entries.queries.server.ts';
import { useActorName, useReasonName } from '../../ui/actor-name.ts';

interface LedgerTableProps {
  lines: LedgerLine[];
  /** Names of actors. */
  names: Record<string, string>;
  pages: Pages;
}

/** Movements of all customers; each leads to its explanation. */
export function LedgerTable({ lines, names, pages }: LedgerTableProps) {
  const { t } = useTranslation();
  return (
    <Table
      count={lines.length}
      one={t('ledger_page.one')}
      many={t('ledger_page.many')}
      headings={[
        { title: t('ledger_page.what') },
        { title: t('ledger_page.customer') },
        { title: t('ledger_page.amount'), alignment: 'end' },
        { title: t('ledger_page.balance'), alignment: 'end' },
        { title: t('ledger_page.who'), phone: 'nowhere' },
      ]}
      pages={pages}
    >
      {lines.map((line, index) => (
        <Row key={String(line.entryId)} line={line} names={names} position={index} />
      ))}
    </Table>
  );
}

function Row({
  line,
  names,
  position,
}: {
  line: LedgerLine;
  names: Record<string, string>;
  position: number;
}) {
  const format = useFormat();
  const text = useEntryText()(line);
  const nameOf = useCustomerName();
  const actorName = useActorName(names);
  const reason = useReasonName()(line.reason);
  const details = [format.timestamp(line.createdAt), ...(reason === null ? [] : [reason]), ...text.details];
  return (
    <TableRow id={String(line.entryId)} position={position}>
      <TwoLineCell
        url={`/app/activity/ledger/${line.entryId}`}
        title={text.line}
        weight="medium"
        details={[details.join(' · ')]}
      />
      <TableCell>
        <div className="wrapping">
          <Link url={`/app/customers/${line.customerId}`} removeUnderline monochrome>
            {nameOf(line)}
          </Link>
        </div>
      </TableCell>
      <TableCell>
        <Text
          as="p"
          alignment="end"
          fontWeight="semibold"
          numeric
          {...(line.amount > 0n ? { tone: 'success' } : {})}
        >
          {line.unit === 'CREDIT' ? format.money(line.amount) : format.signed(line.amount)}
        </Text>
      </TableCell>
      <TableCell>
        <Text as="p" alignment="end" numeric>
          {format.amount(line.balanceAfter, line.unit)}
        </Text>
      </TableCell>
      <TableCell>
        <Text as="p" tone="subdued">
          {actorName(line)}
        </Text>
      </TableCell>
    </TableRow>
  );
}

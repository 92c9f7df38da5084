import { IndexTable, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useCustomerName } from '#app/components/customer-name.ts';
import { useEntryText } from '#app/components/entry-text.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { LedgerLine } from '#app/modules/loyalty/ledger-page.queries.server.ts';
import { useActorName, useReasonName } from './actor-name.ts';

interface LedgerTableProps {
  lines: LedgerLine[];
  /** Names of actors. */
  names: Record<string, string>;
  isLoading: boolean;
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
}

/** Movements of all customers; each leads to its explanation. */
export function LedgerTable({ lines, names, isLoading, onPrevious, onNext }: LedgerTableProps) {
  const { t } = useTranslation();
  return (
    <IndexTable
      selectable={false}
      loading={isLoading}
      itemCount={lines.length}
      resourceName={{ singular: t('ledger_page.one'), plural: t('ledger_page.many') }}
      headings={[
        { title: t('ledger_page.what') },
        { title: t('ledger_page.customer') },
        { title: t('ledger_page.amount'), alignment: 'end' },
        { title: t('ledger_page.balance'), alignment: 'end' },
        { title: t('ledger_page.who') },
      ]}
      pagination={{
        hasPrevious: onPrevious !== null,
        onPrevious: () => onPrevious?.(),
        hasNext: onNext !== null,
        onNext: () => onNext?.(),
      }}
    >
      {lines.map((line, index) => (
        <Row key={String(line.entryId)} line={line} names={names} position={index} />
      ))}
    </IndexTable>
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
  const details = [format.moment(line.createdAt), ...(reason === null ? [] : [reason]), ...text.details];
  return (
    <IndexTable.Row id={String(line.entryId)} position={position}>
      <IndexTable.Cell>
        <div className="wrapping">
          <Link url={`/app/ledger/${line.entryId}`} dataPrimaryLink removeUnderline monochrome>
            <Text as="span" fontWeight="medium">
              {text.line}
            </Text>
          </Link>
          <Text as="p" variant="bodySm" tone="subdued">
            {details.join(' · ')}
          </Text>
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <div className="wrapping">
          <Link url={`/app/customers/${line.customerId}`} removeUnderline monochrome>
            {nameOf(line)}
          </Link>
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Text
          as="p"
          alignment="end"
          fontWeight="semibold"
          numeric
          {...(line.amount > 0n ? { tone: 'success' } : {})}
        >
          {line.unit === 'CREDIT' ? format.money(line.amount) : format.signed(line.amount)}
        </Text>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Text as="p" alignment="end" numeric>
          {format.amount(line.balanceAfter, line.unit)}
        </Text>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Text as="p" tone="subdued">
          {actorName(line)}
        </Text>
      </IndexTable.Cell>
    </IndexTable.Row>
  );
}

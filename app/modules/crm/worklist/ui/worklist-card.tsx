import { Box, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Select } from '#app/components/fields.tsx';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';
import { COUNT_EXACT_MAX, readField } from '../rules/completeness.ts';
import { editAddress } from '../rules/worklist-address.ts';
import type { IncompleteCustomer, Lack, LackCount, Worklist } from '../worklist.queries.server.ts';

const BP_A_PERCENT = 100;
/** The choice of anything. */
const ANY = 'any';

/** Customers who lack something, to be worked off one by one. */
export function WorklistCard({ list }: { list: Worklist }) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const { lack, counts, customers, before, after } = list;
  const pageAt = (side: 'before' | 'after', position: bigint | null) => {
    if (position === null) return null;
    const search = new URLSearchParams({
      ...(lack === null ? {} : { missing: lack }),
      [side]: String(position),
    });
    return `/app/customers/to-complete?${search.toString()}`;
  };
  return (
    <Card padding="0">
      <Box padding="300">
        <LackSelect lack={lack} counts={counts} onChange={(missing) => change({ missing })} />
      </Box>
      {customers.length === 0 ? (
        <EmptyNote title={t('completeness.empty_title')} text={t('completeness.empty_text')} />
      ) : (
        <Table
          count={customers.length}
          one={t('customers.one')}
          many={t('customers.many')}
          headings={[
            { title: t('customers.name') },
            { title: t('completeness.missing') },
            { title: t('completeness.score'), alignment: 'end' },
          ]}
          pages={{ previous: pageAt('before', before), next: pageAt('after', after) }}
        >
          {customers.map((customer, index) => (
            <Row key={String(customer.customerId)} customer={customer} lack={lack} position={index} />
          ))}
        </Table>
      )}
    </Card>
  );
}

interface LackSelectProps {
  lack: Lack;
  counts: readonly LackCount[];
  onChange: (lack: Lack) => void;
}

function LackSelect({ lack, counts, onChange }: LackSelectProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const amount = (count: number) =>
    count > COUNT_EXACT_MAX
      ? t('completeness.more_than', { amount: format.number(COUNT_EXACT_MAX) })
      : format.number(count);
  return (
    <Select
      label={t('completeness.filter')}
      options={counts.map(({ field, count }) => ({
        value: field ?? ANY,
        label: t('completeness.option', {
          field: field === null ? t('completeness.any') : t(`customer_detail.field.${field}`),
          amount: amount(count),
        }),
      }))}
      value={lack ?? ANY}
      onChange={(value) => onChange(readField(value))}
    />
  );
}

function Row({ customer, lack, position }: { customer: IncompleteCustomer; lack: Lack; position: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useCustomerName();
  const { customerId, completeness } = customer;
  const name = nameOf(customer);
  const contact = customer.phone ?? customer.email;
  return (
    <TableRow id={String(customerId)} position={position}>
      <TwoLineCell
        url={editAddress(customerId, lack)}
        title={name}
        details={[contact === name ? null : contact]}
      />
      <TableCell>
        <div className="wrapping">
          {format.names(completeness.missing.map((field) => t(`customer_detail.field.${field}`)))}
        </div>
      </TableCell>
      <TableCell>
        <Text as="p" alignment="end" numeric>
          {format.percent(completeness.score * BP_A_PERCENT)}
        </Text>
      </TableCell>
    </TableRow>
  );
}

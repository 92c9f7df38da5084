import { useNavigate } from '@remix-run/react';
import { Box, Button, ChoiceList, InlineStack, Popover, Select } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listAddress, SORTS, sortParam, type CustomerFilter, type CustomerSort } from '../customer-filter.ts';
import { COLUMNS, type Column } from './use-columns.ts';

interface ListToolsProps {
  filter: CustomerFilter;
  sort: CustomerSort;
  columns: readonly Column[];
  onColumns: (columns: readonly string[]) => void;
}

/** In which order, and which columns. */
export function ListTools({ filter, sort, columns, onColumns }: ListToolsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const sorts = SORTS.flatMap((by) => [
    { by, isDescending: by !== 'name' },
    { by, isDescending: by === 'name' },
  ]);
  return (
    <InlineStack gap="200" blockAlign="center">
      <Select
        label={t('customer_list.sort.label')}
        labelInline
        options={sorts.map((one) => ({
          label: t(`customer_list.sort.${one.by}_${one.isDescending ? 'desc' : 'asc'}`),
          value: sortParam(one),
        }))}
        value={sortParam(sort)}
        onChange={(value) => {
          const chosen = sorts.find((one) => sortParam(one) === value);
          if (chosen) navigate(listAddress(filter, chosen));
        }}
      />
      <ColumnChoice columns={columns} onColumns={onColumns} />
    </InlineStack>
  );
}

function ColumnChoice({ columns, onColumns }: Pick<ListToolsProps, 'columns' | 'onColumns'>) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover
      active={isOpen}
      preferredAlignment="right"
      onClose={() => setIsOpen(false)}
      activator={
        <Button disclosure onClick={() => setIsOpen(!isOpen)}>
          {t('customer_list.columns')}
        </Button>
      }
    >
      <Box padding="300">
        <ChoiceList
          allowMultiple
          title={t('customer_list.columns_shown')}
          choices={COLUMNS.map((column) => ({ label: t(`customer_list.column.${column}`), value: column }))}
          selected={[...columns]}
          onChange={onColumns}
        />
      </Box>
    </Popover>
  );
}

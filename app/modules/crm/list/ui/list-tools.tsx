import { useSearchParams } from '@remix-run/react';
import { Box, Button, InlineStack, Popover } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOptions } from '#app/components/use-options.ts';
import { ChoiceList, Select } from '#app/components/fields.tsx';
import {
  canBeSegment,
  filterParams,
  SORTS,
  sortParam,
  type CustomerFilter,
} from '#app/modules/segments/customer-filter.ts';
import { readProposedName } from '#app/modules/segments/rule-address.ts';
import { SegmentDialog } from '#app/modules/segments/ui/saved/segment-dialogs.tsx';
import { COLUMNS, type Column } from './use-columns.ts';
import { useListChange } from './use-list-change.ts';

interface ListToolsProps {
  filter: CustomerFilter;
  columns: readonly Column[];
  onColumns: (columns: readonly string[]) => void;
  /** Left out where there is nothing to export. */
  onExport?: () => void;
}

/** In which order, which columns, and the search as a segment. */
export function ListTools({ filter, columns, onColumns, onExport }: ListToolsProps) {
  const { t } = useTranslation();
  const { sort, show } = useListChange(filter.segmentId);
  const [params] = useSearchParams();
  const [isSaving, setIsSaving] = useState(false);
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
          if (chosen) show(chosen);
        }}
      />
      <ColumnChoice columns={columns} onColumns={onColumns} />
      {onExport && <Button onClick={onExport}>{t('exports.action')}</Button>}
      {canBeSegment(filter) && <Button onClick={() => setIsSaving(true)}>{t('segment_list.save_as')}</Button>}
      {isSaving && (
        <SegmentDialog
          ask={{
            what: 'create',
            filter: filterParams(filter).toString(),
            proposedName: readProposedName(params),
          }}
          onClose={() => setIsSaving(false)}
        />
      )}
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
          choices={useOptions(COLUMNS, 'customer_list.column')}
          selected={[...columns]}
          onChange={onColumns}
        />
      </Box>
    </Popover>
  );
}

import { Box, Button, InlineStack, Popover, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '#app/components/dialog.tsx';
import { TextField } from '#app/components/fields.tsx';
import { useAction, type Action } from '#app/components/use-action.ts';
import { useComingSearch } from '#app/components/use-search-change.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { FILTER_NAME_CHARACTERS_MAX } from '../filter-limits.ts';
import type { SavedFilter } from '../saved-filters.server.ts';

interface SavedFiltersProps {
  saved: readonly SavedFilter[];
  /** The filter as it is now; empty for none. */
  query: string;
}

/** The menu of saved filters, and the way to save the one that is set. */
export function SavedFilters({ saved, query }: SavedFiltersProps) {
  const { t } = useTranslation();
  const { go } = useComingSearch();
  const removing = useAction();
  const [isOpen, setIsOpen] = useState(false);
  const [isNaming, setIsNaming] = useState(false);
  const apply = (filter: SavedFilter) => {
    setIsOpen(false);
    go({ search: filter.query });
  };
  const remove = ({ filterId }: SavedFilter) =>
    removing.act(
      { intent: 'remove_filter', filterId: String(filterId) },
      t('ledger_page.saved.removed'),
      // The menu's own buttons go with the filter.
      () => setIsOpen(false),
    );
  return (
    <InlineStack gap="200">
      <Popover
        active={isOpen}
        onClose={() => setIsOpen(false)}
        activator={
          <Button disclosure onClick={() => setIsOpen(!isOpen)}>
            {t('ledger_page.saved.title')}
          </Button>
        }
      >
        <Box padding="300" minWidth="16rem">
          <SavedList saved={saved} isBusy={removing.isBusy} onApply={apply} onRemove={remove} />
        </Box>
      </Popover>
      {query !== '' && <Button onClick={() => setIsNaming(true)}>{t('ledger_page.saved.save')}</Button>}
      {isNaming && <NameDialog query={query} onClose={() => setIsNaming(false)} />}
    </InlineStack>
  );
}

interface SavedListProps {
  saved: readonly SavedFilter[];
  isBusy: boolean;
  onApply: (filter: SavedFilter) => void;
  onRemove: (filter: SavedFilter) => void;
}

function SavedList({ saved, isBusy, onApply, onRemove }: SavedListProps) {
  const { t } = useTranslation();
  if (saved.length === 0) return <Text as="p">{t('ledger_page.saved.none')}</Text>;
  return (
    <ul className="bare-list">
      {saved.map((filter) => (
        <li key={String(filter.filterId)}>
          <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
            <Button
              variant="plain"
              accessibilityLabel={t('ledger_page.saved.apply', { name: filter.name })}
              onClick={() => onApply(filter)}
            >
              {filter.name}
            </Button>
            <Button
              variant="tertiary"
              icon={DeleteIcon}
              disabled={isBusy}
              accessibilityLabel={t('ledger_page.saved.remove', { name: filter.name })}
              onClick={() => onRemove(filter)}
            />
          </InlineStack>
        </li>
      ))}
    </ul>
  );
}

function NameDialog({ query, onClose }: { query: string; onClose: () => void }) {
  const { t } = useTranslation();
  const action: Action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [name, setName] = useState('');
  return (
    <FormDialog
      title={t('ledger_page.saved.save')}
      action={{
        label: t('common.save'),
        isBusy: action.isBusy,
        onAction: () =>
          action.act({ intent: 'save_filter', name, query }, t('ledger_page.saved.saved'), onClose),
      }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <TextField
        label={t('ledger_page.saved.name')}
        helpText={t('ledger_page.saved.name_help')}
        value={name}
        error={errorOf('name')}
        maxLength={FILTER_NAME_CHARACTERS_MAX}
        onChange={setName}
      />
    </FormDialog>
  );
}

import { Banner, BlockStack, Box, Button, Icon, InlineStack, Spinner } from '@shopify/polaris';
import { SearchIcon } from '@shopify/polaris-icons';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '#app/components/fields.tsx';
import { Dialog } from '#app/components/dialog.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { PickerList } from './use-picker-list.ts';

const QUERY_CHARACTERS_MAX = 100;
const SEARCH_ID = 'picker-search';

interface PickerModalProps<Item> {
  title: string;
  placeholder: string;
  list: PickerList<Item>;
  /** What one picks with: rows for what is loaded. */
  children: ReactNode;
  /** How many are chosen; none means that the button rests. */
  chosen: number;
  onDone: () => void;
  onClose: () => void;
}

/** A search over a list to pick from, in a modal: search, rows, more rows, and the button that takes what is chosen. */
export function PickerModal<Item>(props: PickerModalProps<Item>) {
  const { title, placeholder, list, children, chosen, onDone, onClose } = props;
  const { t } = useTranslation();
  const format = useFormat();
  useEffect(() => document.getElementById(SEARCH_ID)?.focus(), []);
  return (
    <Dialog
      isBare
      title={title}
      action={{
        label:
          chosen === 0
            ? t('products.picker.add')
            : t('products.picker.add_count', { amount: format.number(chosen) }),
        isDisabled: chosen === 0,
        onAction: onDone,
      }}
      onClose={onClose}
    >
      <Box padding="300" borderBlockEndWidth="025" borderColor="border">
        <TextField
          id={SEARCH_ID}
          label={placeholder}
          labelHidden
          type="search"
          placeholder={placeholder}
          prefix={<Icon source={SearchIcon} />}
          value={list.query}
          maxLength={QUERY_CHARACTERS_MAX}
          clearButton
          onClearButtonClick={() => list.setQuery('')}
          onChange={list.setQuery}
        />
      </Box>
      <div className="picker-list" aria-busy={list.state === 'loading'}>
        <ListBody list={list}>{children}</ListBody>
      </div>
    </Dialog>
  );
}

function ListBody<Item>({ list, children }: { list: PickerList<Item>; children: ReactNode }) {
  const { t } = useTranslation();
  const isEmpty = list.items.length === 0;
  return (
    <BlockStack>
      {list.state === 'failed' && (
        <Box padding="300">
          <Banner
            tone="warning"
            title={t('products.picker.failed')}
            action={{ content: t('products.picker.retry'), onAction: list.retry }}
          />
        </Box>
      )}
      {list.state === 'ready' && isEmpty && (
        <EmptyNote
          title={t('products.picker.none_title')}
          text={
            list.query === ''
              ? t('products.picker.nothing_text')
              : t('products.picker.none_text', { query: list.query })
          }
        />
      )}
      {!isEmpty && children}
      {list.state === 'loading' && (
        <Box padding="400">
          <InlineStack align="center">
            <Spinner size="small" accessibilityLabel={t('products.picker.loading')} />
          </InlineStack>
        </Box>
      )}
      {list.state === 'ready' && list.loadMore && (
        <Box padding="300">
          <InlineStack align="center">
            <Button onClick={list.loadMore}>{t('products.picker.more')}</Button>
          </InlineStack>
        </Box>
      )}
    </BlockStack>
  );
}

import { Banner, BlockStack, Box, Button, Card, InlineStack } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftForm } from '#app/components/draft-form.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { Select } from '#app/components/fields.tsx';
import { Pager } from '#app/components/pager.tsx';
import { SearchField } from '#app/components/search-field.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useDownload } from '#app/components/use-download.ts';
import { useDraft } from '#app/components/use-draft.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';
import { ProductPicker } from '#app/modules/products/ui/product-picker.tsx';
import type { ListValues } from '../list-form.ts';
import type { PriceListView } from '../price-lists.server.ts';
import { ListTable } from './list-table.tsx';
import { PasteDialog } from './paste-dialog.tsx';

const PAGE = '/app/resellers/price-lists';
const pageOf = (categoryId: bigint | null, query: string, after: bigint | null = null) => {
  const search = new URLSearchParams({ category: String(categoryId ?? '') });
  if (query !== '') search.set('q', query);
  if (after !== null) search.set('after', String(after));
  return `${PAGE}?${search.toString()}`;
};

/** The price list of a category: its page to edit, and the ways to fill it. */
export function PriceList({ view }: { view: PriceListView }) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const { categories, categoryId, variants, query, after, isFirstPage } = view;
  const isEmpty = variants.length === 0;
  return (
    <div className="stack">
      <Card>
        <BlockStack gap="300">
          <Select
            label={t('pricing.lists.category')}
            options={categories.map((each) => ({
              value: String(each.categoryId),
              label: each.listed === 0 ? each.name : `${each.name} (${each.listed})`,
            }))}
            value={String(categoryId ?? '')}
            onChange={(category) => change({ category, q: null })}
          />
          <ListTools view={view} />
        </BlockStack>
      </Card>
      <Card padding="0">
        {(!isEmpty || query !== '') && (
          <Box padding="300">
            <SearchField
              label={t('pricing.lists.search')}
              placeholder={t('pricing.lists.search')}
              query={query}
              maxLength={100}
            />
          </Box>
        )}
        {isEmpty ? (
          <EmptyNote
            title={t(query === '' ? 'pricing.lists.empty_title' : 'pricing.lists.none_title')}
            text={t(query === '' ? 'pricing.lists.empty_text' : 'pricing.lists.none_text', { query })}
          />
        ) : (
          <ListForm key={`${categoryId} ${query} ${variants[0]?.variantId}`} view={view} />
        )}
        {(!isFirstPage || after !== null) && (
          <Pager
            isInCard
            previousTooltip={t('pricing.lists.previous')}
            nextTooltip={t('pricing.lists.next')}
            pages={{
              previous: isFirstPage ? null : pageOf(categoryId, query),
              next: after === null ? null : pageOf(categoryId, query, after),
            }}
          />
        )}
      </Card>
    </div>
  );
}

function ListTools({ view: { categoryId, variants } }: { view: PriceListView }) {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const { download, busy } = useDownload();
  const [isPasting, setIsPasting] = useState(false);
  const error = errorOf('form');
  return (
    <>
      {error && <Banner tone="critical">{error}</Banner>}
      <InlineStack gap="200">
        <ProductPicker
          label={t('pricing.lists.add')}
          allowVariants
          onPick={(picked) =>
            action.act(
              {
                intent: 'add',
                categoryId: String(categoryId),
                picked: JSON.stringify(picked.map(({ productId, variantId }) => ({ productId, variantId }))),
              },
              t('pricing.lists.added'),
            )
          }
        />
        <Button onClick={() => setIsPasting(true)}>{t('pricing.lists.paste')}</Button>
        {variants.length > 0 && (
          <Button
            loading={busy !== null}
            onClick={() => void download(`${PAGE}/file?category=${categoryId}`, 'price-list.xlsx')}
          >
            {t('pricing.lists.export')}
          </Button>
        )}
      </InlineStack>
      {isPasting && <PasteDialog categoryId={String(categoryId)} onClose={() => setIsPasting(false)} />}
    </>
  );
}

function ListForm({ view }: { view: PriceListView }) {
  const format = useFormat();
  const saved: ListValues & { categoryId: string } = {
    intent: 'save',
    categoryId: String(view.categoryId),
    rows: JSON.stringify(
      view.variants.flatMap(({ variantId, prices }) =>
        prices.map(({ quantity, priceMinor }) => ({
          variantId: String(variantId),
          quantity: format.number(quantity),
          price: format.moneyInput(priceMinor),
          was: String(priceMinor),
        })),
      ),
    ),
  };
  const draft = useDraft(saved);
  return (
    <DraftForm draft={draft} onlyChanges>
      <ListTable draft={draft} variants={view.variants} />
    </DraftForm>
  );
}

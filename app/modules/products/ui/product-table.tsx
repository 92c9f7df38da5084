import { useNavigate, useNavigation, useRevalidator, useSearchParams } from '@remix-run/react';
import { Badge, Banner, Box, Card, IndexTable, InlineStack, Link, Text, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { DraftSaveBar } from '#app/components/draft-save-bar.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { SearchField } from '#app/components/search-field.tsx';
import { useDraft, type Draft } from '#app/components/use-draft.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import type { CatalogPage, CatalogProduct } from '#app/integrations/shopify/catalog.server.ts';
import { pointsField, type PointsValues } from '../points-form.ts';
import type { ProductsView } from '../products-screen.server.ts';
import { ProductThumbnail } from './product-thumbnail.tsx';

const QUERY_CHARACTERS_MAX = 100;

interface ProductTableProps {
  view: ProductsView;
  query: string;
  saved: PointsValues;
}

/** The shop's products with the points printed on them, which are typed in place. */
export function ProductTable({ view, query, saved }: ProductTableProps) {
  const { t } = useTranslation();
  const draft = useDraft(saved);
  const errorOf = useFieldErrorText(draft.errors);
  const { page, isUsed } = view;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.isDirty) draft.save();
      }}
    >
      <DraftSaveBar draft={draft} />
      <div className="stack">
        <PointsUse isUsed={isUsed} />
        {draft.errors.form && <Banner tone="critical">{errorOf('form')}</Banner>}
        <Card padding="0">
          <Box padding="300">
            <SearchField
              label={t('products.picker.search_products')}
              placeholder={t('products.picker.search_products')}
              query={query}
              action="/app/products"
              maxLength={QUERY_CHARACTERS_MAX}
              disabled={draft.isDirty}
              helpText={draft.isDirty ? t('products.save_first') : undefined}
            />
          </Box>
          {page === null ? (
            <NoAnswer />
          ) : (
            <Products page={page} query={query} draft={draft} errorOf={errorOf} />
          )}
        </Card>
      </div>
      <button type="submit" hidden tabIndex={-1}>
        {t('common.save')}
      </button>
    </form>
  );
}

/** What the points are for, and where to put them to use. */
function PointsUse({ isUsed }: { isUsed: boolean }) {
  const { t } = useTranslation();
  const link = <Link url="/app/programs">{t('products.use.link')}</Link>;
  return isUsed ? (
    <Text as="p" tone="subdued">
      {t('products.use.text')} {link}
    </Text>
  ) : (
    <Banner tone="info" title={t('products.use.unused_title')}>
      <p>
        {t('products.use.unused_text')} {link}
      </p>
    </Banner>
  );
}

function NoAnswer() {
  const { t } = useTranslation();
  const { revalidate, state } = useRevalidator();
  return (
    <Box padding="300">
      <Banner
        tone="warning"
        title={t('products.no_answer')}
        action={{ content: t('products.picker.retry'), onAction: revalidate, loading: state === 'loading' }}
      />
    </Box>
  );
}

interface ProductsProps {
  page: CatalogPage<CatalogProduct>;
  query: string;
  draft: Draft<PointsValues>;
  errorOf: (field: string) => string | false;
}

function Products({ page, query, draft, errorOf }: ProductsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const isLoading = useNavigation().state === 'loading';
  const { items, before, after } = page;
  const goTo = (side: 'before' | 'after', position: string | null) => {
    if (position === null) return;
    const q = params.get('q');
    const search = new URLSearchParams({ ...(q && { q }), [side]: position });
    navigate(`/app/products?${search.toString()}`);
  };
  if (items.length === 0) {
    return (
      <EmptyNote
        title={query === '' ? t('products.empty_title') : t('products.picker.none_title')}
        text={query === '' ? t('products.empty_text') : t('products.picker.none_text', { query })}
      />
    );
  }
  return (
    <IndexTable
      selectable={false}
      loading={isLoading}
      itemCount={items.length}
      resourceName={{ singular: t('products.one'), plural: t('products.many') }}
      headings={[
        { title: t('products.product') },
        { title: t('products.state') },
        { title: t('products.points') },
      ]}
      pagination={{
        hasPrevious: before !== null && !draft.isDirty,
        onPrevious: () => goTo('before', before),
        hasNext: after !== null && !draft.isDirty,
        onNext: () => goTo('after', after),
      }}
    >
      {items.map((product, index) => (
        <ProductLine
          key={String(product.productId)}
          product={product}
          position={index}
          draft={draft}
          errorOf={errorOf}
        />
      ))}
    </IndexTable>
  );
}

const TONES = { active: 'success', draft: 'info' } as const;

interface ProductLineProps extends Pick<ProductsProps, 'draft' | 'errorOf'> {
  product: CatalogProduct;
  position: number;
}

function ProductLine({ product, position, draft, errorOf }: ProductLineProps) {
  const { t } = useTranslation();
  const { productId, title, status, imageUrl } = product;
  const field = pointsField(productId);
  const tone = status === 'active' || status === 'draft' ? { tone: TONES[status] } : {};
  return (
    <IndexTable.Row id={String(productId)} position={position}>
      <IndexTable.Cell>
        <InlineStack gap="300" blockAlign="center" wrap={false}>
          <ProductThumbnail imageUrl={imageUrl} />
          <div className="wrapping">
            <Text as="span" fontWeight="semibold">
              {title}
            </Text>
          </div>
        </InlineStack>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Badge {...tone}>{t(`products.status.${status}`)}</Badge>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <div className="points-field">
          <TextField
            id={field}
            label={t('products.points_of', { title })}
            labelHidden
            inputMode="numeric"
            align="right"
            placeholder="0"
            value={draft.values[field] ?? ''}
            error={errorOf(field)}
            autoComplete="off"
            onChange={(value) => draft.set(field, value)}
          />
        </div>
      </IndexTable.Cell>
    </IndexTable.Row>
  );
}

import { useRevalidator, useSearchParams } from '@remix-run/react';
import { Badge, Banner, Box, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { draftFields } from '#app/components/draft-fields.tsx';
import { DraftForm } from '#app/components/draft-form.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { SearchField } from '#app/components/search-field.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import type { CatalogPage, CatalogProduct } from '#app/integrations/shopify/catalog.server.ts';
import { pointsField, type PointsValues } from '../points-form.ts';
import type { ProductsView } from '../products-screen.server.ts';
import { ProductThumbnail } from '#app/modules/products/ui/product-thumbnail.tsx';

const QUERY_CHARACTERS_MAX = 100;

const { DraftNumber } = draftFields<PointsValues>();

interface ProductTableProps {
  view: ProductsView;
  query: string;
  saved: PointsValues;
  /** Where the customers who bought a product are listed. */
  buyersDoor: (productId: string, name: string) => string;
}

/** The shop's products with the points printed on them, which are typed in place. */
export function ProductTable({ view, query, saved, buyersDoor }: ProductTableProps) {
  const { t } = useTranslation();
  const draft = useDraft(saved);
  const { page, isUsed } = view;
  return (
    <DraftForm draft={draft} onlyChanges>
      <PointsUse isUsed={isUsed} />
      <Card padding="0">
        <Box padding="300">
          <SearchField
            label={t('products.picker.search_products')}
            placeholder={t('products.picker.search_products')}
            query={query}
            maxLength={QUERY_CHARACTERS_MAX}
            disabled={draft.isDirty}
            helpText={draft.isDirty ? t('products.save_first') : undefined}
          />
        </Box>
        {page === null ? (
          <NoAnswer />
        ) : (
          <Products page={page} query={query} isDirty={draft.isDirty} buyersDoor={buyersDoor} />
        )}
      </Card>
    </DraftForm>
  );
}

/** What the points are for, and where to put them to use. */
function PointsUse({ isUsed }: { isUsed: boolean }) {
  const { t } = useTranslation();
  const link = <Link url="/app/loyalty/programs">{t('products.use.link')}</Link>;
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

interface ProductsProps extends Pick<ProductTableProps, 'buyersDoor'> {
  page: CatalogPage<CatalogProduct>;
  query: string;
  isDirty: boolean;
}

function Products({ page, query, isDirty, buyersDoor }: ProductsProps) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const { items, before, after } = page;
  // While something is unsaved the list stays where it is.
  const pageAt = (side: 'before' | 'after', position: string | null) => {
    if (position === null || isDirty) return null;
    const q = params.get('q');
    const search = new URLSearchParams({ ...(q && { q }), [side]: position });
    return `/app/loyalty/products?${search.toString()}`;
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
    <Table
      count={items.length}
      one={t('products.one')}
      many={t('products.many')}
      headings={[
        { title: t('products.product') },
        { title: t('products.state') },
        { title: t('products.points') },
      ]}
      pages={{ previous: pageAt('before', before), next: pageAt('after', after) }}
    >
      {items.map((product, index) => (
        <ProductLine
          key={String(product.productId)}
          product={product}
          position={index}
          buyersDoor={buyersDoor}
        />
      ))}
    </Table>
  );
}

const TONES = { active: 'success', draft: 'info' } as const;

interface ProductLineProps extends Pick<ProductTableProps, 'buyersDoor'> {
  product: CatalogProduct;
  position: number;
}

function ProductLine({ product, position, buyersDoor }: ProductLineProps) {
  const { t } = useTranslation();
  const { productId, title, status, imageUrl } = product;
  const tone = status === 'active' || status === 'draft' ? { tone: TONES[status] } : {};
  return (
    <TableRow id={String(productId)} position={position}>
      <TableCell>
        <InlineStack gap="300" blockAlign="center" wrap={false}>
          <ProductThumbnail imageUrl={imageUrl} />
          <div className="wrapping">
            <Text as="span" fontWeight="semibold">
              {title}
            </Text>
            <Text as="p" variant="bodySm">
              <Link
                url={buyersDoor(String(productId), t('products.buyers_of', { title }))}
                accessibilityLabel={`${t('products.buyers')}: ${title}`}
                removeUnderline
              >
                {t('products.buyers')}
              </Link>
            </Text>
          </div>
        </InlineStack>
      </TableCell>
      <TableCell>
        <Badge {...tone}>{t(`products.status.${status}`)}</Badge>
      </TableCell>
      <TableCell>
        <div className="points-field">
          <DraftNumber
            name={pointsField(productId)}
            label={t('products.points_of', { title })}
            labelHidden
            align="right"
            placeholder="0"
          />
        </div>
      </TableCell>
    </TableRow>
  );
}

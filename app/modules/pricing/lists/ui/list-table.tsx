import { Badge, Box, Button, InlineError, InlineStack, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { useDraftContext } from '#app/components/draft-context.ts';
import { MoneyField, NumberField } from '#app/components/fields.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import type { Draft } from '#app/components/use-draft.ts';
import { useFormat } from '#app/components/use-format.ts';
import { parseMoneyInput } from '#app/lib/typed-number.ts';
import { pricesIn, type ListValues, type TypedPrice } from '../list-form.ts';
import type { ListedVariant } from '../price-lists.server.ts';

interface ListTableProps {
  draft: Draft<ListValues & { categoryId: string }>;
  variants: readonly ListedVariant[];
}

/** A page of variants, each with its prices by quantity. */
export function ListTable({ draft, variants }: ListTableProps) {
  const { t } = useTranslation();
  const { errorOf } = useDraftContext();
  const rows = pricesIn(draft.values.rows);
  const write = (next: TypedPrice[]) => draft.set('rows', JSON.stringify(next));
  const change = (index: number, part: Partial<TypedPrice>) =>
    write(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  const error = errorOf('rows');
  return (
    <>
      {error && (
        <Box padding="300">
          <InlineError fieldID="rows" message={error} />
        </Box>
      )}
      <ul className="bare-list">
        {variants.map((variant) => (
          <li key={String(variant.variantId)} className="ruled">
            <Box padding="400" paddingBlock="300">
              <div className="price-row">
                <VariantFacts variant={variant} />
                <div className="stack-tight">
                  {rows.map(
                    (row, index) =>
                      row.variantId === String(variant.variantId) && (
                        <PriceFields
                          key={index}
                          row={row}
                          index={index}
                          variant={variant}
                          onChange={(part) => change(index, part)}
                          onRemove={() =>
                            row.was === ''
                              ? write(rows.filter((_row, at) => at !== index))
                              : change(index, { price: '' })
                          }
                        />
                      ),
                  )}
                  <Button
                    variant="plain"
                    accessibilityLabel={t('pricing.lists.add_break_of', { title: variant.title })}
                    onClick={() =>
                      write([
                        ...rows,
                        { variantId: String(variant.variantId), quantity: '', price: '', was: '' },
                      ])
                    }
                  >
                    {t('pricing.lists.add_break')}
                  </Button>
                </div>
              </div>
            </Box>
          </li>
        ))}
      </ul>
    </>
  );
}

function VariantFacts({ variant: { title, sku, retailMinor } }: { variant: ListedVariant }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="wrapping">
      <Text as="p" fontWeight="medium">
        {title}
      </Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {[sku, t('pricing.lists.store_price', { price: format.money(retailMinor) })]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </div>
  );
}

interface PriceFieldsProps {
  row: TypedPrice;
  index: number;
  variant: ListedVariant;
  onChange: (part: Partial<TypedPrice>) => void;
  onRemove: () => void;
}

function PriceFields({ row, index, variant, onChange, onRemove }: PriceFieldsProps) {
  const { t } = useTranslation();
  const { errorOf } = useDraftContext();
  const at = `rows.${index}`;
  return (
    <div>
      <InlineStack gap="200" blockAlign="start" wrap={false}>
        <div className="quantity-field">
          <NumberField
            id={`${at}.quantity`}
            label={t('pricing.lists.from_quantity', { title: variant.title })}
            labelHidden
            prefix="≥"
            value={row.quantity}
            disabled={row.was !== ''}
            error={errorOf(`${at}.quantity`)}
            onChange={(quantity) => onChange({ quantity })}
          />
        </div>
        <MoneyField
          id={`${at}.price`}
          label={t('pricing.lists.price_of', { title: variant.title, quantity: row.quantity })}
          labelHidden
          value={row.price}
          error={errorOf(`${at}.price`)}
          onChange={(price) => onChange({ price })}
        />
        <Button
          icon={DeleteIcon}
          accessibilityLabel={t('pricing.lists.remove', { title: variant.title, quantity: row.quantity })}
          onClick={onRemove}
        />
      </InlineStack>
      <PriceNote row={row} variant={variant} />
    </div>
  );
}

/** What is odd about a price: it is above the store's, or below what the goods cost. */
function PriceNote({ row, variant }: { row: TypedPrice; variant: ListedVariant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency } = useShop();
  if (row.price.trim() === '')
    return row.was === '' ? null : <Badge tone="attention">{t('pricing.lists.removed_on_save')}</Badge>;
  const minor = parseMoneyInput(row.price, currency, format.locale);
  if (minor === null) return null;
  if (minor > variant.retailMinor) return <Badge tone="warning">{t('pricing.lists.above_store')}</Badge>;
  if (minor === variant.retailMinor) return <Badge>{t('pricing.lists.as_store')}</Badge>;
  if (variant.costMinor !== null && minor < variant.costMinor)
    return (
      <Badge tone="critical">
        {t('pricing.lists.below_cost', { cost: format.money(variant.costMinor) })}
      </Badge>
    );
  return null;
}

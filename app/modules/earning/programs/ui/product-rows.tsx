import { BlockStack, Button, InlineError, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { useDraftContext } from '#app/components/draft-context.ts';
import { NumberField, UnitsField } from '#app/components/fields.tsx';
import type { Draft } from '#app/components/use-draft.ts';
import { ProductPicker } from '#app/modules/products/ui/product-picker.tsx';
import { type PickedProduct } from '#app/modules/products/ui/picked-product.ts';
import { rowsIn, type ProgramValues, type TypedRow } from '../program-form.ts';

/** F60: a number of a product earns an amount. Rows are added by the picker and can be removed. */
export function ProductRows({ draft }: { draft: Draft<ProgramValues> }) {
  const { t } = useTranslation();
  const { errorOf } = useDraftContext();
  const { values, set } = draft;
  const rows = rowsIn(values.rows);
  const write = (next: TypedRow[]) => set('rows', JSON.stringify(next));
  const change = (index: number, part: Partial<TypedRow>) =>
    write(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  const add = (picked: PickedProduct[]) => write([...rows, ...picked.map(rowOf)]);
  const error = errorOf('rows');
  return (
    <BlockStack gap="400">
      {rows.length > 0 && (
        <ul className="bare-list stack">
          {rows.map((row, index) => (
            <li key={index}>
              <ProductRowFields
                row={row}
                index={index}
                unit={values.unit}
                onChange={(part) => change(index, part)}
                onRemove={() => write(rows.filter((_row, at) => at !== index))}
              />
            </li>
          ))}
        </ul>
      )}
      {rows.length === 0 && (
        <Text as="p" tone="subdued">
          {t('programs.product.empty')}
        </Text>
      )}
      <div id="rows" tabIndex={-1}>
        <ProductPicker label={t('programs.product.add')} allowVariants onPick={add} />
      </div>
      {error && <InlineError fieldID="rows" message={error} />}
    </BlockStack>
  );
}

function rowOf({ productId, variantId, title }: PickedProduct): TypedRow {
  return { productId, variantId, title, quantity: '1', units: '' };
}

interface ProductRowFieldsProps {
  row: TypedRow;
  index: number;
  unit: string;
  onChange: (part: Partial<TypedRow>) => void;
  onRemove: () => void;
}

function ProductRowFields({ row, index, unit, onChange, onRemove }: ProductRowFieldsProps) {
  const { t } = useTranslation();
  const { errorOf } = useDraftContext();
  const at = `rows.${index}`;
  return (
    <fieldset className="bare-fieldset product-row">
      <legend>
        <Text as="span" fontWeight="medium">
          {row.title}
        </Text>
      </legend>
      <div className="product-row-fields">
        <NumberField
          id={`${at}.quantity`}
          label={t('programs.product.quantity')}
          value={row.quantity}
          error={errorOf(`${at}.quantity`)}
          onChange={(quantity) => onChange({ quantity })}
        />
        <UnitsField
          id={`${at}.units`}
          label={t('programs.product.units')}
          unit={unit}
          value={row.units}
          error={errorOf(`${at}.units`)}
          onChange={(units) => onChange({ units })}
        />
        <div className="product-row-remove">
          <Button
            icon={DeleteIcon}
            accessibilityLabel={t('programs.product.remove', { title: row.title })}
            onClick={onRemove}
          />
        </div>
      </div>
    </fieldset>
  );
}

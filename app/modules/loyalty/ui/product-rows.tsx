import { BlockStack, Button, InlineError, Text, TextField } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { ProductPicker, type PickedProduct } from '#app/modules/products/ui/product-picker.tsx';
import { rowsIn, type TypedRow } from '../program-form.ts';
import type { ProgramSectionProps } from './program-form.tsx';
import { UnitsField } from './units-field.tsx';

/** F60: so many pieces of a product give so much; rows come from the picker and can be taken away. */
export function ProductRows({ draft, errorOf }: ProgramSectionProps) {
  const { t } = useTranslation();
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
                errorOf={errorOf}
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
  errorOf: (field: string) => string | false;
  onChange: (part: Partial<TypedRow>) => void;
  onRemove: () => void;
}

function ProductRowFields({ row, index, unit, errorOf, onChange, onRemove }: ProductRowFieldsProps) {
  const { t } = useTranslation();
  const at = `rows.${index}`;
  return (
    <fieldset className="bare-fieldset product-row">
      <legend>
        <Text as="span" fontWeight="medium">
          {row.title}
        </Text>
      </legend>
      <div className="product-row-fields">
        <TextField
          id={`${at}.quantity`}
          label={t('programs.product.quantity')}
          inputMode="numeric"
          value={row.quantity}
          error={errorOf(`${at}.quantity`)}
          autoComplete="off"
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

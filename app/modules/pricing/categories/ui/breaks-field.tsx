import { BlockStack, Button, InlineError, InlineStack, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { useDraftContext } from '#app/components/draft-context.ts';
import { NumberField, PercentField } from '#app/components/fields.tsx';
import type { Draft } from '#app/components/use-draft.ts';
import { BREAKS_MAX, breaksIn, type CategoryValues, type TypedBreak } from '../category-form.ts';

/** Larger percents from larger quantities on. */
export function BreaksField({ draft }: { draft: Draft<CategoryValues> }) {
  const { t } = useTranslation();
  const { errorOf } = useDraftContext();
  const rows = breaksIn(draft.values.breaks);
  const write = (next: TypedBreak[]) => draft.set('breaks', JSON.stringify(next));
  const change = (index: number, part: Partial<TypedBreak>) =>
    write(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  const error = errorOf('breaks');
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="bodyMd">
        {t('pricing.category.breaks')}
      </Text>
      {rows.map((row, index) => (
        <InlineStack key={index} gap="200" blockAlign="end" wrap={false}>
          <NumberField
            id={`breaks.${index}.quantity`}
            label={t('pricing.category.from_quantity')}
            value={row.quantity}
            error={errorOf(`breaks.${index}.quantity`)}
            onChange={(quantity) => change(index, { quantity })}
          />
          <PercentField
            id={`breaks.${index}.percent`}
            label={t('pricing.category.percent')}
            value={row.percent}
            error={errorOf(`breaks.${index}.percent`)}
            onChange={(percent) => change(index, { percent })}
          />
          <Button
            icon={DeleteIcon}
            accessibilityLabel={t('pricing.category.remove_break', { quantity: row.quantity })}
            onClick={() => write(rows.filter((_row, at) => at !== index))}
          />
        </InlineStack>
      ))}
      <InlineStack>
        <Button
          id="breaks"
          disabled={rows.length >= BREAKS_MAX}
          onClick={() => write([...rows, { quantity: '', percent: '' }])}
        >
          {t('pricing.category.add_break')}
        </Button>
      </InlineStack>
      {error && <InlineError fieldID="breaks" message={error} />}
    </BlockStack>
  );
}

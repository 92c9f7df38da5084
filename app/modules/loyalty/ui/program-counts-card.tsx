import { BlockStack, Card, Checkbox, InlineError, InlineStack, Tag, Text, TextField } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CollectionPicker } from '#app/modules/products/ui/collection-picker.tsx';
import { ProductPicker } from '#app/modules/products/ui/product-picker.tsx';
import { pickedIn, type Picked } from '../program-form.ts';
import type { ProgramKind } from '../rules/program.ts';
import type { ProgramSectionProps } from './program-form.tsx';

/** What of an order counts besides the goods, and which goods do not. */
export function CountsCard({ draft, errorOf, kind }: ProgramSectionProps & { kind: ProgramKind }) {
  const { t } = useTranslation();
  const { values, set } = draft;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t('programs.counts.title')}
          </Text>
          <Text as="p" tone="subdued">
            {t('programs.counts.text')}
          </Text>
        </BlockStack>
        {kind === 'spend' && (
          <BlockStack gap="100">
            <Checkbox
              label={t('programs.counts.tax')}
              checked={values.includeTax}
              onChange={(isOn) => set('includeTax', isOn)}
            />
            <Checkbox
              label={t('programs.counts.shipping')}
              checked={values.includeShipping}
              onChange={(isOn) => set('includeShipping', isOn)}
            />
          </BlockStack>
        )}
        <ExcludedGoods draft={draft} errorOf={errorOf} />
        <TextField
          id="excludedTags"
          label={t('programs.counts.tags')}
          helpText={t('programs.counts.tags_help')}
          value={values.excludedTags}
          error={errorOf('excludedTags')}
          autoComplete="off"
          onChange={(value) => set('excludedTags', value)}
        />
      </BlockStack>
    </Card>
  );
}

type ExcludedField = 'excludedProducts' | 'excludedCollections';

function withNew(old: readonly Picked[], picked: readonly Picked[]): Picked[] {
  return [...new Map([...old, ...picked].map((each) => [each.id, each])).values()];
}

/** Products and collections that earn nothing, by their titles. */
function ExcludedGoods(section: ProgramSectionProps) {
  const { t } = useTranslation();
  const { values, set } = section.draft;
  const add = (field: ExcludedField, picked: Picked[]) =>
    set(field, JSON.stringify(withNew(pickedIn(values[field]), picked)));
  return (
    <>
      <ExcludedList
        {...section}
        field="excludedProducts"
        title={t('programs.counts.products')}
        picker={
          <ProductPicker
            label={t('programs.counts.add_products')}
            onPick={(products) =>
              add(
                'excludedProducts',
                products.map(({ productId: id, title }) => ({ id, title })),
              )
            }
          />
        }
      />
      <ExcludedList
        {...section}
        field="excludedCollections"
        title={t('programs.counts.collections')}
        picker={
          <CollectionPicker
            label={t('programs.counts.add_collections')}
            onPick={(collections) =>
              add(
                'excludedCollections',
                collections.map(({ collectionId: id, title }) => ({ id, title })),
              )
            }
          />
        }
      />
    </>
  );
}

interface ExcludedListProps extends ProgramSectionProps {
  field: ExcludedField;
  title: string;
  picker: ReactNode;
}

function ExcludedList({ draft, errorOf, field, title, picker }: ExcludedListProps) {
  const { t } = useTranslation();
  const picked = pickedIn(draft.values[field]);
  const remove = (id: string) => draft.set(field, JSON.stringify(picked.filter((each) => each.id !== id)));
  const error = errorOf(field);
  return (
    <div id={field} tabIndex={-1} role="group" aria-label={title}>
      <BlockStack gap="200" inlineAlign="start">
        <Text as="h3" variant="bodyMd">
          {title}
        </Text>
        {picked.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('programs.counts.none')}
          </Text>
        ) : (
          <InlineStack gap="200">
            {picked.map(({ id, title: name }) => (
              <Tag key={id} onRemove={() => remove(id)}>
                {name}
              </Tag>
            ))}
          </InlineStack>
        )}
        {picker}
        {error && <InlineError fieldID={field} message={error} />}
      </BlockStack>
    </div>
  );
}

import { BlockStack, InlineError, InlineStack, Tag, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraftContext } from '#app/components/draft-context.ts';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import type { Draft } from '#app/components/use-draft.ts';
import { CollectionPicker } from '#app/modules/products/ui/collection-picker.tsx';
import { ProductPicker } from '#app/modules/products/ui/product-picker.tsx';
import { pickedIn, type Picked, type ProgramValues } from '../program-form.ts';
import type { ProgramKind } from '../../rules/program.ts';

const { DraftCheckbox, DraftText } = draftFields<ProgramValues>();

interface CountsCardProps {
  draft: Draft<ProgramValues>;
  kind: ProgramKind;
}

/** What of an order counts besides the goods, and which goods do not. */
export function CountsCard({ draft, kind }: CountsCardProps) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('programs.counts.title')} text={t('programs.counts.text')}>
      {kind === 'spend' && (
        <BlockStack gap="100">
          <DraftCheckbox name="includeTax" label={t('programs.counts.tax')} />
          <DraftCheckbox name="includeShipping" label={t('programs.counts.shipping')} />
        </BlockStack>
      )}
      <ExcludedGoods draft={draft} />
      <DraftText
        name="excludedTags"
        label={t('programs.counts.tags')}
        helpText={t('programs.counts.tags_help')}
      />
    </FormCard>
  );
}

type ExcludedField = 'excludedProducts' | 'excludedCollections';

function withNew(old: readonly Picked[], picked: readonly Picked[]): Picked[] {
  return [...new Map([...old, ...picked].map((each) => [each.id, each])).values()];
}

/** Products and collections that earn nothing, by their titles. */
function ExcludedGoods({ draft }: { draft: Draft<ProgramValues> }) {
  const { t } = useTranslation();
  const { values, set } = draft;
  const add = (field: ExcludedField, picked: Picked[]) =>
    set(field, JSON.stringify(withNew(pickedIn(values[field]), picked)));
  return (
    <>
      <ExcludedList
        draft={draft}
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
        draft={draft}
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

interface ExcludedListProps {
  draft: Draft<ProgramValues>;
  field: ExcludedField;
  title: string;
  picker: ReactNode;
}

function ExcludedList({ draft, field, title, picker }: ExcludedListProps) {
  const { t } = useTranslation();
  const { errorOf } = useDraftContext();
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

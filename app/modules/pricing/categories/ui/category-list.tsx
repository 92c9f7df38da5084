import { Badge, Box, Button, ButtonGroup, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { ArrowDownIcon, ArrowUpIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '#app/components/dialog.tsx';
import { FormLayout, Select } from '#app/components/fields.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { CategoryLine } from '../categories.server.ts';
import type { CategoryListView } from '../category-screens.server.ts';
import { CategoryBadge } from './category-badge.tsx';
import { usePriceWords } from './use-price-words.ts';

/** Where the customers of a category are listed: the list's rules come after this module. */
export type CategoryDoor = (categoryId: string, name: string) => string;

interface CategoryListProps {
  view: CategoryListView;
  door: CategoryDoor;
}

/** Kinds of customers in their order, each with what it pays and how many belong to it. */
export function CategoryList({ view: { categories }, door }: CategoryListProps) {
  const { t } = useTranslation();
  const [removing, setRemoving] = useState<CategoryLine | null>(null);
  const action = useAction();
  const move = (index: number, by: -1 | 1) => {
    const ids = categories.map(({ categoryId }) => String(categoryId));
    const [moved] = ids.splice(index, 1);
    if (moved === undefined) return;
    ids.splice(index + by, 0, moved);
    action.act({ intent: 'order', order: ids.join(',') }, t('common.saved'));
  };
  return (
    <Card padding="0">
      <ul className="bare-list">
        {categories.map((category, index) => (
          <li key={String(category.categoryId)} className="ruled">
            <CategoryRow
              category={category}
              address={door(String(category.categoryId), category.name)}
              isFirst={index === 0}
              isLast={index === categories.length - 1}
              onMove={(by) => move(index, by)}
              onRemove={() => setRemoving(category)}
            />
          </li>
        ))}
      </ul>
      {removing && (
        <RemoveCategory category={removing} others={categories} onClose={() => setRemoving(null)} />
      )}
    </Card>
  );
}

interface CategoryRowProps {
  category: CategoryLine;
  address: string;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function CategoryRow({ category, address, isFirst, isLast, onMove, onRemove }: CategoryRowProps) {
  const { t } = useTranslation();
  const { name, color, categoryId, isDefault, loyaltyEnabled } = category;
  return (
    <Box padding="400" paddingBlock="300">
      <div className="row-with-buttons">
        <div className="wrapping">
          <InlineStack align="start" gap="200" blockAlign="center">
            <Link url={`/app/resellers/categories/${categoryId}`} removeUnderline>
              <CategoryBadge name={name} color={color} />
            </Link>
            {!loyaltyEnabled && <Badge tone="attention">{t('pricing.categories.club_off')}</Badge>}
          </InlineStack>
          <CategoryFacts category={category} address={address} />
        </div>
        {/* What one of them lacks comes first: the rest lines up. */}
        <ButtonGroup>
          {!isDefault && (
            <Button
              tone="critical"
              variant="tertiary"
              accessibilityLabel={t('pricing.categories.remove_name', { name })}
              onClick={onRemove}
            >
              {t('pricing.categories.remove')}
            </Button>
          )}
          <Button
            icon={ArrowUpIcon}
            disabled={isFirst}
            accessibilityLabel={t('pricing.categories.up', { name })}
            onClick={() => onMove(-1)}
          />
          <Button
            icon={ArrowDownIcon}
            disabled={isLast}
            accessibilityLabel={t('pricing.categories.down', { name })}
            onClick={() => onMove(1)}
          />
          <Button
            url={`/app/resellers/categories/${categoryId}`}
            accessibilityLabel={t('pricing.categories.edit_name', { name })}
          >
            {t('pricing.categories.edit')}
          </Button>
        </ButtonGroup>
      </div>
    </Box>
  );
}

function CategoryFacts({ category, address }: { category: CategoryLine; address: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const priceWords = usePriceWords();
  const { customers, percents, programs, isDefault } = category;
  const facts = [
    ...(percents > 0
      ? [t('pricing.categories.percents', { count: percents, number: format.number(percents) })]
      : []),
    ...(programs > 0 ? [t('pricing.categories.programs', { count: programs })] : []),
    ...(isDefault ? [t('pricing.categories.default')] : []),
  ];
  return (
    <>
      <Text as="p">{priceWords(category)}</Text>
      <Text as="p" variant="bodySm" tone="subdued">
        <Link url={address}>
          {t('pricing.categories.customers', { count: customers, number: format.number(customers) })}
        </Link>
        {facts.map((fact) => ` · ${fact}`)}
      </Text>
    </>
  );
}

interface RemoveCategoryProps {
  category: CategoryLine;
  others: readonly CategoryLine[];
  onClose: () => void;
}

/** Asks where a category's people go; two categories become one the same way. */
function RemoveCategory({ category, others, onClose }: RemoveCategoryProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [into, setInto] = useState('');
  const { customers, programs, name } = category;
  const values = { intent: 'remove', categoryId: String(category.categoryId), into };
  const homes = others.filter(({ categoryId }) => categoryId !== category.categoryId);
  return (
    <FormDialog
      title={t('pricing.categories.remove_title', { name })}
      action={{
        label: t('pricing.categories.remove'),
        isDestructive: true,
        isBusy: action.isBusy,
        onAction: () => action.act(values, t('pricing.categories.removed'), onClose),
      }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <FormLayout>
        <Text as="p">
          {t('pricing.categories.remove_text', { count: customers, number: format.number(customers) })}
        </Text>
        {programs > 0 && <Text as="p">{t('pricing.categories.remove_programs', { count: programs })}</Text>}
        <Select
          id="into"
          label={t('pricing.categories.home')}
          options={homes.map((each) => ({ label: each.name, value: String(each.categoryId) }))}
          placeholder={t('pricing.categories.choose_home')}
          value={into}
          error={errorOf('into')}
          onChange={(chosen) => {
            setInto(chosen);
            action.clear();
          }}
        />
      </FormLayout>
    </FormDialog>
  );
}

import { Badge, Box, Button, ButtonGroup, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useAction } from '#app/components/use-action.ts';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { Category } from '../categories.server.ts';
import { CategoryModal } from './category-modal.tsx';

interface CategoriesCardProps {
  categories: Category[];
  /** Where the customers of a category are listed. */
  door: (categoryId: string, name: string) => string;
}

/** Kinds of customers, each with the club on or off. */
export function CategoriesCard({ categories, door }: CategoriesCardProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<Category | 'new' | null>(null);
  const [removing, setRemoving] = useState<Category | null>(null);
  return (
    <Card padding="0">
      <Box padding="400">
        <InlineStack align="space-between" blockAlign="start" gap="200">
          <div className="category-intro">
            <CardTitle>{t('membership.categories.title')}</CardTitle>
            <Text as="p" tone="subdued">
              {t('membership.categories.text')}
            </Text>
          </div>
          <Button onClick={() => setEditing('new')}>{t('membership.categories.add')}</Button>
        </InlineStack>
      </Box>
      <ul className="bare-list">
        {categories.map((category) => (
          <li key={String(category.categoryId)} className="ruled">
            <CategoryRow
              category={category}
              address={door(String(category.categoryId), category.name)}
              onEdit={() => setEditing(category)}
              onRemove={() => setRemoving(category)}
            />
          </li>
        ))}
      </ul>
      {editing && (
        <CategoryModal category={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
      {removing && <RemoveCategory category={removing} onClose={() => setRemoving(null)} />}
    </Card>
  );
}

interface CategoryRowProps {
  category: Category;
  address: string;
  onEdit: () => void;
  onRemove: () => void;
}

function CategoryRow({ category, address, onEdit, onRemove }: CategoryRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, customers, programs, isDefault, loyaltyEnabled } = category;
  const facts = [
    ...(programs > 0 ? [t('membership.categories.programs', { count: programs })] : []),
    ...(isDefault ? [t('membership.categories.default')] : []),
  ];
  return (
    <Box padding="400" paddingBlock="300">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <div className="wrapping">
          <InlineStack align="start" gap="200" blockAlign="center">
            <Text as="p" fontWeight="medium">
              {name}
            </Text>
            {loyaltyEnabled ? (
              <Badge tone="success">{t('membership.categories.on')}</Badge>
            ) : (
              <Badge>{t('membership.categories.off')}</Badge>
            )}
          </InlineStack>
          <Text as="p" variant="bodySm" tone="subdued">
            <Link url={address}>
              {t('membership.categories.customers', { count: customers, number: format.number(customers) })}
            </Link>
            {facts.map((fact) => ` · ${fact}`)}
          </Text>
        </div>
        <ButtonGroup>
          <Button accessibilityLabel={t('membership.categories.edit_name', { name })} onClick={onEdit}>
            {t('membership.categories.edit')}
          </Button>
          {!isDefault && customers === 0 && programs === 0 && (
            <Button
              tone="critical"
              variant="tertiary"
              accessibilityLabel={t('membership.categories.remove_name', { name })}
              onClick={onRemove}
            >
              {t('membership.categories.remove')}
            </Button>
          )}
        </ButtonGroup>
      </InlineStack>
    </Box>
  );
}

function RemoveCategory({ category, onClose }: { category: Category; onClose: () => void }) {
  const { t } = useTranslation();
  const action = useAction();
  const problem = useFieldErrorText(action.errors)('form');
  const values = { intent: 'remove_category', categoryId: String(category.categoryId) };
  return (
    <ConfirmModal
      isOpen
      title={t('membership.categories.remove_title', { name: category.name })}
      text={problem || t('membership.categories.remove_text')}
      confirm={t('membership.categories.remove')}
      isDestructive
      isBusy={action.isBusy}
      onConfirm={() => action.act(values, t('membership.categories.removed'), onClose)}
      onCancel={onClose}
    />
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '#app/components/dialog.tsx';
import { Checkbox, FormLayout, TextField } from '#app/components/fields.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import type { Category } from '../categories.server.ts';

/** Asks for a category's name and whether the club is on for it. */
export function CategoryModal({ category, onClose }: { category: Category | null; onClose: () => void }) {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [name, setName] = useState(category?.name ?? '');
  const [isOn, setIsOn] = useState(category?.loyaltyEnabled ?? true);
  const [hasDiscounts, setHasDiscounts] = useState(category?.allowsPersonDiscount ?? false);
  const save = () =>
    action.act(
      {
        intent: 'category',
        categoryId: String(category?.categoryId ?? ''),
        name,
        loyaltyEnabled: String(isOn),
        allowsPersonDiscount: String(hasDiscounts),
      },
      t('common.saved'),
      onClose,
    );
  return (
    <FormDialog
      title={category ? category.name : t('membership.categories.add')}
      action={{ label: t('common.save'), isBusy: action.isBusy, onAction: save }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <FormLayout>
        <TextField
          id="categoryName"
          label={t('membership.categories.name')}
          value={name}
          error={errorOf('name')}
          maxLength={40}
          onChange={(value) => {
            setName(value);
            action.clear();
          }}
        />
        <Checkbox
          label={t('membership.categories.club')}
          helpText={t('membership.categories.club_help')}
          checked={isOn}
          onChange={setIsOn}
        />
        <Checkbox
          label={t('membership.categories.discounts')}
          helpText={t('membership.categories.discounts_help')}
          checked={hasDiscounts}
          onChange={setHasDiscounts}
        />
      </FormLayout>
    </FormDialog>
  );
}

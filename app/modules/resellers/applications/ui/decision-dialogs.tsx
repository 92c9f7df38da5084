import { Banner, BlockStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '#app/components/dialog.tsx';
import { FormLayout, PercentField, Select, TextField } from '#app/components/fields.tsx';
import type { Action } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import type { ApplicationView } from '../application-screens.server.ts';

const NOTE_MAX = 1_000;

interface DecisionProps {
  view: ApplicationView;
  action: Action;
  onClose: () => void;
}

/** Asks for category, percent and a word to the person. */
export function ApproveDialog({ view, action, onClose }: DecisionProps) {
  const { t, i18n } = useTranslation();
  const errorOf = useFieldErrorText(action.errors);
  const { application, categories, usualCategoryId, canSendMail } = view;
  const [categoryId, setCategoryId] = useState(usualCategoryId === null ? '' : String(usualCategoryId));
  const [percent, setPercent] = useState('');
  const [note, setNote] = useState('');
  const chosen = categories.find((each) => String(each.categoryId) === categoryId);
  return (
    <FormDialog
      title={t('applications.approve_title', { name: application.name })}
      error={errorOf('form')}
      action={{
        label: t('applications.approve'),
        isBusy: action.isBusy,
        onAction: () =>
          action.act(
            {
              intent: 'approve',
              categoryId,
              percent: chosen?.allowsPersonDiscount ? percent : '',
              note,
              locale: i18n.language,
            },
            t('applications.approved'),
            onClose,
          ),
      }}
      onClose={onClose}
    >
      <BlockStack gap="400">
        <Text as="p">{t('applications.approve_text', { email: application.email })}</Text>
        {!canSendMail && <Banner tone="warning">{t('applications.no_mail')}</Banner>}
        <FormLayout>
          <Select
            id="categoryId"
            label={t('applications.category')}
            placeholder={t('applications.choose_category')}
            options={categories.map((each) => ({ value: String(each.categoryId), label: each.name }))}
            value={categoryId}
            error={errorOf('categoryId')}
            onChange={setCategoryId}
          />
          {chosen?.allowsPersonDiscount === true && (
            <PercentField
              id="percent"
              label={t('applications.percent')}
              helpText={t('applications.percent_help')}
              value={percent}
              error={errorOf('percent')}
              onChange={setPercent}
            />
          )}
          <TextField
            id="note"
            label={t('applications.note')}
            helpText={t('applications.note_help')}
            multiline={3}
            maxLength={NOTE_MAX}
            value={note}
            error={errorOf('note')}
            onChange={setNote}
          />
        </FormLayout>
      </BlockStack>
    </FormDialog>
  );
}

/** Asks for the reason, which the person reads. */
export function RefuseDialog({ view, action, onClose }: DecisionProps) {
  const { t, i18n } = useTranslation();
  const errorOf = useFieldErrorText(action.errors);
  const { application, canSendMail } = view;
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={t('applications.refuse_title', { name: application.name })}
      error={errorOf('form')}
      action={{
        label: t('applications.refuse'),
        isDestructive: true,
        isBusy: action.isBusy,
        onAction: () =>
          action.act({ intent: 'refuse', reason, locale: i18n.language }, t('applications.refused'), onClose),
      }}
      onClose={onClose}
    >
      <BlockStack gap="400">
        {!canSendMail && <Banner tone="warning">{t('applications.no_mail')}</Banner>}
        <TextField
          id="reason"
          label={t('applications.reason')}
          helpText={t('applications.reason_help')}
          multiline={4}
          maxLength={NOTE_MAX}
          value={reason}
          error={errorOf('reason')}
          onChange={setReason}
        />
      </BlockStack>
    </FormDialog>
  );
}

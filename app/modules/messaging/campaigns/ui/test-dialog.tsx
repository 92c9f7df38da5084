import { BlockStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '#app/components/dialog.tsx';
import { Select, TextField } from '#app/components/fields.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import type { CampaignPageView } from '../campaign-screen.server.ts';

/** Sends one message to a number of staff's. */
export function TestDialog({ view, onClose }: { view: CampaignPageView; onClose: () => void }) {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const { texts } = view.campaign;
  const [phone, setPhone] = useState(view.testNumber);
  const [language, setLanguage] = useState<string>(texts[0]?.language ?? 'en');
  return (
    <FormDialog
      title={t('campaigns.test.title')}
      action={{
        label: t('campaigns.test.send'),
        isDisabled: phone.trim() === '',
        isBusy: action.isBusy,
        onAction: () => action.act({ intent: 'test', phone, language }, t('campaigns.test.sent'), onClose),
      }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <BlockStack gap="400">
        <Text as="p">
          {t(view.account === 'platform' ? 'campaigns.test.text_paid' : 'campaigns.test.text')}
        </Text>
        <TextField
          label={t('campaigns.test.phone')}
          type="tel"
          value={phone}
          error={errorOf('phone')}
          onChange={setPhone}
        />
        {texts.length > 1 && (
          <Select
            label={t('campaigns.test.language')}
            options={texts.map((each) => ({
              value: each.language,
              label: t(`campaigns.language.${each.language}`),
            }))}
            value={language}
            onChange={setLanguage}
          />
        )}
      </BlockStack>
    </FormDialog>
  );
}

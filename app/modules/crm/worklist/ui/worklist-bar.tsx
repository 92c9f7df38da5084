import { Button, ButtonGroup, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { WorklistPlace } from '../worklist-place.server.ts';
import { editAddress, listAddress } from '../rules/worklist-address.ts';

/** Above a customer's form that was opened from the list of incomplete records: the one before, the one after. */
export function WorklistBar({ place: { lack, previous, next } }: { place: WorklistPlace }) {
  const { t } = useTranslation();
  return (
    <Card padding="300">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="p">
          {lack === null
            ? t('completeness.working')
            : t('completeness.working_field', { field: t(`customer_detail.field.${lack}`) })}
        </Text>
        <ButtonGroup>
          <Button url={listAddress(lack)} variant="plain">
            {t('completeness.back')}
          </Button>
          <Button
            disabled={previous === null}
            {...(previous === null ? {} : { url: editAddress(previous, lack) })}
          >
            {t('completeness.previous')}
          </Button>
          <Button disabled={next === null} {...(next === null ? {} : { url: editAddress(next, lack) })}>
            {t('completeness.next')}
          </Button>
        </ButtonGroup>
      </InlineStack>
    </Card>
  );
}

import { Button, ButtonGroup, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Sides } from './use-sides.ts';

/** Whether the rule is edited as conditions or as text. */
export function SideChoice({ sides: { side, choose, isBroken } }: { sides: Sides }) {
  const { t } = useTranslation();
  return (
    <>
      <div role="group" aria-label={t('segment_query.sides')}>
        <ButtonGroup variant="segmented">
          <Button pressed={side === 'conditions'} onClick={() => choose('conditions')}>
            {t('segment_query.conditions')}
          </Button>
          <Button pressed={side === 'text'} onClick={() => choose('text')}>
            {t('segment_query.text')}
          </Button>
        </ButtonGroup>
      </div>
      {isBroken && (
        <InlineStack gap="200" blockAlign="center">
          <Text as="p" tone="caution">
            {t('segment_query.broken')}
          </Text>
          <Button variant="plain" onClick={() => choose('text')}>
            {t('segment_query.back')}
          </Button>
        </InlineStack>
      )}
    </>
  );
}

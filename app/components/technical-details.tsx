import { BlockStack, Button, Collapsible } from '@shopify/polaris';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** What only a developer needs, folded away. */
export function TechnicalDetails({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <BlockStack gap="200">
      <Button
        variant="plain"
        textAlign="start"
        disclosure={isOpen ? 'up' : 'down'}
        ariaExpanded={isOpen}
        ariaControls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        {t('common.technical')}
      </Button>
      <Collapsible id={id} open={isOpen}>
        <BlockStack gap="200">{children}</BlockStack>
      </Collapsible>
    </BlockStack>
  );
}

import { BlockStack, Button, Icon, InlineStack, Text } from '@shopify/polaris';
import { CheckCircleIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';

/** A step of setting a club up. */
export interface Step {
  title: string;
  text: string;
  isDone: boolean;
  action?: { content: string; url: string; external?: boolean };
}

/** The step to the block in Shopify's checkout; done once a shopper used it. */
export function useBlockStep(isDone: boolean): Step {
  const { t } = useTranslation();
  const { domain } = useShop();
  const url = `https://${domain}/admin/settings/checkout`;
  return {
    title: t('home.setup.block'),
    text: t('home.setup.block_text'),
    isDone,
    action: { content: t('home.setup.open_checkout'), url, external: true },
  };
}

/** One step, whether it is done, and the way to it. */
export function SetupStep({ step }: { step: Step }) {
  const { t } = useTranslation();
  const { title, text, isDone, action } = step;
  return (
    <li>
      <InlineStack gap="300" wrap={false} blockAlign="start">
        <div>
          {isDone ? (
            <Icon source={CheckCircleIcon} tone="success" accessibilityLabel={t('home.setup.done')} />
          ) : (
            <span className="open-step" role="img" aria-label={t('home.setup.open')} />
          )}
        </div>
        <BlockStack gap="100" inlineAlign="start">
          <Text as="h3" variant="bodyMd" fontWeight="semibold">
            {title}
          </Text>
          <Text as="p" tone="subdued">
            {text}
          </Text>
          {action && !isDone && (
            <Button variant="plain" url={action.url} {...(action.external ? { external: true } : {})}>
              {action.content}
            </Button>
          )}
        </BlockStack>
      </InlineStack>
    </li>
  );
}

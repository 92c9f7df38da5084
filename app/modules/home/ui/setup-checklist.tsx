import { BlockStack, Button, Card, Icon, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { CheckCircleIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import type { Checklist } from '../read-home.server.ts';

interface Step {
  title: string;
  text: string;
  isDone: boolean;
  action?: { content: string; url: string; external?: boolean };
}

/** The way from installing the app to the first shopper who pays with points; ticked by what really happened. */
export function SetupChecklist({ checklist }: { checklist: Checklist }) {
  const { t } = useTranslation();
  const steps = useSteps(checklist);
  const done = steps.filter(({ isDone }) => isDone).length;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <CardTitle>{t('home.setup.title')}</CardTitle>
          <Text as="p" tone="subdued" id="setup-progress">
            {t('home.setup.progress', { done, total: steps.length })}
          </Text>
          <ProgressBar
            progress={(done / steps.length) * 100}
            size="small"
            tone="success"
            animated={false}
            ariaLabelledBy="setup-progress"
          />
        </BlockStack>
        <ol className="bare-list stack">
          {steps.map((step) => (
            <SetupStep key={step.title} step={step} />
          ))}
        </ol>
      </BlockStack>
    </Card>
  );
}

function useSteps(checklist: Checklist): Step[] {
  const { t } = useTranslation();
  const { domain } = useShop();
  const editor = `https://${domain}/admin/settings/checkout`;
  return [
    {
      title: t('home.setup.program'),
      text: t('home.setup.program_text'),
      isDone: checklist.isProgramActive,
      action: { content: t('home.setup.open_programs'), url: '/app/loyalty/programs' },
    },
    {
      title: t('home.setup.redemption'),
      text: t('home.setup.redemption_text'),
      isDone: checklist.isRedemptionOn,
      action: { content: t('home.setup.open_settings'), url: '/app/settings' },
    },
    {
      title: t('home.setup.block'),
      text: t('home.setup.block_text'),
      isDone: checklist.hasRedemption,
      action: { content: t('home.setup.open_checkout'), url: editor, external: true },
    },
    { title: t('home.setup.order'), text: t('home.setup.order_text'), isDone: checklist.hasOrder },
    {
      title: t('home.setup.earning'),
      text: t('home.setup.earning_text'),
      isDone: checklist.hasEarning,
      action: { content: t('home.setup.open_customers'), url: '/app/customers' },
    },
    {
      title: t('home.setup.past'),
      text: t('home.setup.past_text'),
      isDone: checklist.hasBackfill,
      action: { content: t('home.setup.open_past'), url: '/app/loyalty/past-orders' },
    },
  ];
}

function SetupStep({ step }: { step: Step }) {
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

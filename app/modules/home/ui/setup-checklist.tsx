import { BlockStack, Button, Card, Collapsible, ProgressBar, Text } from '@shopify/polaris';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { Checklist } from '../read-home.server.ts';
import { SetupStep, useBlockStep, type Step } from './setup-step.tsx';

interface SetupChecklistProps {
  checklist: Checklist;
  /** Null for a club that was never opened. */
  launchedAt: Date | null;
}

/** What is left to do of a live club; ticked by what really happened, and folded away. */
export function SetupChecklist({ checklist, launchedAt }: SetupChecklistProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const steps = useSteps(checklist);
  const done = steps.filter(({ isDone }) => isDone).length;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <CardTitle>{t('home.launch.live_title')}</CardTitle>
          {launchedAt !== null && (
            <Text as="p">{t('home.launch.live_since', { day: format.day(launchedAt) })}</Text>
          )}
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
        {!checklist.hasBackfill && (
          <BlockStack gap="100" inlineAlign="start">
            <Text as="p">{t('home.setup.past_text')}</Text>
            <Button url="/app/loyalty/past-orders">{t('home.setup.open_past')}</Button>
          </BlockStack>
        )}
        <Button
          variant="plain"
          textAlign="start"
          disclosure={isOpen ? 'up' : 'down'}
          ariaExpanded={isOpen}
          ariaControls={id}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? t('home.setup.hide_steps') : t('home.setup.show_steps')}
        </Button>
        <Collapsible id={id} open={isOpen}>
          <ol className="bare-list stack">
            {steps.map((step) => (
              <SetupStep key={step.title} step={step} />
            ))}
          </ol>
        </Collapsible>
      </BlockStack>
    </Card>
  );
}

function useSteps(checklist: Checklist): Step[] {
  const { t } = useTranslation();
  const block = useBlockStep(checklist.hasRedemption);
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
      action: { content: t('home.setup.open_settings'), url: '/app/settings/checkout' },
    },
    block,
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

import { Badge, Banner, BlockStack, Button, Card, InlineStack, List, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { Dialog } from '#app/components/dialog.tsx';
import type { Action } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { OrderExample } from '#app/modules/shops/rules/give-back.ts';
import type { Checklist, LaunchView } from '../read-home.server.ts';
import { SetupStep, useBlockStep, type Step } from './setup-step.tsx';

interface LaunchCardProps {
  launch: LaunchView;
  checklist: Checklist;
  action: Action;
}

/** The way from a draft to a live club. Nothing is owed to anyone before its last step. */
export function LaunchCard({ launch, checklist, action }: LaunchCardProps) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  const steps = useSteps(launch, checklist);
  const example = useExampleText(launch.example);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <InlineStack gap="200" blockAlign="center">
            <CardTitle>{t('home.launch.title')}</CardTitle>
            <Badge tone="attention">{t('home.launch.draft')}</Badge>
          </InlineStack>
          <Text as="p">{t('home.launch.text')}</Text>
          {example !== null && (
            <Text as="p" fontWeight="medium">
              {example}
            </Text>
          )}
        </BlockStack>
        <ol className="bare-list stack">
          {steps.map((step) => (
            <SetupStep key={step.title} step={step} />
          ))}
        </ol>
        <InlineStack>
          <Button variant="primary" onClick={() => setIsAsking(true)}>
            {t('home.launch.launch')}
          </Button>
        </InlineStack>
      </BlockStack>
      {isAsking && <LaunchDialog example={example} action={action} onClose={() => setIsAsking(false)} />}
    </Card>
  );
}

function useSteps({ hasTestCustomer }: LaunchView, checklist: Checklist): Step[] {
  const { t } = useTranslation();
  const block = useBlockStep(checklist.hasRedemption);
  return [
    {
      title: t('home.setup.program'),
      text: t('home.launch.program_text'),
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
    {
      title: t('home.launch.test'),
      text: t('home.launch.test_text'),
      isDone: hasTestCustomer && checklist.hasEarning,
      action: { content: t('home.launch.open_test'), url: '/app/settings/trial' },
    },
  ];
}

/** "An order of Rp 325,000 earns 30 points, worth Rp 3,000 (0.9%)." Null while no program is for spending. */
function useExampleText(example: OrderExample | null): string | null {
  const { t } = useTranslation();
  const format = useFormat();
  if (!example) return null;
  const { orderMinor, points, creditMinor, worthMinor, shareBp } = example;
  const earned = format.list([
    ...(points > 0n ? [format.units(points, 'POINTS')] : []),
    ...(creditMinor > 0n ? [format.units(creditMinor, 'CREDIT')] : []),
  ]);
  const order = format.money(orderMinor);
  return worthMinor === 0n
    ? t('home.launch.example_nothing', { order })
    : t('home.launch.example', {
        order,
        earned,
        worth: format.money(worthMinor),
        share: format.percent(shareBp),
      });
}

interface LaunchDialogProps {
  example: string | null;
  action: Action;
  onClose: () => void;
}

function LaunchDialog({ example, action, onClose }: LaunchDialogProps) {
  const { t } = useTranslation();
  const errorOf = useFieldErrorText(action.errors);
  return (
    <Dialog
      title={t('home.launch.ask_title')}
      action={{
        label: t('home.launch.launch'),
        isBusy: action.isBusy,
        onAction: () => action.act({ intent: 'launch' }, t('home.launch.done')),
      }}
      error={errorOf('form')}
      onClose={() => {
        action.clear();
        onClose();
      }}
    >
      <BlockStack gap="300">
        <Text as="p">{t('home.launch.ask_text')}</Text>
        <List>
          {example !== null && <List.Item>{example}</List.Item>}
          <List.Item>{t('home.launch.ask_before')}</List.Item>
          <List.Item>{t('home.launch.ask_shoppers')}</List.Item>
          <List.Item>{t('home.launch.ask_testers')}</List.Item>
        </List>
        <Banner tone="info">{t('home.launch.ask_back')}</Banner>
      </BlockStack>
    </Dialog>
  );
}

import { Badge, Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { CardTitle } from '#app/components/card-title.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useProgress } from '#app/components/use-progress.ts';

/** What is wrong, in words; the text of a button where staff can switch it on again. */
interface Trouble {
  title: string;
  text: string;
  /** As Shopify says it; null where it said nothing. */
  refusedWith: string | null;
  activate: { label: string; done: string } | null;
}

interface PublishHealthProps {
  title: string;
  state: 'off' | 'waiting' | 'on';
  /** Null: none. */
  trouble: Trouble | null;
  /** Something is on its way to Shopify: the page looks again by itself. */
  isMoving: boolean;
  canCheck: boolean;
  /** What is there, and what isn't in step; empty ones are left out. */
  lines: readonly { text: string | null; isProblem?: boolean }[];
  /** When it was last published; null for never, which `never` says. */
  publishedAt: Date | null;
  never: string;
  /** What was done last beside that; null for nothing. */
  lastDone: string | null;
  children?: ReactNode;
}

const TONES = { off: undefined, waiting: 'attention', on: 'success', trouble: 'critical' } as const;

/** What is at Shopify of the shop's prices, or of its members-only products: whether it works, and a way to check it now. */
export function PublishHealth({
  title,
  state,
  trouble,
  isMoving,
  canCheck,
  lines,
  ...rest
}: PublishHealthProps) {
  const { t } = useTranslation();
  useProgress(isMoving);
  const action = useAction();
  const formError = useFieldErrorText(action.errors)('form');
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <CardTitle>{title}</CardTitle>
            <StateBadge state={trouble === null ? state : 'trouble'} />
          </InlineStack>
          {canCheck && (
            <Button
              loading={action.isBusy}
              onClick={() => action.act({ intent: 'check' }, t('pricing.health.checking'))}
            >
              {t('pricing.health.check')}
            </Button>
          )}
        </InlineStack>
        {formError && <Banner tone="critical">{formError}</Banner>}
        {trouble && <TroubleBanner trouble={trouble} action={action} />}
        {lines.map(
          ({ text, isProblem = false }) =>
            text !== null && (
              <Text key={text} as="p" {...(isProblem ? { tone: 'critical' as const } : {})}>
                {text}
              </Text>
            ),
        )}
        {rest.children}
        <Published {...rest} />
      </BlockStack>
    </Card>
  );
}

function StateBadge({ state }: { state: keyof typeof TONES }) {
  const { t } = useTranslation();
  const tone = TONES[state];
  return <Badge {...(tone ? { tone } : {})}>{t(`pricing.health.state.${state}`)}</Badge>;
}

interface TroubleBannerProps {
  trouble: Trouble;
  action: ReturnType<typeof useAction>;
}

function TroubleBanner({ trouble: { title, text, refusedWith, activate }, action }: TroubleBannerProps) {
  const { t } = useTranslation();
  const button = activate && {
    content: activate.label,
    onAction: () => action.act({ intent: 'activate' }, activate.done),
  };
  return (
    <Banner tone="critical" title={title} {...(button ? { action: button } : {})}>
      <Text as="p">{text}</Text>
      {refusedWith && <Text as="p">{t('pricing.health.words', { words: refusedWith })}</Text>}
    </Banner>
  );
}

function Published({
  publishedAt,
  never,
  lastDone,
}: Pick<PublishHealthProps, 'publishedAt' | 'never' | 'lastDone'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Text as="p" tone="subdued">
      {publishedAt === null ? never : t('pricing.health.published', { when: format.timestamp(publishedAt) })}{' '}
      {lastDone}
    </Text>
  );
}

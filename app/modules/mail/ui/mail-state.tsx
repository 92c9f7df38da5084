import { Badge, BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { copyText } from '#app/components/copy-text.ts';
import { useFormat } from '#app/components/use-format.ts';
import { canSendAgain, type MailState, type MailView } from '../mail-states.ts';

const TONES = {
  waiting: 'info',
  sending: 'info',
  sent: 'success',
  failed: 'critical',
  unknown: 'warning',
  unsent: 'attention',
} as const satisfies Record<MailState, string>;

/** What became of an e-mail, in one word. */
export function MailBadge({ state }: { state: MailState }) {
  const { t } = useTranslation();
  return <Badge tone={TONES[state]}>{t(`mail.state.${state}`)}</Badge>;
}

interface MailCardProps {
  mail: MailView;
  canSend: boolean;
  isBusy: boolean;
  onSendAgain: () => void;
}

/** An e-mail with its text, what became of it, and how it can be sent again or by hand. */
export function MailCard({ mail, canSend, isBusy, onSendAgain }: MailCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, recipient, subject, body, problem, serverSaid, createdAt, endedAt } = mail;
  return (
    <BlockStack gap="200">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {subject}
        </Text>
        <MailBadge state={state} />
      </InlineStack>
      <Text as="p" tone="subdued" breakWord>
        {t('mail.to', { recipient, when: format.timestamp(endedAt ?? createdAt) })}
      </Text>
      {state !== 'sent' && <Text as="p">{t(`mail.explain.${state}`)}</Text>}
      {problem !== null && (
        <Text as="p" tone={state === 'failed' ? 'critical' : 'subdued'}>
          {t(`mail.problem.${problem}`)} {serverSaid !== null && t('mail.said', { text: serverSaid })}
        </Text>
      )}
      <div className="mail-text">{body}</div>
      <InlineStack gap="200">
        <Button onClick={() => void copyText(`${subject}\n\n${body}`)}>{t('mail.copy')}</Button>
        {canSend && canSendAgain(state) && (
          <Button loading={isBusy} onClick={onSendAgain}>
            {t('mail.send_again')}
          </Button>
        )}
      </InlineStack>
    </BlockStack>
  );
}

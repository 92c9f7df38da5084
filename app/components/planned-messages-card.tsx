import { BlockStack, Card, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { PlannedMessage } from '#app/modules/messages/planned.queries.server.ts';
import { useMessageWords } from './message-words.ts';
import { useFormat } from './use-format.ts';

/** The latest planned messages of a customer, on their page. */
export function PlannedMessagesCard({
  customerId,
  messages,
}: {
  customerId: bigint;
  messages: readonly PlannedMessage[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const wordsOf = useMessageWords();
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t('messages.title')}
        </Text>
        {messages.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('messages.none')}
          </Text>
        ) : (
          <ul className="bare-list">
            {messages.map((message) => (
              <li key={String(message.messageId)} className="ruled planned-line">
                <Text as="p">{wordsOf(message)}</Text>
                <Text as="p" variant="bodySm" tone="subdued">
                  {format.moment(message.dueAt)}
                </Text>
              </li>
            ))}
          </ul>
        )}
        {messages.length > 0 && (
          <Link url={`/app/messages?customer=${customerId}`}>{t('messages.show_all')}</Link>
        )}
      </BlockStack>
    </Card>
  );
}

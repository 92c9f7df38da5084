import { useNavigate, useNavigation } from '@remix-run/react';
import { Banner, Box, Button, Card, IndexTable, InlineStack, Link, Tabs, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useCustomerName } from '#app/components/customer-name.ts';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useMessageWords } from '#app/components/message-words.ts';
import { useFormat } from '#app/components/use-format.ts';
import { MESSAGE_KINDS, type MessageKind } from '../message-kinds.ts';
import type { MessagePage, PlannedMessage } from '../planned.queries.server.ts';

interface MessageListProps {
  page: MessagePage;
  kind: MessageKind | null;
  /** Only this customer's; null for everybody's. */
  customerId: bigint | null;
  isFirstPage: boolean;
}

export function MessageList({ page, kind, customerId, isFirstPage }: MessageListProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isLoading = useNavigation().state === 'loading';
  const { messages, olderThan } = page;
  const addressOf = (filter: { kind: MessageKind | null; before?: bigint }) => {
    const search = new URLSearchParams({
      ...(filter.kind === null ? {} : { kind: filter.kind }),
      ...(customerId === null ? {} : { customer: String(customerId) }),
      ...(filter.before === undefined ? {} : { before: String(filter.before) }),
    });
    return `/app/messages?${search.toString()}`;
  };
  const tabs = [null, ...MESSAGE_KINDS];
  return (
    <div className="stack">
      <Banner tone="info">{t('messages.not_sent')}</Banner>
      <Card padding="0">
        <Tabs
          tabs={tabs.map((id) => ({
            id: `messages-${id ?? 'all'}`,
            content: id === null ? t('messages.all') : t(`messages.kind.${id}`),
            panelID: 'messages-panel',
          }))}
          selected={tabs.indexOf(kind)}
          onSelect={(index) => navigate(addressOf({ kind: tabs[index] ?? null }))}
        />
        <div id="messages-panel">
          {customerId !== null && (
            <Box padding="300">
              <InlineStack gap="200" blockAlign="center">
                <Text as="p">{t('messages.of_customer')}</Text>
                <Button url="/app/messages">{t('messages.of_all')}</Button>
              </InlineStack>
            </Box>
          )}
          {messages.length === 0 ? (
            <EmptyNote title={t('messages.empty_title')} text={t('messages.empty_text')} />
          ) : (
            <IndexTable
              selectable={false}
              loading={isLoading}
              itemCount={messages.length}
              resourceName={{ singular: t('messages.one'), plural: t('messages.many') }}
              headings={[
                { title: t('messages.customer') },
                { title: t('messages.text') },
                { title: t('messages.due') },
              ]}
              pagination={{
                hasPrevious: !isFirstPage,
                onPrevious: () => navigate(addressOf({ kind })),
                hasNext: olderThan !== null,
                onNext: () => olderThan !== null && navigate(addressOf({ kind, before: olderThan })),
              }}
            >
              {messages.map((message, index) => (
                <MessageRow key={String(message.messageId)} message={message} position={index} />
              ))}
            </IndexTable>
          )}
        </div>
      </Card>
    </div>
  );
}

function MessageRow({ message, position }: { message: PlannedMessage; position: number }) {
  const nameOf = useCustomerName();
  const wordsOf = useMessageWords();
  const format = useFormat();
  return (
    <IndexTable.Row id={String(message.messageId)} position={position}>
      <IndexTable.Cell>
        <div className="wrapping">
          <Link url={`/app/customers/${message.customerId}`} removeUnderline monochrome>
            <Text as="span" fontWeight="semibold">
              {nameOf(message)}
            </Text>
          </Link>
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <div className="wrapping">{wordsOf(message)}</div>
      </IndexTable.Cell>
      <IndexTable.Cell>{format.moment(message.dueAt)}</IndexTable.Cell>
    </IndexTable.Row>
  );
}

import { Banner, Box, Button, Card, InlineStack, Link, Tabs, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useMessageText } from './message-text.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';
import { MESSAGE_KINDS, type MessageKind } from '../message-kinds.ts';
import type { MessagePage, PlannedMessage } from '../planned-messages.queries.server.ts';

interface MessageListProps {
  page: MessagePage;
  kind: MessageKind | null;
  /** Only this customer's; null for everybody's. */
  customerId: bigint | null;
  isFirstPage: boolean;
}

export function MessageList({ page, kind, customerId, isFirstPage }: MessageListProps) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const { messages, olderThan } = page;
  const addressOf = (filter: { kind: MessageKind | null; before?: bigint }) => {
    const search = new URLSearchParams({
      ...(filter.kind === null ? {} : { kind: filter.kind }),
      ...(customerId === null ? {} : { customer: String(customerId) }),
      ...(filter.before === undefined ? {} : { before: String(filter.before) }),
    });
    return `/app/messages/planned?${search.toString()}`;
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
          onSelect={(index) => change({ kind: tabs[index] ?? null })}
        />
        <div id="messages-panel">
          {customerId !== null && (
            <Box padding="300">
              <InlineStack gap="200" blockAlign="center">
                <Text as="p">{t('messages.of_customer')}</Text>
                <Button url="/app/messages/planned">{t('messages.of_all')}</Button>
              </InlineStack>
            </Box>
          )}
          {messages.length === 0 ? (
            <EmptyNote title={t('messages.empty_title')} text={t('messages.empty_text')} />
          ) : (
            <Table
              count={messages.length}
              one={t('messages.one')}
              many={t('messages.many')}
              headings={[
                { title: t('messages.customer') },
                { title: t('messages.text') },
                { title: t('messages.due') },
              ]}
              pages={{
                previous: isFirstPage ? null : addressOf({ kind }),
                next: olderThan === null ? null : addressOf({ kind, before: olderThan }),
              }}
            >
              {messages.map((message, index) => (
                <MessageRow key={String(message.messageId)} message={message} position={index} />
              ))}
            </Table>
          )}
        </div>
      </Card>
    </div>
  );
}

function MessageRow({ message, position }: { message: PlannedMessage; position: number }) {
  const nameOf = useCustomerName();
  const wordsOf = useMessageText();
  const format = useFormat();
  return (
    <TableRow id={String(message.messageId)} position={position}>
      <TableCell>
        <div className="wrapping">
          <Link url={`/app/customers/${message.customerId}`} removeUnderline monochrome>
            <Text as="span" fontWeight="semibold">
              {nameOf(message)}
            </Text>
          </Link>
        </div>
      </TableCell>
      <TableCell>
        <div className="wrapping">{wordsOf(message)}</div>
      </TableCell>
      <TableCell>{format.timestamp(message.dueAt)}</TableCell>
    </TableRow>
  );
}

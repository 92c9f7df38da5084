import { Badge, Box, Card, InlineStack, Link } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { CardTitle } from '#app/components/card-title.tsx';
import { SentMessages } from '#app/modules/messaging/history/ui/sent-messages.tsx';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useMessageText } from '#app/modules/messaging/planned/ui/message-text.ts';
import { useFormat } from '#app/components/use-format.ts';
import { MESSAGE_KINDS } from '#app/modules/messaging/planned/message-kinds.ts';
import type { PlannedMessage } from '#app/modules/messaging/planned/planned-messages.queries.server.ts';
import { ConsentLog } from './consent-log.tsx';
import type { ContactsView } from '../contacts-tab.server.ts';

/** Every message to a customer: what it says, who sends it, when, and what became of it. */
export function ContactsTab({ view }: { view: ContactsView }) {
  const { t } = useTranslation();
  const { sent, planned, consents } = view;
  if (sent.messages.length === 0 && planned.messages.length === 0 && consents.length === 0)
    return (
      <Card padding="0">
        <EmptyNote
          title={t('customer_detail.contacts.empty_title')}
          text={t('customer_detail.contacts.empty_text')}
        />
      </Card>
    );
  return (
    <div className="stack">
      {sent.messages.length > 0 && <Sent view={view} />}
      {planned.messages.length > 0 && <Planned view={view} />}
      {consents.length > 0 && <ConsentLog consents={consents} names={sent.names} />}
    </div>
  );
}

const addressOf = (customerId: bigint) => `/app/customers/${customerId}/contacts`;

function Sent({ view: { customerId, sent } }: { view: ContactsView }) {
  const { t } = useTranslation();
  const pageAt = (side: 'before' | 'after', position: string | null) =>
    position === null ? null : `${addressOf(customerId)}?${side}=${position}`;
  return (
    <Card padding="0">
      <Box padding="400">
        <InlineStack align="space-between" gap="200">
          <CardTitle>{t('customer_detail.contacts.sent_title')}</CardTitle>
          <Link url={`/app/messages/history?customer=${customerId}`}>
            {t('customer_detail.contacts.all')}
          </Link>
        </InlineStack>
      </Box>
      <SentMessages
        ofOne
        messages={sent.messages}
        names={sent.names}
        pages={{ previous: pageAt('before', sent.before), next: pageAt('after', sent.after) }}
      />
    </Card>
  );
}

function Planned({ view: { customerId, planned } }: { view: ContactsView }) {
  const { t } = useTranslation();
  const { messages, isFirstPage, olderThan } = planned;
  const pages = {
    previous: isFirstPage ? null : addressOf(customerId),
    next: olderThan === null ? null : `${addressOf(customerId)}?planned=${olderThan}`,
  };
  return (
    <Card padding="0">
      <Box padding="400">
        <CardTitle>{t('customer_detail.contacts.planned_title')}</CardTitle>
      </Box>
      <Table
        count={messages.length}
        one={t('messages.one')}
        many={t('messages.many')}
        headings={[
          { title: t('messages.text') },
          { title: t('customer_detail.contacts.by') },
          { title: t('messages.due') },
          { title: t('customer_detail.contacts.state_title') },
        ]}
        pages={pages}
      >
        {messages.map((message, index) => (
          <MessageRow key={String(message.messageId)} message={message} position={index} />
        ))}
      </Table>
    </Card>
  );
}

function MessageRow({ message, position }: { message: PlannedMessage; position: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const wordsOf = useMessageText();
  const kind = MESSAGE_KINDS.find((known) => known === message.kind);
  return (
    <TableRow id={String(message.messageId)} position={position}>
      <TwoLineCell
        title={wordsOf(message)}
        details={[kind === undefined ? null : t(`customer_detail.contacts.kind.${kind}`)]}
      />
      <TableCell>{t('customer_detail.contacts.by_club')}</TableCell>
      <TableCell>{format.timestamp(message.dueAt)}</TableCell>
      <TableCell>
        <Badge tone="info">
          {message.state === 'planned' ? t('customer_detail.contacts.planned') : message.state}
        </Badge>
      </TableCell>
    </TableRow>
  );
}

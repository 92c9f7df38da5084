import { Badge, Card } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { newestAndOlder } from '#app/components/pages.ts';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useMessageText } from '#app/modules/messaging/planned/ui/message-text.ts';
import { useFormat } from '#app/components/use-format.ts';
import { MESSAGE_KINDS } from '#app/modules/messaging/planned/message-kinds.ts';
import type { PlannedMessage } from '#app/modules/messaging/planned/planned-messages.queries.server.ts';
import type { ContactsView } from '../contacts-tab.server.ts';

/** Every message to a customer: what it says, who sends it, when, and what became of it. */
export function ContactsTab({ view }: { view: ContactsView }) {
  const { t } = useTranslation();
  const { customerId, messages } = view;
  return (
    <Card padding="0">
      {messages.length === 0 ? (
        <EmptyNote
          title={t('customer_detail.contacts.empty_title')}
          text={t('customer_detail.contacts.empty_text')}
        />
      ) : (
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
          pages={newestAndOlder(`/app/customers/${customerId}/contacts`, view)}
        >
          {messages.map((message, index) => (
            <MessageRow key={String(message.messageId)} message={message} position={index} />
          ))}
        </Table>
      )}
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

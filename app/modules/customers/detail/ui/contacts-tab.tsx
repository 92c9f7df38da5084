import { useNavigate, useNavigation } from '@remix-run/react';
import { Badge, Card, IndexTable, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useMessageWords } from '#app/components/message-words.ts';
import { useFormat } from '#app/components/use-format.ts';
import { MESSAGE_KINDS } from '#app/modules/messages/message-kinds.ts';
import type { PlannedMessage } from '#app/modules/messages/planned.queries.server.ts';
import type { ContactsView } from '../contacts-tab.server.ts';

/** Every message to a customer: what it says, who sends it, when, and what became of it. */
export function ContactsTab({ view }: { view: ContactsView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isLoading = useNavigation().state === 'loading';
  const { customerId, messages, olderThan, isFirstPage } = view;
  const address = `/app/customers/${customerId}/contacts`;
  return (
    <Card padding="0">
      {messages.length === 0 ? (
        <EmptyNote
          title={t('customer_detail.contacts.empty_title')}
          text={t('customer_detail.contacts.empty_text')}
        />
      ) : (
        <IndexTable
          selectable={false}
          loading={isLoading}
          itemCount={messages.length}
          resourceName={{ singular: t('messages.one'), plural: t('messages.many') }}
          headings={[
            { title: t('messages.text') },
            { title: t('customer_detail.contacts.by') },
            { title: t('messages.due') },
            { title: t('customer_detail.contacts.state_title') },
          ]}
          pagination={{
            hasPrevious: !isFirstPage,
            onPrevious: () => navigate(address),
            hasNext: olderThan !== null,
            onNext: () => navigate(`${address}?before=${olderThan}`),
          }}
        >
          {messages.map((message, index) => (
            <MessageRow key={String(message.messageId)} message={message} position={index} />
          ))}
        </IndexTable>
      )}
    </Card>
  );
}

function MessageRow({ message, position }: { message: PlannedMessage; position: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const wordsOf = useMessageWords();
  const kind = MESSAGE_KINDS.find((known) => known === message.kind);
  return (
    <IndexTable.Row id={String(message.messageId)} position={position}>
      <IndexTable.Cell>
        <div className="wrapping">
          <Text as="p">{wordsOf(message)}</Text>
          {kind !== undefined && (
            <Text as="p" variant="bodySm" tone="subdued">
              {t(`customer_detail.contacts.kind.${kind}`)}
            </Text>
          )}
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>{t('customer_detail.contacts.by_club')}</IndexTable.Cell>
      <IndexTable.Cell>{format.moment(message.dueAt)}</IndexTable.Cell>
      <IndexTable.Cell>
        <Badge tone="info">
          {message.state === 'planned' ? t('customer_detail.contacts.planned') : message.state}
        </Badge>
      </IndexTable.Cell>
    </IndexTable.Row>
  );
}

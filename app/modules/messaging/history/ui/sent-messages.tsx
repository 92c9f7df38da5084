import { Badge, BlockStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import type { Pages } from '#app/components/pages.ts';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import type { SentMessage } from '../list-messages.queries.server.ts';

const GOOD = ['delivered'];
const BAD = ['undelivered', 'failed', 'refused', 'expired'];

/** Messages with text, recipient, time and what became of them. */
export function SentMessages({ messages, pages }: { messages: readonly SentMessage[]; pages: Pages }) {
  const { t } = useTranslation();
  if (messages.length === 0)
    return <EmptyNote title={t('sms_history.empty_title')} text={t('sms_history.empty_text')} />;
  return (
    <Table
      count={messages.length}
      one={t('sms_history.one')}
      many={t('sms_history.many')}
      headings={[
        { title: t('sms_history.customer') },
        { title: t('sms_history.text') },
        { title: t('sms_history.state_title') },
        { title: t('sms_history.at') },
      ]}
      pages={pages}
    >
      {messages.map((message, index) => (
        <SentRow key={String(message.messageId)} message={message} position={index} />
      ))}
    </Table>
  );
}

function SentRow({ message, position }: { message: SentMessage; position: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useCustomerName();
  const { state, errorCode, body, campaign, campaignId } = message;
  const tone = GOOD.includes(state) ? 'success' : BAD.includes(state) ? 'critical' : null;
  return (
    <TableRow id={String(message.messageId)} position={position}>
      <TableCell>
        <Link url={`/app/customers/${message.customerId}`} removeUnderline monochrome>
          {nameOf({ ...message, email: null, phone: message.to })}
        </Link>
      </TableCell>
      <TableCell>
        <div className="wrapping" dir="auto">
          <BlockStack gap="050">
            <Text as="span">{body ?? t('sms_history.erased')}</Text>
            {campaign !== null && (
              <Link url={`/app/messages/campaigns/${campaignId}`} removeUnderline>
                {campaign}
              </Link>
            )}
          </BlockStack>
        </div>
      </TableCell>
      <TableCell>
        <Badge {...(tone === null ? {} : { tone })}>{t(`sms_history.state.${state}`)}</Badge>
        {errorCode !== null && (
          <Text as="p" tone="subdued" variant="bodySm">
            {t('sms_history.code', { code: String(errorCode) })}
          </Text>
        )}
      </TableCell>
      <TableCell>{format.timestamp(message.createdAt)}</TableCell>
    </TableRow>
  );
}

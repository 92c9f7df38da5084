import { Badge, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Pages } from '#app/components/pages.ts';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { WALLET_CURRENCY } from '#app/lib/micros.ts';
import { readablePhone } from '#app/lib/phone.ts';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { STATUS_STATES } from '../history-filter.ts';
import { whyText } from '../message-words.ts';
import type { SentMessage } from '../list-messages.queries.server.ts';

interface SentMessagesProps {
  messages: readonly SentMessage[];
  /** Names of the actors that are known. */
  names: Readonly<Record<string, string>>;
  pages: Pages;
  /** On a customer's own page: the customer needs no column. */
  ofOne?: boolean;
}

/** Messages with text, recipient, sender, time, what became of them and what they cost. */
export function SentMessages({ messages, names, pages, ofOne = false }: SentMessagesProps) {
  const { t } = useTranslation();
  return (
    <Table
      count={messages.length}
      one={t('sms_history.one')}
      many={t('sms_history.many')}
      headings={[
        { title: t('sms_history.text') },
        ...(ofOne ? [] : [{ title: t('sms_history.customer') }]),
        { title: t('sms_history.state_title') },
        { title: t('sms_history.price'), alignment: 'end' as const },
        { title: t('sms_history.by') },
        { title: t('sms_history.at') },
      ]}
      pages={pages}
    >
      {messages.map((message, index) => (
        <SentRow
          key={String(message.messageId)}
          message={message}
          name={names[message.actor]}
          position={index}
          ofOne={ofOne}
        />
      ))}
    </Table>
  );
}

interface SentRowProps {
  message: SentMessage;
  name: string | undefined;
  position: number;
  ofOne: boolean;
}

function SentRow({ message, name, position, ofOne }: SentRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { messageId, body, campaign, campaignId, actor } = message;
  return (
    <TableRow id={String(messageId)} position={position}>
      <TableCell>
        <div className="wrapping" dir="auto">
          <Text as="p">{body ?? t('sms_history.erased')}</Text>
        </div>
        {campaign !== null && (
          <Link url={`/app/messages/campaigns/${campaignId}`} removeUnderline>
            {campaign}
          </Link>
        )}
      </TableCell>
      {!ofOne && (
        <TableCell>
          <Recipient message={message} />
        </TableCell>
      )}
      <TableCell>
        <Outcome message={message} />
      </TableCell>
      <TableCell>
        <Cost message={message} />
      </TableCell>
      <TableCell>{name ?? actorText(actor)}</TableCell>
      <TableCell>{format.timestamp(message.createdAt)}</TableCell>
    </TableRow>
  );

  function actorText(stored: string): string {
    const [, staff] = /^staff:(\d+)$/.exec(stored) ?? [];
    return staff === undefined ? t('sms_history.automatic') : t('ledger_page.staff_unnamed', { id: staff });
  }
}

function Recipient({ message }: { message: SentMessage }) {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  const { customerId, to } = message;
  return (
    <>
      {customerId === null ? (
        <Badge>{t('sms_history.test')}</Badge>
      ) : (
        <Link url={`/app/customers/${customerId}`} removeUnderline monochrome>
          {nameOf({ ...message, email: null, phone: to })}
        </Link>
      )}
      {to !== null && (
        <Text as="p" tone="subdued" variant="bodySm">
          <bdi dir="ltr">{readablePhone(to)}</bdi>
        </Text>
      )}
    </>
  );
}

const BAD: readonly string[] = STATUS_STATES.not_arrived;

function Outcome({ message }: { message: SentMessage }) {
  const { t } = useTranslation();
  const { state } = message;
  const tone = state === 'delivered' ? 'success' : BAD.includes(state) ? 'critical' : null;
  const why = whyText(t, message);
  return (
    <>
      <Badge {...(tone === null ? {} : { tone })}>{t(`sms_history.state.${state}`)}</Badge>
      {why !== null && (
        <div className="wrapping">
          <Text as="p" tone="subdued" variant="bodySm">
            {why}
          </Text>
        </div>
      )}
    </>
  );
}

/** What it cost; nothing for messages that the shop pays Twilio itself. */
function Cost({ message: { micros, isSettled } }: { message: SentMessage }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (micros === null) return null;
  const money = format.micros(micros, WALLET_CURRENCY);
  return (
    <Text as="span" alignment="end" numeric tone={isSettled ? 'base' : 'subdued'}>
      {isSettled ? money : t('sms_history.price_reserved', { money })}
    </Text>
  );
}

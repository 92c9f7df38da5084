import { Badge, Icon, Link, Text } from '@shopify/polaris';
import {
  ChatIcon,
  CheckCircleIcon,
  EditIcon,
  NoteIcon,
  OrderIcon,
  StarIcon,
  TargetIcon,
  HashtagIcon,
} from '@shopify/polaris-icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import { CONSENTS } from '#app/modules/customers/rules/customer-record.ts';
import { isRecordField } from '#app/modules/customers/rules/merge-fields.ts';
import { useEntryText } from '#app/modules/earning/explain/ui/entry-text.ts';
import { OrderStatus } from '#app/modules/orders/ui/order-status.tsx';
import { useChangeText } from '../../form/ui/change-text.ts';
import type {
  ChangeEvent,
  ConsentEvent,
  EntryEvent,
  MessageEvent,
  OrderEvent,
  TimelineEvent,
} from '../read-details.server.ts';

const ICONS = {
  entry: StarIcon,
  order: OrderIcon,
  message: ChatIcon,
  note: NoteIcon,
  tag: HashtagIcon,
  consent: CheckCircleIcon,
  change: EditIcon,
  tier: TargetIcon,
} as const satisfies Record<TimelineEvent['of'], unknown>;

interface TimelineLineProps {
  event: TimelineEvent;
  /** Names of the actors that are known. */
  names: Readonly<Record<string, string>>;
}

/** One event: what it is in a sentence, when and by whom, and at its end the figure that it is about. */
export function TimelineLine({ event, names }: TimelineLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { title, details, end } = useWords()(event);
  const staff = event.actor?.startsWith('staff:') ? (names[event.actor] ?? t('common.staff')) : null;
  const when = [format.timestamp(event.at), ...(staff === null ? [] : [staff])].join(' · ');
  return (
    <li className="ruled timeline-line">
      <span className="timeline-icon">
        <Icon source={ICONS[event.of]} tone="subdued" />
      </span>
      <div className="timeline-text">
        <Text as="p" fontWeight="medium">
          {title}
        </Text>
        {details.map((detail, index) => (
          <Text key={index} as="p">
            {detail}
          </Text>
        ))}
        <Text as="p" variant="bodySm" tone="subdued">
          {when}
        </Text>
      </div>
      {end !== undefined && <div className="timeline-end">{end}</div>}
    </li>
  );
}

interface Words {
  title: ReactNode;
  details: readonly ReactNode[];
  end?: ReactNode;
}

function useWords(): (event: TimelineEvent) => Words {
  const { t } = useTranslation();
  const entry = useEntryWords();
  const order = useOrderWords();
  const change = useChangeWords();
  return (event) => {
    switch (event.of) {
      case 'entry':
        return entry(event);
      case 'order':
        return order(event);
      case 'change':
        return change(event);
      case 'message':
        return { title: t('timeline.message'), ...messageWords(event) };
      case 'note':
        return { title: t('timeline.note'), details: [event.text] };
      case 'tag':
        return {
          title: t(event.isOn ? 'timeline.tag_added' : 'timeline.tag_removed', { name: event.name }),
          details: [],
        };
      case 'consent':
        return { title: consentText(event), details: [] };
      case 'tier':
        return {
          title: t('timeline.tier', { tier: event.tierName ?? t('club.no_tier') }),
          details: [],
        };
    }
  };

  function messageWords({ body, state, campaign, campaignId }: MessageEvent): Omit<Words, 'title'> {
    const from = campaign !== null && (
      <Link key="campaign" url={`/app/messages/campaigns/${campaignId}`}>
        {campaign}
      </Link>
    );
    return {
      details: [body ?? t('sms_history.erased'), ...(from ? [from] : [])],
      end: <Badge>{t(`sms_history.state.${state}`)}</Badge>,
    };
  }

  function consentText({ channel, state }: ConsentEvent): string {
    const known = CONSENTS.find((each) => each === state) ?? 'not_subscribed';
    return `${t(`customer_detail.field.${channel}Consent`)}: ${t(`customer_detail.consent.${known}`)}`;
  }
}

function useEntryWords(): (event: EntryEvent) => Words {
  const { t } = useTranslation();
  const format = useFormat();
  const textOf = useEntryText();
  return ({ entry }) => {
    const { line, details } = textOf(entry);
    const amount = entry.unit === 'CREDIT' ? format.money(entry.amount) : format.signed(entry.amount);
    return {
      title: (
        <Link url={`/app/activity/ledger/${entry.entryId}`} monochrome removeUnderline>
          {line}
        </Link>
      ),
      details: details.length === 0 ? [] : [details.join(' · ')],
      end: (
        <>
          <Text as="p" fontWeight="semibold" numeric {...(entry.amount > 0n ? { tone: 'success' } : {})}>
            {amount}
          </Text>
          <Text as="p" variant="bodySm" tone="subdued" numeric>
            {t('ledger.after', { balance: format.amount(entry.balanceAfter, entry.unit) })}
          </Text>
        </>
      ),
    };
  };
}

function useOrderWords(): (event: OrderEvent) => Words {
  const { t } = useTranslation();
  const format = useFormat();
  return (event) => ({
    title: (
      <Link url={`/app/activity/orders/${event.orderId}`} monochrome removeUnderline>
        {t('timeline.order', { order: event.name ?? t('ledger.some_order') })}
      </Link>
    ),
    details: [<OrderStatus key="status" order={event} />],
    end: (
      <Text as="p" fontWeight="semibold" numeric>
        {format.moneyOf(event.totalMinor, event.currency)}
      </Text>
    ),
  });
}

function useChangeWords(): (event: ChangeEvent) => Words {
  const { t } = useTranslation();
  const textOf = useChangeText();
  return (event) => {
    const field =
      event.field === 'category' || isRecordField(event.field)
        ? t(`customer_form.history.field.${event.field}`)
        : event.field;
    return {
      title: t('timeline.change', { field, value: textOf(event, event.after) }),
      details:
        event.before === null ? [] : [t('customer_form.history.was', { value: textOf(event, event.before) })],
    };
  };
}

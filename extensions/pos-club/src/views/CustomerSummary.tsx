import { useEffect, useState } from 'preact/hooks';
import type { StaffCustomer } from '../../../shared/staff-api.ts';
import type { StaffCause, StaffClient } from '../../../shared/staff-client.ts';
import { createTexts } from '../../../shared/texts.ts';
import { keepBalance } from '../balances.ts';
import type { TillBase } from '../till.ts';
import { useIsOffline } from '../use-followed.ts';
import { standingText } from './SpendForm.tsx';

interface CustomerSummaryProps {
  till: TillBase;
  client: StaffClient;
  customerId: string;
  onOpen: () => void;
}

/** What the customer has, in two lines. */
export function CustomerSummary({ till, client, customerId, onOpen }: CustomerSummaryProps) {
  const isOffline = useIsOffline(till);
  const [read, setRead] = useState<{ customer: StaffCustomer } | { cause: StaffCause } | null>(null);
  useEffect(() => {
    if (isOffline) return;
    void client.customer(customerId, null).then((reply) => {
      setRead(reply.ok ? { customer: reply.body } : { cause: reply.cause });
      if (reply.ok) void keepBalance(till, reply.body);
    });
  }, [till, client, customerId, isOffline]);
  const { i18n } = till;
  const canOpen = !isOffline && read !== null && 'customer' in read;
  return (
    <s-pos-block heading={read && 'customer' in read ? read.customer.club.clubTitle : i18n.translate('name')}>
      {canOpen ? (
        <s-button slot="secondary-actions" onClick={onOpen}>
          {i18n.translate('block.open')}
        </s-button>
      ) : null}
      <Lines till={till} isOffline={isOffline} read={read} />
    </s-pos-block>
  );
}

function Lines(props: {
  till: TillBase;
  isOffline: boolean;
  read: { customer: StaffCustomer } | { cause: StaffCause } | null;
}) {
  const { till, isOffline, read } = props;
  const { i18n } = till;
  if (isOffline) return <s-text>{i18n.translate('offline')}</s-text>;
  if (!read) return <s-text color="subdued">{i18n.translate('loading')}</s-text>;
  if ('cause' in read) return <s-text>{i18n.translate(`cause.${read.cause}`)}</s-text>;
  const { club } = read.customer;
  const texts = createTexts(i18n, club);
  const [wallet] = club.wallets;
  return (
    <s-stack gap="small">
      {wallet ? (
        <s-text>
          {standingText(texts, { ...wallet, spendable: { units: wallet.available, amountMinor: '0' } })}
        </s-text>
      ) : null}
      <s-text color="subdued">
        {club.membership.isMember
          ? texts.translate(club.tier?.name ? 'tier' : 'member', { tier: club.tier?.name ?? '' })
          : texts.translate('notMember')}
      </s-text>
    </s-stack>
  );
}

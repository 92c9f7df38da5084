import { useEffect, useState } from 'preact/hooks';
import type { StaffCustomer, StaffEntry } from '../../shared/staff-api.ts';
import type { StaffCause, StaffClient } from '../../shared/staff-client.ts';
import { createTexts, type Texts, type Translator } from '../../shared/texts.ts';

interface CustomerBlockProps {
  i18n: Translator;
  client: StaffClient;
  customerId: string;
  onNavigate: (address: string) => void;
}

type Read = { customer: StaffCustomer } | { cause: StaffCause } | null;

/** Shopify's limit for the line that is shown while the block is closed. */
const SUMMARY_MAX = 30;

/** What a customer has in the club, and the ways on from there. */
export function CustomerBlock({ i18n, client, customerId, onNavigate }: CustomerBlockProps) {
  const [read, setRead] = useState<Read>(null);
  const load = () => {
    setRead(null);
    void client
      .customer(customerId, null)
      .then((reply) => setRead(reply.ok ? { customer: reply.body } : { cause: reply.cause }));
  };
  useEffect(load, [client, customerId]);
  const { translate } = i18n;
  if (!read)
    return (
      <s-admin-block heading={translate('name')}>
        <s-spinner accessibilityLabel={translate('loading')} />
      </s-admin-block>
    );
  if ('cause' in read)
    return (
      <s-admin-block heading={translate('name')}>
        <s-stack gap="base">
          <s-banner tone="warning">{translate(`cause.${read.cause}`)}</s-banner>
          {read.cause === 'no_permission' ? null : <s-button onClick={load}>{translate('again')}</s-button>}
        </s-stack>
      </s-admin-block>
    );
  const { customer } = read;
  const texts = createTexts(i18n, customer.club);
  return (
    <s-admin-block heading={customer.club.clubTitle} collapsedSummary={summaryOf(texts, customer)}>
      <s-stack gap="base">
        <Standing texts={texts} customer={customer} />
        <s-divider />
        <Entries texts={texts} entries={customer.entries} />
        <s-stack direction="inline" gap="small">
          <s-button variant="primary" onClick={() => onNavigate('extension://admin-adjust')}>
            {translate('adjust')}
          </s-button>
          <s-button href={`app://app/customers/${customerId}`}>{translate('open')}</s-button>
        </s-stack>
      </s-stack>
    </s-admin-block>
  );
}

function summaryOf(texts: Texts, { club }: StaffCustomer): string {
  const [wallet] = club.wallets;
  const parts = [wallet ? texts.units(BigInt(wallet.available), wallet.unit) : '', club.tier?.name ?? ''];
  return parts.filter(Boolean).join(' · ').slice(0, SUMMARY_MAX);
}

function Standing({ texts, customer }: { texts: Texts; customer: StaffCustomer }) {
  const { club, category, percentBp, expiring } = customer;
  const { translate } = texts;
  return (
    <s-stack gap="small-200">
      {club.wallets.map((wallet) => (
        <s-stack key={wallet.unit} gap="none">
          <s-text type="strong">{texts.units(BigInt(wallet.available), wallet.unit)}</s-text>
          <s-text color="subdued">{walletNotes(texts, wallet).join(' · ')}</s-text>
        </s-stack>
      ))}
      <s-stack direction="inline" gap="small">
        {club.membership.isMember ? <s-badge tone="success">{translate('member')}</s-badge> : null}
        {club.tier?.name ? <s-badge>{translate('tier', { tier: club.tier.name })}</s-badge> : null}
        {category ? <s-badge>{category}</s-badge> : null}
        {percentBp === null ? null : <s-badge>{texts.percent(percentBp)}</s-badge>}
      </s-stack>
      {expiring ? (
        <s-text color="subdued">
          {translate('expiring', {
            units: texts.units(BigInt(expiring.units), expiring.unit),
            day: texts.day(expiring.at),
          })}
        </s-text>
      ) : null}
    </s-stack>
  );
}

function walletNotes(texts: Texts, wallet: StaffCustomer['club']['wallets'][number]): string[] {
  const note = (key: string, amount: string) =>
    BigInt(amount) > BigInt(0)
      ? [texts.translate(`wallet.${key}`, { units: texts.units(BigInt(amount), wallet.unit) })]
      : [];
  const notes = [
    ...note('pending', wallet.pending),
    ...note('held', wallet.held),
    ...note('debt', wallet.debt),
  ];
  return notes.length > 0 ? notes : [texts.translate('wallet.free')];
}

function Entries({ texts, entries }: { texts: Texts; entries: readonly StaffEntry[] }) {
  const { translate } = texts;
  if (entries.length === 0) return <s-text color="subdued">{translate('noEntries')}</s-text>;
  return (
    <s-stack gap="small-200">
      {entries.map((entry) => (
        <s-stack key={entry.id} gap="none">
          <s-text>{`${texts.signed(BigInt(entry.amount), entry.unit)} · ${translate(`kind.${entry.kind}`)}`}</s-text>
          <s-text color="subdued">
            {[texts.day(entry.at), entry.order, entry.staff].filter(Boolean).join(' · ')}
          </s-text>
        </s-stack>
      ))}
    </s-stack>
  );
}

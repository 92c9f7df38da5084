import { useState } from 'preact/hooks';
import type { AccountEntry, AccountHistory, HistoryFilter } from '../../../shared/account-api.ts';
import type { AccountClient } from '../../../shared/account-client.ts';
import type { Texts } from '../../../shared/texts.ts';

interface HistoryProps {
  texts: Texts;
  client: AccountClient;
  /** The first page of everything, which came with the account. */
  first: AccountHistory;
}

const FILTERS: readonly HistoryFilter[] = ['all', 'earned', 'spent'];

/** What happened to the customer's value, each with its reason, newest first. */
export function HistorySection({ texts, client, first }: HistoryProps) {
  const { translate } = texts;
  const [filter, setFilter] = useState<HistoryFilter>('all');
  const [pages, setPages] = useState<AccountHistory | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const shown = pages ?? first;
  const read = async (wanted: HistoryFilter, before: string | null) => {
    setIsAsking(true);
    setHasFailed(false);
    const reply = await client.history(before, wanted);
    setIsAsking(false);
    if (!reply.ok) return setHasFailed(true);
    const earlier = before === null ? [] : shown.entries;
    setPages({ ...reply.body, entries: [...earlier, ...reply.body.entries] });
    setFilter(wanted);
  };
  return (
    <s-section heading={translate('history.title')}>
      <s-stack gap="base">
        <s-stack direction="inline" gap="small-200" accessibilityLabel={translate('history.filter')}>
          {FILTERS.map((each) => (
            <s-press-button
              key={each}
              pressed={each === filter}
              disabled={isAsking}
              onClick={() => void read(each, null)}
            >
              {translate(`history.${each}`)}
            </s-press-button>
          ))}
        </s-stack>
        {hasFailed ? <s-banner tone="critical">{translate('history.failed')}</s-banner> : null}
        {shown.entries.length === 0 ? <s-paragraph>{translate('history.empty')}</s-paragraph> : null}
        {shown.entries.map((entry) => (
          <Entry key={entry.id} texts={texts} entry={entry} />
        ))}
        {shown.next === null ? null : (
          <s-button variant="secondary" loading={isAsking} onClick={() => void read(filter, shown.next)}>
            {translate('history.more')}
          </s-button>
        )}
      </s-stack>
    </s-section>
  );
}

function Entry({ texts, entry }: { texts: Texts; entry: AccountEntry }) {
  const { translate, units, day, date } = texts;
  const amount = BigInt(entry.amount);
  const size = units(amount < BigInt(0) ? -amount : amount, entry.unit);
  const details = [day(entry.at)];
  if (entry.code !== null) details.push(translate('history.code', { code: entry.code }));
  if (entry.usableFrom !== null)
    details.push(translate('history.usableFrom', { day: date(entry.usableFrom) }));
  if (entry.lastDay !== null) details.push(translate('history.usableUntil', { day: date(entry.lastDay) }));
  return (
    <s-grid gridTemplateColumns="1fr auto" gap="base">
      <s-stack gap="small-400">
        <s-text>
          {translate(`history.line.${entry.line}`, {
            order: entry.order ?? translate('history.someOrder'),
            program: entry.program ?? '',
            reward: entry.reward ?? '',
          })}
        </s-text>
        <s-text color="subdued" type="small">
          {details.join(' · ')}
        </s-text>
      </s-stack>
      <s-text type="strong" tone={amount < BigInt(0) ? 'auto' : 'success'}>
        {amount < BigInt(0) ? `−${size}` : `+${size}`}
      </s-text>
    </s-grid>
  );
}

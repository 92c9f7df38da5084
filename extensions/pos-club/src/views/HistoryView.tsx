import type { StaffEntry } from '../../../shared/staff-api.ts';
import type { Texts } from '../../../shared/texts.ts';

/** The latest movements of the customer's balance. */
export function HistoryView({ texts, entries }: { texts: Texts; entries: readonly StaffEntry[] }) {
  const { translate } = texts;
  return (
    <s-section heading={translate('history.title')}>
      <s-stack gap="small">
        {entries.length === 0 ? <s-text color="subdued">{translate('history.none')}</s-text> : null}
        {entries.map((entry) => (
          <s-stack key={entry.id} gap="none">
            <s-text>{`${texts.signed(BigInt(entry.amount), entry.unit)} · ${translate(`kind.${entry.kind}`)}`}</s-text>
            <s-text color="subdued">
              {[texts.day(entry.at), entry.order, entry.staff].filter(Boolean).join(' · ')}
            </s-text>
          </s-stack>
        ))}
      </s-stack>
    </s-section>
  );
}

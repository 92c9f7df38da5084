import type { AccountLot } from '../../../shared/account-api.ts';
import type { Texts } from '../../../shared/texts.ts';

interface LotsProps {
  texts: Texts;
  lots: readonly AccountLot[];
  /** Further ones, which end later. */
  more: number;
}

/** What the balance is made of, and what ends when: those that end first come first. */
export function LotsSection({ texts, lots, more }: LotsProps) {
  const { translate } = texts;
  if (lots.length === 0) return null;
  return (
    <s-section heading={translate('lots.title')}>
      <s-stack gap="base">
        <s-unordered-list>
          {lots.map((lot) => (
            <s-list-item key={lot.id}>
              <s-stack gap="small-400">
                <s-text>{lotText(texts, lot)}</s-text>
                {lot.order === null ? null : (
                  <s-text color="subdued" type="small">
                    {translate('lots.from', { order: lot.order })}
                  </s-text>
                )}
              </s-stack>
            </s-list-item>
          ))}
        </s-unordered-list>
        {more > 0 ? (
          <s-text color="subdued" type="small">
            {translate('lots.more', { count: more })}
          </s-text>
        ) : null}
      </s-stack>
    </s-section>
  );
}

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;

function lotText({ translate, units, date }: Texts, lot: AccountLot): string {
  const values = { units: units(BigInt(lot.remaining), lot.unit), day: '' };
  if (lot.isPending) return translate('lots.pending', { ...values, day: date(lot.usableFrom) });
  if (lot.lastDay === null) return translate('lots.never', values);
  const isSoon = Date.parse(lot.lastDay) - Date.now() < SOON_DAYS * DAY_MS;
  return translate(isSoon ? 'lots.soon' : 'lots.until', { ...values, day: date(lot.lastDay) });
}

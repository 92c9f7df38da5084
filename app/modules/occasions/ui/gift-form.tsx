import { DraftForm } from '#app/components/draft-form.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { useFormat } from '#app/components/use-format.ts';
import { GIFT_KINDS } from '../rules/gifts.ts';
import type { GiftValues } from '../gift-form.ts';
import type { GiftScreenView } from '../gift-screen.server.ts';
import type { GiftSettings } from '../gifts.queries.server.ts';
import { GiftCard } from './gift-card.tsx';

/** The form of the birthday and the anniversary gift. */
export function GiftForm({ view }: { view: GiftScreenView }) {
  const draft = useDraft(useGiftValues(view.settings));
  return (
    <DraftForm draft={draft}>
      <div className="two-cards">
        {GIFT_KINDS.map((kind) => (
          <GiftCard
            key={kind}
            kind={kind}
            values={draft.values}
            missing={view.missing[kind]}
            today={view.today}
          />
        ))}
      </div>
    </DraftForm>
  );
}

function useGiftValues({ birthday, anniversary }: GiftScreenView['settings']): GiftValues {
  const format = useFormat();
  const amountOf = ({ unit, amount }: GiftSettings) =>
    unit === 'CREDIT' ? format.moneyInput(amount) : format.number(amount);
  return {
    birthday_version: String(birthday.version),
    birthday_isActive: birthday.isActive,
    birthday_timing: birthday.daysBefore === 0 ? 'on_day' : 'before',
    birthday_daysBefore: String(birthday.daysBefore || DEFAULT_DAYS_BEFORE),
    birthday_expiresDays: String(birthday.expiresDays),
    birthday_unit: birthday.unit,
    birthday_mode: birthday.amountMode,
    birthday_amount: amountOf(birthday),
    birthday_percent: format.percentInput(birthday.percentBp),
    anniversary_version: String(anniversary.version),
    anniversary_isActive: anniversary.isActive,
    anniversary_timing: anniversary.daysBefore === 0 ? 'on_day' : 'before',
    anniversary_daysBefore: String(anniversary.daysBefore || DEFAULT_DAYS_BEFORE),
    anniversary_expiresDays: String(anniversary.expiresDays),
    anniversary_unit: anniversary.unit,
    anniversary_mode: anniversary.amountMode,
    anniversary_amount: amountOf(anniversary),
    anniversary_percent: format.percentInput(anniversary.percentBp),
  };
}

const DEFAULT_DAYS_BEFORE = 7;

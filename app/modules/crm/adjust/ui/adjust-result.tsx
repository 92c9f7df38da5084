import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { AdjustDraft } from '../adjust-form.ts';
import type { Balance } from '#app/modules/ledger/balances.queries.server.ts';
import { afterAdjustment, kindOfReason, type AdjustedBalance } from '#app/modules/ledger/rules/adjustment.ts';

const NOTHING: AdjustedBalance = { balance: 0n, available: 0n, pending: 0n, held: 0n, debt: 0n };

interface AdjustResultProps {
  /** Null while the form does not mean anything yet. */
  draft: AdjustDraft | null;
  balances: Balance[];
  today: string;
}

/** What saving would do, told while the form is filled in. */
export function AdjustResult({ draft, balances, today }: AdjustResultProps) {
  const { t } = useTranslation();
  return (
    <Card>
      <section aria-live="polite" aria-label={t('adjust.result.title')}>
        <BlockStack gap="300">
          <CardTitle>{t('adjust.result.title')}</CardTitle>
          <div className="preview">
            {draft ? (
              <Outcome
                draft={draft}
                before={balances.find(({ unit }) => unit === draft.unit) ?? NOTHING}
                today={today}
              />
            ) : (
              <Text as="p" tone="subdued">
                {t('adjust.result.waiting')}
              </Text>
            )}
          </div>
        </BlockStack>
      </section>
    </Card>
  );
}

function Outcome({ draft, before, today }: { draft: AdjustDraft; before: AdjustedBalance; today: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { unit, amount } = draft;
  const isDeduction = kindOfReason(draft.reason) === 'manual_deduct';
  const after = afterAdjustment(before, { ...draft, isPending: draft.validFromOn > today });
  const sentences = useSentences(draft, before.debt - after.debt, today);
  if (isDeduction && amount > before.available) {
    return (
      <Text as="p" tone="critical">
        {t('adjust.result.too_much', { units: format.units(before.available, unit) })}
      </Text>
    );
  }
  const shown = (['available', 'pending', 'debt', 'balance'] as const).filter(
    (field) => field === 'available' || field === 'balance' || before[field] > 0n || after[field] > 0n,
  );
  return (
    <BlockStack gap="300">
      <Text as="p">{sentences.join(' ')}</Text>
      <table className="now-after">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('adjust.result.now')}</th>
            <th scope="col">{t('adjust.result.after')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((field) => (
            <tr key={field}>
              <th scope="row">{t(`balance.${field}`)}</th>
              <td>{format.amount(before[field], unit)}</td>
              <td>
                <strong>{format.amount(after[field], unit)}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </BlockStack>
  );
}

function useSentences(draft: AdjustDraft, paid: bigint, today: string): string[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { unit, amount, validFromOn, expiresOn } = draft;
  const units = format.units(amount, unit);
  if (kindOfReason(draft.reason) === 'manual_deduct') return [t('adjust.result.takes', { units })];
  return [
    t('adjust.result.adds', { units }),
    ...(paid > 0n ? [t('adjust.result.pays_debt', { units: format.units(paid, unit) })] : []),
    validFromOn > today
      ? t('adjust.result.pending_until', { day: format.calendarDay(validFromOn) })
      : t('adjust.result.usable_now'),
    expiresOn === null
      ? t('adjust.result.never')
      : t('adjust.result.until', { day: format.calendarDay(expiresOn) }),
  ];
}

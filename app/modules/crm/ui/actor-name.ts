import { useTranslation } from 'react-i18next';
import { ADJUST_REASONS } from '#app/modules/ledger/rules/adjustment.ts';

/** A function from an entry to who posted it, with the names of actors that are known. */
export function useActorName(
  names: Record<string, string>,
): (entry: { actor: string; source: string }) => string {
  const { t } = useTranslation();
  return ({ actor, source }) => {
    const known = names[actor];
    if (known !== undefined) return known;
    if (source !== 'staff') return t('ledger_page.automatic');
    return t('ledger_page.staff_unnamed', { id: actor.replace(/^staff:/, '') });
  };
}

/** A function from an entry's reason to its name; null for one that staff cannot give. */
export function useReasonName(): (reason: string | null) => string | null {
  const { t } = useTranslation();
  return (reason) => {
    const known = ADJUST_REASONS.find((one) => one === reason);
    return known ? t(`adjust.reasons.${known}`) : null;
  };
}

/** How programs are told in short: what they give, to whom, when, and where they stand. */
import { Badge, type BadgeProps } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { Choice, ProgramChoices } from '../program-choices.server.ts';
import type { EarnProgram } from '../../rules/program.ts';
import type { ProgramPhase } from '../../rules/program-phase.ts';

const TONES: Record<ProgramPhase, BadgeProps['tone']> = {
  active: 'success',
  scheduled: 'info',
  paused: 'attention',
  over: undefined,
  ended: undefined,
};

export function PhaseBadge({ phase }: { phase: ProgramPhase }) {
  const { t } = useTranslation();
  const tone = TONES[phase];
  return <Badge {...(tone === undefined ? {} : { tone })}>{t(`programs.phase.${phase}`)}</Badge>;
}

/** Functions from a program to short texts. */
export function useProgramLabels() {
  const { t } = useTranslation();
  const format = useFormat();
  const list = (texts: string[]): string => new Intl.ListFormat(format.locale).format(texts);
  const namesOf = (known: readonly Choice[], ids: readonly bigint[]): string =>
    list(known.flatMap(({ id, name }) => (ids.includes(id) ? [name] : [])));
  return {
    /** "10 points for each Rp 100,000" */
    gives({ rule, unit }: EarnProgram): string {
      switch (rule.kind) {
        case 'spend':
          return t('programs.gives.spend', {
            units: format.units(rule.units, unit),
            step: format.money(rule.stepMinor),
          });
        case 'product':
          return t('programs.gives.product', {
            count: rule.rows.length,
            amount: format.number(rule.rows.length),
          });
        case 'printed':
          return t('programs.gives.printed', { units: format.units(rule.unitsPerPoint, unit) });
      }
    },
    /** Each restriction of who earns; empty for everybody. */
    who({ rule }: EarnProgram, choices: ProgramChoices): string[] {
      return [
        ...(rule.membersOnly ? [t('programs.who.members')] : []),
        ...(rule.categoryIds ? [namesOf(choices.categories, rule.categoryIds)] : []),
        ...(rule.tierIds ? [namesOf(choices.tiers, rule.tierIds)] : []),
      ];
    },
    /** "Always", "From 1 Dec 2026", "1 Dec 2026 to 31 Dec 2026" */
    when({ startsAt, endsAt }: EarnProgram): string {
      const from = startsAt && format.day(startsAt);
      // The end is exclusive: the last day is that of the moment before.
      const until = endsAt && format.day(new Date(endsAt.getTime() - 1));
      if (from !== null && until !== null) return t('programs.when.between', { from, until });
      if (from !== null) return t('programs.when.from', { from });
      return until === null ? t('programs.when.always') : t('programs.when.until', { until });
    },
  };
}

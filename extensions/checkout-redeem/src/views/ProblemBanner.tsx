import type { ClubView } from '../../../shared/club-api.ts';
import type { ProblemCode } from '../state.ts';
import type { Texts } from '../texts.ts';

interface ProblemBannerProps {
  texts: Texts;
  club: ClubView;
  problem: ProblemCode | null;
}

/** Problems that are news rather than a failure. */
const CALM: ReadonlySet<ProblemCode> = new Set(['already_open', 'used', 'release_pending']);

/** Says why what the shopper wanted did not happen; nothing when it did. */
export function ProblemBanner({ texts, club, problem }: ProblemBannerProps) {
  if (!problem) return null;
  const wallet = club.wallets[0];
  const values = wallet
    ? {
        available: texts.units(BigInt(wallet.available), wallet.unit),
        minimum: texts.units(BigInt(wallet.minimum), wallet.unit),
        step: texts.units(BigInt(wallet.step), wallet.unit),
      }
    : {};
  return (
    <s-banner tone={CALM.has(problem) ? 'info' : 'critical'}>
      {texts.translate(`problem.${problem}`, values)}
    </s-banner>
  );
}

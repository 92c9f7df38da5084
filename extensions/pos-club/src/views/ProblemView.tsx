import type { StaffCustomer } from '../../../shared/staff-api.ts';
import type { Texts } from '../../../shared/texts.ts';
import type { CustomerState } from '../use-customer.ts';

const CAUSES: readonly string[] = ['offline', 'session', 'no_permission', 'gone', 'too_many', 'server'];

/** Says why what staff wanted did not happen, and what became of the points. */
export function ProblemView(props: {
  texts: Texts;
  customer: StaffCustomer;
  problem: CustomerState['problem'];
}) {
  const { texts, customer, problem } = props;
  if (problem === null) return null;
  const wallet = customer.club.wallets[0];
  const values = wallet
    ? {
        available: texts.units(BigInt(wallet.available), wallet.unit),
        minimum: texts.units(BigInt(wallet.minimum), wallet.unit),
        step: texts.units(BigInt(wallet.step), wallet.unit),
        most: texts.units(BigInt(wallet.spendable.units), wallet.unit),
      }
    : {};
  const key = CAUSES.includes(problem) ? `cause.${problem}` : `problem.${problem}`;
  return <s-banner tone="critical" heading={texts.translate(key, values)} />;
}

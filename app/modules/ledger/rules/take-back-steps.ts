import type { ExpiredPart, Lot } from './account.ts';
import type { TakeBackOrigin } from './posting-types.ts';

type Given = Lot | ExpiredPart;

/**
 * Which of an order's lots, and of what expired of them, are taken back from, nearest first: what the rule gave with these
 * terms, what it gave with others, what other rules gave. Each is in exactly one step.
 */
export function takeBackSteps({ orderId, rule, terms }: TakeBackOrigin): ((given: Given) => boolean)[] {
  const isOwn = (given: Given) => given.orderId === orderId;
  const isOfRule = (given: Given) => isOwn(given) && given.rule === rule;
  const hasTerms = (given: Given) =>
    terms !== null &&
    given.validFrom.getTime() === terms.validFrom.getTime() &&
    given.expiresAt?.getTime() === terms.expiresAt?.getTime();
  return [
    (given) => isOfRule(given) && hasTerms(given),
    (given) => isOfRule(given) && !hasTerms(given),
    (given) => isOwn(given) && !isOfRule(given),
  ];
}

import type { Customer, StoreCredit } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { connection } from '../connection.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import { dateTime, moneyV2 } from './money.ts';

/** `StoreCreditAccountConnection`: a customer has one account for each currency that was ever credited. */
export function storeCreditAccounts(context: AdminContext, customer: Customer, args: FieldArguments): Source {
  const mine = (context.state.storeCredits ?? []).filter((credit) => credit.customerId === customer.id);
  const accounts = [...Map.groupBy(mine, ({ currency }) => currency)];
  return connection(
    {
      items: accounts,
      idOf: ([, [first]]) => first?.id ?? 0,
      toSource: ([currency, credits]) => accountSource(currency, credits),
    },
    args,
  );
}

function accountSource(currency: string, credits: StoreCredit[]): Source {
  const [first] = credits;
  return {
    __typename: 'StoreCreditAccount',
    id: gid('StoreCreditAccount', first?.id ?? 0),
    balance: moneyV2(
      credits.reduce((sum, credit) => sum + credit.amount, 0),
      currency,
    ),
    transactions: (args) => {
      const isBackward = args.reverse === true;
      return connection(
        {
          items: isBackward ? credits.toReversed() : credits,
          idOf: (credit) => credit.id,
          toSource: (credit) => creditSource(credits, credit),
        },
        args,
      );
    },
  };
}

/** `StoreCreditAccountCreditTransaction` */
export function creditSource(credits: readonly StoreCredit[], credit: StoreCredit): Source {
  const before = credits.slice(0, credits.indexOf(credit) + 1);
  return {
    __typename: 'StoreCreditAccountCreditTransaction',
    id: gid('StoreCreditAccountCreditTransaction', credit.id),
    amount: moneyV2(credit.amount, credit.currency),
    remainingAmount: moneyV2(credit.amount, credit.currency),
    balanceAfterTransaction: moneyV2(
      before.reduce((sum, each) => sum + each.amount, 0),
      credit.currency,
    ),
    createdAt: dateTime(credit.createdAt),
    expiresAt: credit.expiresAt === null ? null : dateTime(credit.expiresAt),
    event: 'ADJUSTMENT',
    origin: null,
  };
}

import { GraphQLError } from 'graphql';
import { z } from 'zod';

import { idOf } from '../../../world.ts';
import { currencyDigits, toMinorUnits } from '../../money.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import { creditSource } from '../sources/store-credit.ts';
import { userError } from '../user-error.ts';
import { findById } from '../../../find-by-id.ts';

const CUSTOMER = 'gid://shopify/Customer/';

/** The parts of `StoreCreditAccountCreditInput` that are simulated; `strict` names any other that is sent. */
const creditInput = z.strictObject({
  creditAmount: z.strictObject({ amount: z.union([z.string(), z.number()]), currencyCode: z.string() }),
  expiresAt: z.string().nullish(),
  notify: z.boolean().nullish(),
});

/** `storeCreditAccountCredit` for a customer, by the customer's id. As at Shopify, calling twice credits twice. */
export function storeCreditAccountCredit(args: FieldArguments, context: AdminContext): Source {
  const parsed = creditInput.safeParse(args.creditInput);
  if (!parsed.success) {
    throw new GraphQLError('sandbox: this StoreCreditAccountCreditInput is not simulated', {
      extensions: { code: 'SANDBOX_NOT_SIMULATED' },
    });
  }
  const { creditAmount, expiresAt } = parsed.data;
  const { world, state } = context;
  const id = String(args.id);
  const customer = id.startsWith(CUSTOMER) ? findById(state.customers, idOf(id)) : undefined;
  if (!customer) return refusal(['id'], 'Owner does not exist', 'OWNER_NOT_FOUND');
  const { currencyCode: currency } = creditAmount;
  if (currency !== state.shop.currency) {
    return refusal(
      ['creditInput', 'creditAmount', 'currencyCode'],
      'Currency is not supported',
      'UNSUPPORTED_CURRENCY',
    );
  }
  const amount = toMinorUnits(creditAmount.amount, currencyDigits(currency));
  if (amount <= 0) {
    return refusal(
      ['creditInput', 'creditAmount', 'amount'],
      'A positive amount must be used to credit a store credit account',
      'NEGATIVE_OR_ZERO_AMOUNT',
    );
  }
  if (expiresAt && Date.parse(expiresAt) <= world.now()) {
    return refusal(
      ['creditInput', 'expiresAt'],
      'The expiry date must be in the future',
      'EXPIRES_AT_IN_PAST',
    );
  }
  const credit = {
    id: world.nextId(),
    customerId: customer.id,
    amount,
    currency,
    expiresAt: expiresAt ?? null,
    createdAt: world.instant(),
  };
  const credits = (state.storeCredits ??= []);
  credits.push(credit);
  const mine = credits.filter((each) => each.customerId === customer.id && each.currency === currency);
  return { storeCreditAccountTransaction: () => creditSource(mine, credit), userErrors: [] };
}

function refusal(field: string[], message: string, code: string): Source {
  return { storeCreditAccountTransaction: null, userErrors: [userError(field, message, code)] };
}

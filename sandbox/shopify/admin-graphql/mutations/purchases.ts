import type { Purchase } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { currencyDigits, toMinorUnits } from '../../money.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import { dateTime, moneyV2 } from '../sources/money.ts';
import { userError } from '../user-error.ts';

/** At Shopify a purchase costs at least half a dollar. */
const MINOR_MIN = 50;

/** `appPurchaseOneTimeCreate`: nothing is paid until the merchant approves it at `confirmationUrl`. */
export function appPurchaseOneTimeCreate(args: FieldArguments, context: AdminContext): Source {
  const { price } = args;
  const isMoney = typeof price === 'object' && price !== null && 'amount' in price && 'currencyCode' in price;
  const currency = isMoney ? String(price.currencyCode) : '';
  const amount = isMoney ? toMinorUnits(String(price.amount), currencyDigits(currency)) : 0;
  if (amount < MINOR_MIN) {
    const refused = userError(
      ['price'],
      'Validation failed: Price must be greater than or equal to 0.5',
      null,
    );
    return { appPurchaseOneTime: null, confirmationUrl: null, userErrors: [refused] };
  }
  const purchase: Purchase = {
    id: context.world.nextId(),
    name: String(args.name),
    amount,
    currency,
    returnUrl: String(args.returnUrl),
    test: args.test === true,
    status: 'PENDING',
    createdAt: context.world.instant(),
  };
  (context.state.purchases ??= []).push(purchase);
  return {
    appPurchaseOneTime: () => purchaseSource(purchase),
    confirmationUrl: `${context.sandbox.origin}/admin/${context.domain}/charges/${purchase.id}`,
    userErrors: [],
  };
}

/** `AppPurchaseOneTime` */
export function purchaseSource(purchase: Purchase): Source {
  return {
    __typename: 'AppPurchaseOneTime',
    id: gid('AppPurchaseOneTime', purchase.id),
    name: purchase.name,
    status: purchase.status,
    test: purchase.test,
    price: moneyV2(purchase.amount, purchase.currency),
    createdAt: dateTime(purchase.createdAt),
  };
}

import type { DiscountCode } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { discountStatus } from '../../discounts.ts';
import { connection } from '../connection.ts';
import type { AdminContext, Source } from '../context.ts';
import { customerSource } from './customer.ts';
import { dateTime, moneyV2 } from './money.ts';

/** `DiscountCodeNode` */
export function discountNodeSource(context: AdminContext, discount: DiscountCode): Source {
  return {
    __typename: 'DiscountCodeNode',
    id: gid('DiscountCodeNode', discount.id),
    codeDiscount: () => basicSource(context, discount),
  };
}

function basicSource(context: AdminContext, discount: DiscountCode): Source {
  const { currency } = context.state.shop;
  return {
    __typename: 'DiscountCodeBasic',
    title: discount.title,
    status: discountStatus(discount, context.world.now()),
    startsAt: dateTime(discount.startsAt),
    endsAt: discount.endsAt === null ? null : dateTime(discount.endsAt),
    createdAt: dateTime(discount.createdAt),
    updatedAt: dateTime(discount.updatedAt),
    usageLimit: discount.usageLimit,
    appliesOncePerCustomer: discount.appliesOncePerCustomer,
    // Shopify counts late ("async"); here the count is right at once.
    asyncUsageCount: discount.uses.length,
    recurringCycleLimit: null,
    tags: discount.tags,
    discountClasses: ['ORDER'],
    codesCount: { count: 1, precision: 'EXACT' },
    combinesWith: { ...discount.combinesWith, productDiscountsWithTagsOnSameCartLine: null },
    context: () => contextSource(context, discount),
    customerGets: () => customerGetsSource(discount, currency),
    minimumRequirement: () =>
      discount.minimumSubtotal === null
        ? null
        : {
            __typename: 'DiscountMinimumSubtotal',
            greaterThanOrEqualToSubtotal: moneyV2(discount.minimumSubtotal, currency),
          },
    codes: (args) =>
      connection(
        {
          items: [discount],
          idOf: (each) => each.redeemCodeId,
          toSource: (each) => ({
            id: gid('DiscountRedeemCode', each.redeemCodeId),
            code: each.code,
            asyncUsageCount: each.uses.length,
          }),
        },
        args,
      ),
  };
}

function contextSource(context: AdminContext, discount: DiscountCode): Source {
  if (discount.customerIds === null) return { __typename: 'DiscountBuyerSelectionAll', all: 'ALL' };
  const wanted = new Set(discount.customerIds);
  const customers = context.state.customers.filter((customer) => wanted.has(customer.id));
  return {
    __typename: 'DiscountCustomers',
    customers: () => customers.map((customer) => customerSource(context, customer)),
  };
}

function customerGetsSource(discount: DiscountCode, currency: string): Source {
  return {
    appliesOnOneTimePurchase: true,
    appliesOnSubscription: false,
    items: { __typename: 'AllDiscountItems', allItems: true },
    value:
      discount.value.kind === 'fixed_amount'
        ? {
            __typename: 'DiscountAmount',
            amount: moneyV2(discount.value.amount, currency),
            appliesOnEachItem: false,
          }
        : { __typename: 'DiscountPercentage', percentage: discount.value.fraction },
  };
}

import type { DiscountCode } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { classOf, discountStatus } from '../../discounts.ts';
import { connection } from '../connection.ts';
import type { AdminContext, Source } from '../context.ts';
import { customerSource } from './customer.ts';
import { dateTime, moneyV2 } from './money.ts';
import { productSource } from './product.ts';

/** `DiscountCodeNode` */
export function discountNodeSource(context: AdminContext, discount: DiscountCode): Source {
  return {
    __typename: 'DiscountCodeNode',
    id: gid('DiscountCodeNode', discount.id),
    codeDiscount: () => {
      const isShipping = classOf(discount) === 'shipping';
      return {
        ...basicSource(context, discount),
        ...(isShipping ? { __typename: 'DiscountCodeFreeShipping' } : {}),
      };
    },
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
    // Shopify counts with a delay ("async"); here the count is right at once.
    asyncUsageCount: discount.uses.length,
    recurringCycleLimit: null,
    tags: discount.tags,
    discountClasses: [classOf(discount).toUpperCase()],
    codesCount: { count: 1, precision: 'EXACT' },
    combinesWith: { ...discount.combinesWith, productDiscountsWithTagsOnSameCartLine: null },
    context: () => contextSource(context, discount),
    customerGets: () => customerGetsSource(context, discount),
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

function itemsSource(context: AdminContext, { productIds }: DiscountCode): Source {
  if (productIds == null) return { __typename: 'AllDiscountItems', allItems: true };
  const items = context.state.products.filter(({ id }) => productIds.includes(id));
  return {
    __typename: 'DiscountProducts',
    products: (args) =>
      connection({ items, idOf: ({ id }) => id, toSource: (each) => productSource(context, each) }, args),
  };
}

function customerGetsSource(context: AdminContext, discount: DiscountCode): Source {
  const { currency } = context.state.shop;
  return {
    appliesOnOneTimePurchase: true,
    appliesOnSubscription: false,
    items: () => itemsSource(context, discount),
    value:
      discount.value.kind === 'fixed_amount'
        ? {
            __typename: 'DiscountAmount',
            amount: moneyV2(discount.value.amount, currency),
            appliesOnEachItem: classOf(discount) === 'product',
          }
        : { __typename: 'DiscountPercentage', percentage: discount.value.fraction },
  };
}

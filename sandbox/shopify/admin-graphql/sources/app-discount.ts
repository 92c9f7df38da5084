import type { AppDiscount } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { discountStatus } from '../../discounts.ts';
import type { AdminContext, Source } from '../context.ts';
import { metafieldFields } from './metafield.ts';
import { dateTime } from './money.ts';

/** `DiscountAutomaticNode` of a discount that a Function of the app decides. */
export function appDiscountSource(context: AdminContext, discount: AppDiscount): Source {
  return {
    __typename: 'DiscountAutomaticNode',
    id: gid('DiscountAutomaticNode', discount.id),
    automaticDiscount: () => automaticAppSource(context, discount),
    ...metafieldFields(discount, 'DISCOUNT'),
  };
}

/** `DiscountNode` of the same. */
export function discountOfApp(context: AdminContext, discount: AppDiscount): Source {
  return {
    __typename: 'DiscountNode',
    id: gid('DiscountNode', discount.id),
    discount: () => automaticAppSource(context, discount),
    ...metafieldFields(discount, 'DISCOUNT'),
  };
}

/** `DiscountAutomaticApp` */
export function automaticAppSource(context: AdminContext, discount: AppDiscount): Source {
  const { apiKey } = context.sandbox.options;
  return {
    __typename: 'DiscountAutomaticApp',
    discountId: gid('DiscountAutomaticNode', discount.id),
    title: discount.title,
    status: discountStatus(discount, context.world.now()),
    startsAt: dateTime(discount.startsAt),
    endsAt: discount.endsAt === null ? null : dateTime(discount.endsAt),
    createdAt: dateTime(discount.createdAt),
    updatedAt: dateTime(discount.updatedAt),
    asyncUsageCount: 0,
    tags: [],
    discountClasses: discount.discountClasses,
    appliesOnOneTimePurchase: discount.appliesOnOneTimePurchase,
    appliesOnSubscription: discount.appliesOnSubscription,
    recurringCycleLimit: discount.recurringCycleLimit,
    combinesWith: { ...discount.combinesWith, productDiscountsWithTagsOnSameCartLine: null },
    context: { __typename: 'DiscountBuyerSelectionAll', all: 'ALL' },
    errorHistory: null,
    appDiscountType: {
      __typename: 'AppDiscountType',
      appKey: apiKey,
      functionId: discount.functionHandle,
      title: discount.title,
      discountClasses: discount.discountClasses,
    },
  };
}

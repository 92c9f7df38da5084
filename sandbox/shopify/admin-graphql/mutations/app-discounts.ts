import { GraphQLError } from 'graphql';
import { z } from 'zod';

import type { AppDiscount } from '../../../state.ts';
import { idOf } from '../../../world.ts';
import { discountStatus } from '../../discounts.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import type { RootResolver } from '../queries.ts';
import { type CheckedTerms, handleErrors, termErrors } from './app-discount-errors.ts';
import { appDiscountSource, automaticAppSource } from '../sources/app-discount.ts';
import { storeMetafieldInput } from '../store-metafield-input.ts';
import { userError, type UserErrorSource } from '../user-error.ts';

const INPUT = 'automaticAppDiscount';
/** Shopify's limit of automatic discounts of apps in a shop. */
const MOST_APP_DISCOUNTS = 25;

/** The parts of `DiscountAutomaticAppInput` that are simulated; `strict` names any other that is sent. */
const appInput = z.strictObject({
  title: z.string().nullish(),
  functionHandle: z.string().nullish(),
  discountClasses: z.array(z.enum(['PRODUCT', 'ORDER', 'SHIPPING'])).nullish(),
  startsAt: z.string().nullish(),
  endsAt: z.string().nullish(),
  combinesWith: z
    .strictObject({
      orderDiscounts: z.boolean().nullish(),
      productDiscounts: z.boolean().nullish(),
      shippingDiscounts: z.boolean().nullish(),
    })
    .nullish(),
  context: z.strictObject({ all: z.literal('ALL') }).nullish(),
  appliesOnOneTimePurchase: z.boolean().nullish(),
  appliesOnSubscription: z.boolean().nullish(),
  recurringCycleLimit: z.number().int().nullish(),
  metafields: z
    .array(z.strictObject({ namespace: z.string(), key: z.string(), type: z.string(), value: z.string() }))
    .nullish(),
});

type AppInput = z.output<typeof appInput>;

/** Creation, change, activation and deletion of automatic app discounts. */
export const appDiscountMutations: Record<string, RootResolver> = {
  discountAutomaticAppCreate,
  discountAutomaticAppUpdate,
  discountAutomaticActivate,
  discountAutomaticDeactivate,
  discountAutomaticDelete,
};

async function discountAutomaticAppCreate(args: FieldArguments, context: AdminContext): Promise<Source> {
  const input = readInput(args);
  const errors = [...createErrors(context, input), ...(await handleErrors(input.functionHandle))];
  if (errors.length > 0) return { automaticAppDiscount: null, userErrors: errors };
  const now = context.world.instant();
  const discount: AppDiscount = {
    id: context.world.nextId(),
    title: input.title ?? '',
    functionHandle: input.functionHandle ?? '',
    discountClasses: input.discountClasses ?? ['PRODUCT'],
    startsAt: new Date(input.startsAt ?? now).toISOString(),
    endsAt: null,
    combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false },
    appliesOnOneTimePurchase: true,
    appliesOnSubscription: false,
    // Shopify's default: only the first order of a subscription.
    recurringCycleLimit: 1,
    metafields: [],
    createdAt: now,
    updatedAt: now,
  };
  const refused = termErrors(context, changedTerms(discount, input), null);
  if (refused.length > 0) return { automaticAppDiscount: null, userErrors: refused };
  change(context, discount, input);
  (context.state.appDiscounts ??= []).push(discount);
  return { automaticAppDiscount: () => automaticAppSource(context, discount), userErrors: [] };
}

function discountAutomaticAppUpdate(args: FieldArguments, context: AdminContext): Source {
  const input = readInput(args);
  const discount = byId(context, args.id);
  if (!discount) return { automaticAppDiscount: null, userErrors: [doesNotExist()] };
  const refused = termErrors(context, changedTerms(discount, input), discount);
  if (refused.length > 0) return { automaticAppDiscount: null, userErrors: refused };
  change(context, discount, input);
  return { automaticAppDiscount: () => automaticAppSource(context, discount), userErrors: [] };
}

function discountAutomaticActivate(args: FieldArguments, context: AdminContext): Source {
  return withDiscount(args, context, (discount, now) => {
    discount.endsAt = null;
    if (Date.parse(discount.startsAt) > Date.parse(now)) discount.startsAt = now;
  });
}

function discountAutomaticDeactivate(args: FieldArguments, context: AdminContext): Source {
  return withDiscount(args, context, (discount, now) => {
    if (discountStatus(discount, context.world.now()) !== 'EXPIRED') discount.endsAt = now;
  });
}

function discountAutomaticDelete(args: FieldArguments, context: AdminContext): Source {
  const discount = byId(context, args.id);
  if (!discount) return { deletedAutomaticDiscountId: null, userErrors: [doesNotExist()] };
  context.state.appDiscounts = (context.state.appDiscounts ?? []).filter((each) => each !== discount);
  return { deletedAutomaticDiscountId: String(args.id), userErrors: [] };
}

function withDiscount(
  args: FieldArguments,
  context: AdminContext,
  act: (discount: AppDiscount, now: string) => void,
): Source {
  const discount = byId(context, args.id);
  if (!discount) return { automaticDiscountNode: null, userErrors: [doesNotExist()] };
  const now = context.world.instant();
  act(discount, now);
  discount.updatedAt = now;
  return { automaticDiscountNode: () => appDiscountSource(context, discount), userErrors: [] };
}

function changedTerms(discount: AppDiscount, input: AppInput): CheckedTerms {
  return {
    title: input.title ?? discount.title,
    startsAt: input.startsAt ?? discount.startsAt,
    endsAt: input.endsAt === undefined ? discount.endsAt : input.endsAt,
    appliesOnOneTimePurchase: input.appliesOnOneTimePurchase ?? discount.appliesOnOneTimePurchase,
    appliesOnSubscription: input.appliesOnSubscription ?? discount.appliesOnSubscription,
    recurringCycleLimit: input.recurringCycleLimit ?? discount.recurringCycleLimit,
  };
}

function change(context: AdminContext, discount: AppDiscount, input: AppInput): void {
  const { combinesWith } = input;
  discount.title = input.title ?? discount.title;
  if (input.startsAt) discount.startsAt = new Date(input.startsAt).toISOString();
  if (input.endsAt !== undefined)
    discount.endsAt = input.endsAt === null ? null : new Date(input.endsAt).toISOString();
  if (combinesWith)
    discount.combinesWith = {
      orderDiscounts: combinesWith.orderDiscounts ?? false,
      productDiscounts: combinesWith.productDiscounts ?? false,
      shippingDiscounts: combinesWith.shippingDiscounts ?? false,
    };
  discount.appliesOnOneTimePurchase = input.appliesOnOneTimePurchase ?? discount.appliesOnOneTimePurchase;
  discount.appliesOnSubscription = input.appliesOnSubscription ?? discount.appliesOnSubscription;
  discount.recurringCycleLimit = input.recurringCycleLimit ?? discount.recurringCycleLimit;
  for (const metafield of input.metafields ?? []) storeMetafieldInput(context, discount, metafield);
  discount.updatedAt = context.world.instant();
}

function createErrors(context: AdminContext, input: AppInput): UserErrorSource[] {
  const at = (name: string) => [INPUT, name];
  const { appDiscounts = [] } = context.state;
  const errors: UserErrorSource[] = [];
  if (!input.title) errors.push(userError(at('title'), "Title can't be blank", 'BLANK'));
  if (!input.functionHandle)
    errors.push(
      userError(at('functionHandle'), 'Function identifier is missing', 'MISSING_FUNCTION_IDENTIFIER'),
    );
  if (!input.startsAt) errors.push(userError(at('startsAt'), "Starts at can't be blank", 'BLANK'));
  if (appDiscounts.length >= MOST_APP_DISCOUNTS)
    errors.push(userError([INPUT], 'Maximum number of automatic app discounts reached', 'MAX_APP_DISCOUNTS'));
  return errors;
}

function readInput(args: FieldArguments): AppInput {
  const parsed = appInput.safeParse(args.automaticAppDiscount);
  if (parsed.success) return parsed.data;
  const parts = parsed.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? [...issue.path, issue.keys.join(' and ')].join('.')
      : issue.path.join('.'),
  );
  throw new GraphQLError(`sandbox: DiscountAutomaticAppInput ${parts.join(', ')} is not simulated`, {
    extensions: { code: 'SANDBOX_NOT_SIMULATED' },
  });
}

function byId(context: AdminContext, id: unknown): AppDiscount | undefined {
  const number = idOf(String(id));
  return context.state.appDiscounts?.find((each) => each.id === number);
}

function doesNotExist(): UserErrorSource {
  return userError(['id'], 'Automatic discount does not exist.', 'INVALID');
}

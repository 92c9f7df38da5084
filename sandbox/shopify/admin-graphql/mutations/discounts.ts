import { GraphQLError } from 'graphql';
import { z } from 'zod';

import type { DiscountCode, DiscountValue } from '../../../state.ts';
import { gid, idOf } from '../../../world.ts';
import { discountStatus } from '../../discounts.ts';
import { currencyDigits, toMinorUnits } from '../../money.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import type { RootResolver } from '../queries.ts';
import { discountNodeSource } from '../sources/discount.ts';
import { userError, type UserErrorSource } from '../user-error.ts';

const LONGEST_CODE = 255;
const INPUT = 'basicCodeDiscount';

const decimal = z.union([z.string(), z.number()]);

/** The parts of `DiscountCodeBasicInput` that are simulated; `strict` names any other that is sent. */
const basicInput = z.strictObject({
  title: z.string().nullish(),
  code: z.string().nullish(),
  startsAt: z.string().nullish(),
  endsAt: z.string().nullish(),
  usageLimit: z.number().int().nullish(),
  appliesOncePerCustomer: z.boolean().nullish(),
  recurringCycleLimit: z.literal(1).nullish(),
  tags: z.array(z.string()).nullish(),
  combinesWith: z
    .strictObject({
      orderDiscounts: z.boolean().nullish(),
      productDiscounts: z.boolean().nullish(),
      shippingDiscounts: z.boolean().nullish(),
    })
    .nullish(),
  context: z
    .strictObject({
      all: z.string().nullish(),
      customers: z
        .strictObject({ add: z.array(z.string()).nullish(), remove: z.array(z.string()).nullish() })
        .nullish(),
    })
    .nullish(),
  customerGets: z
    .strictObject({
      items: z.strictObject({ all: z.boolean() }).nullish(),
      appliesOnOneTimePurchase: z.boolean().nullish(),
      appliesOnSubscription: z.boolean().nullish(),
      value: z
        .strictObject({
          percentage: z.number().nullish(),
          discountAmount: z
            .strictObject({ amount: decimal.nullish(), appliesOnEachItem: z.literal(false).nullish() })
            .nullish(),
        })
        .nullish(),
    })
    .nullish(),
  minimumRequirement: z
    .strictObject({ subtotal: z.strictObject({ greaterThanOrEqualToSubtotal: decimal }).nullish() })
    .nullish(),
});

type BasicInput = z.output<typeof basicInput>;

/** Creation, change, deactivation and deletion of basic code discounts. */
export const discountMutations: Record<string, RootResolver> = {
  discountCodeBasicCreate,
  discountCodeBasicUpdate,
  discountCodeDeactivate,
  discountCodeDelete,
};

function discountCodeBasicCreate(args: FieldArguments, context: AdminContext): Source {
  const parsed = basicInput.safeParse(args.basicCodeDiscount);
  if (!parsed.success) throw notSimulated(parsed.error);
  const input = parsed.data;
  const errors = inputErrors(context, input);
  if (errors.length > 0) return { codeDiscountNode: null, userErrors: errors };
  const discount = newDiscount(context, input);
  context.state.discounts.push(discount);
  return { codeDiscountNode: () => discountNodeSource(context, discount), userErrors: [] };
}

const combinationInput = z.strictObject({ combinesWith: basicInput.shape.combinesWith });

/** Changes what the code combines with; other changes of a code aren't simulated. */
function discountCodeBasicUpdate(args: FieldArguments, context: AdminContext): Source {
  const parsed = combinationInput.safeParse(args.basicCodeDiscount);
  if (!parsed.success) throw notSimulated(parsed.error);
  const discount = byId(context, args.id);
  if (!discount) return { codeDiscountNode: null, userErrors: [doesNotExist()] };
  const { combinesWith } = parsed.data;
  discount.combinesWith = {
    orderDiscounts: combinesWith?.orderDiscounts ?? false,
    productDiscounts: combinesWith?.productDiscounts ?? false,
    shippingDiscounts: combinesWith?.shippingDiscounts ?? false,
  };
  discount.updatedAt = context.world.instant();
  return { codeDiscountNode: () => discountNodeSource(context, discount), userErrors: [] };
}

/** Ends the discount now. One that has already ended is left unchanged, without an error. */
function discountCodeDeactivate(args: FieldArguments, context: AdminContext): Source {
  const discount = byId(context, args.id);
  if (!discount) return { codeDiscountNode: null, userErrors: [doesNotExist()] };
  if (discountStatus(discount, context.world.now()) !== 'EXPIRED') {
    const now = context.world.instant();
    if (Date.parse(discount.startsAt) > Date.parse(now)) discount.startsAt = now;
    discount.endsAt = now;
    discount.updatedAt = now;
  }
  return { codeDiscountNode: () => discountNodeSource(context, discount), userErrors: [] };
}

function discountCodeDelete(args: FieldArguments, context: AdminContext): Source {
  const discount = byId(context, args.id);
  if (!discount) return { deletedCodeDiscountId: null, userErrors: [doesNotExist()] };
  context.state.discounts = context.state.discounts.filter((each) => each !== discount);
  return { deletedCodeDiscountId: gid('DiscountCodeNode', discount.id), userErrors: [] };
}

function inputErrors(context: AdminContext, input: BasicInput): UserErrorSource[] {
  const at = (...path: string[]) => [INPUT, ...path];
  const errors: UserErrorSource[] = [];
  const code = input.code ?? '';
  if (!input.title) errors.push(userError(at('title'), "Title can't be blank", 'BLANK'));
  if (code === '') errors.push(userError(at('code'), "Code can't be blank", 'BLANK'));
  if (code.length > LONGEST_CODE)
    errors.push(
      userError(at('code'), `Code is too long (maximum is ${LONGEST_CODE} characters)`, 'TOO_LONG'),
    );
  if (code !== '' && context.world.findDiscount(context.domain, code)) {
    errors.push(userError(at('code'), 'Code must be unique. Please try a different code.', 'TAKEN'));
  }
  if (!input.startsAt) errors.push(userError(at('startsAt'), "Starts at can't be blank", 'BLANK'));
  for (const name of ['startsAt', 'endsAt'] as const) {
    const value = input[name];
    if (value && Number.isNaN(Date.parse(value)))
      errors.push(userError(at(name), 'is not a date', 'INVALID'));
  }
  if (input.startsAt && input.endsAt && Date.parse(input.endsAt) <= Date.parse(input.startsAt)) {
    errors.push(userError(at('endsAt'), 'Ends at must be after starts at', 'END_DATE_BEFORE_START_DATE'));
  }
  if (typeof input.usageLimit === 'number' && input.usageLimit < 1) {
    errors.push(userError(at('usageLimit'), 'Usage limit must be greater than 0', 'GREATER_THAN'));
  }
  if (!input.customerGets?.items?.all)
    errors.push(userError(at('customerGets', 'items'), 'Items in customer get cannot be blank', 'BLANK'));
  return [...errors, ...contextErrors(context, input), ...valueErrors(context, input)];
}

function contextErrors(context: AdminContext, input: BasicInput): UserErrorSource[] {
  const field = [INPUT, 'context', 'customers', 'add'];
  if (!input.context) return [userError([INPUT, 'context'], "Context can't be blank", 'BLANK')];
  const { customers } = input.context;
  if (!customers) return [];
  const ids = customers.add ?? [];
  if (ids.length === 0) return [userError(field, "Customers can't be blank", 'BLANK')];
  const known = new Set(context.state.customers.map((customer) => customer.id));
  return ids
    .filter((id) => !known.has(idOf(id)))
    .map((id) => userError(field, `Customer with id: ${idOf(id)} is invalid`, 'INVALID'));
}

function valueErrors(context: AdminContext, input: BasicInput): UserErrorSource[] {
  const field = [INPUT, 'customerGets', 'value'];
  const value = input.customerGets?.value;
  const amount = value?.discountAmount?.amount;
  if (typeof value?.percentage === 'number') {
    const inRange = value.percentage > 0 && value.percentage <= 1;
    return inRange
      ? []
      : [userError([...field, 'percentage'], 'Value must be between 0.0 and 1.0', 'VALUE_OUTSIDE_RANGE')];
  }
  if (amount === null || amount === undefined) return [userError(field, "Value can't be blank", 'BLANK')];
  try {
    if (toMinorUnits(amount, currencyDigits(context.state.shop.currency)) > 0) return [];
  } catch {
    return [
      userError(
        [...field, 'discountAmount', 'amount'],
        'Amount is not an amount of this currency',
        'INVALID',
      ),
    ];
  }
  return [userError([...field, 'discountAmount', 'amount'], 'Amount must be greater than 0', 'GREATER_THAN')];
}

function newDiscount(context: AdminContext, input: BasicInput): DiscountCode {
  const { world, state } = context;
  const digits = currencyDigits(state.shop.currency);
  const now = world.instant();
  const minimum = input.minimumRequirement?.subtotal?.greaterThanOrEqualToSubtotal;
  return {
    id: world.nextId(),
    redeemCodeId: world.nextId(),
    title: input.title ?? '',
    code: input.code ?? '',
    value: discountValue(input, digits),
    customerIds: input.context?.customers ? (input.context.customers.add ?? []).map((id) => idOf(id)) : null,
    minimumSubtotal: minimum === undefined ? null : toMinorUnits(minimum, digits),
    usageLimit: input.usageLimit ?? null,
    appliesOncePerCustomer: input.appliesOncePerCustomer ?? false,
    startsAt: new Date(input.startsAt ?? now).toISOString(),
    endsAt: input.endsAt ? new Date(input.endsAt).toISOString() : null,
    combinesWith: {
      orderDiscounts: input.combinesWith?.orderDiscounts ?? false,
      productDiscounts: input.combinesWith?.productDiscounts ?? false,
      shippingDiscounts: input.combinesWith?.shippingDiscounts ?? false,
    },
    tags: input.tags ?? [],
    uses: [],
    createdAt: now,
    updatedAt: now,
  };
}

function discountValue(input: BasicInput, digits: number): DiscountValue {
  const value = input.customerGets?.value;
  if (typeof value?.percentage === 'number') return { kind: 'percentage', fraction: value.percentage };
  return { kind: 'fixed_amount', amount: toMinorUnits(value?.discountAmount?.amount ?? 0, digits) };
}

function byId(context: AdminContext, id: unknown): DiscountCode | undefined {
  const number = idOf(String(id));
  return context.state.discounts.find((each) => each.id === number);
}

function doesNotExist(): UserErrorSource {
  return userError(['id'], 'Code discount does not exist.', 'INVALID');
}

function notSimulated(error: z.ZodError): GraphQLError {
  const parts = error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? [...issue.path, issue.keys.join(' and ')].join('.')
      : issue.path.join('.'),
  );
  return new GraphQLError(`sandbox: DiscountCodeBasicInput ${parts.join(', ')} is not simulated`, {
    extensions: { code: 'SANDBOX_NOT_SIMULATED' },
  });
}

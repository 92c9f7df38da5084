/** Prices in the sandbox's demo shop, made through the Admin API as the app makes them. */
import { DEMO_SHOP, type Loose, type TestSandbox } from './sandbox.ts';
import { priceRules } from './price-input.ts';

export { priceRules };

const CREATE = `mutation Create($discount: DiscountAutomaticAppInput!) {
  discountAutomaticAppCreate(automaticAppDiscount: $discount) {
    automaticAppDiscount { discountId } userErrors { field code message } } }`;
const UPDATE = `mutation Update($id: ID!, $discount: DiscountAutomaticAppInput!) {
  discountAutomaticAppUpdate(id: $id, automaticAppDiscount: $discount) {
    automaticAppDiscount { discountId combinesWith { orderDiscounts productDiscounts shippingDiscounts } recurringCycleLimit }
    userErrors { field code message } } }`;
const SET = `mutation Set($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) { metafields { id } userErrors { field code message } } }`;

/** Creates the shop's discount; returns the whole payload. */
export async function createDiscountRaw(
  sandbox: TestSandbox,
  { rules = priceRules(), vars = { a: [], b: [] }, ...terms }: Record<string, unknown>,
): Promise<Loose> {
  const discount = {
    title: 'Setia prices',
    functionHandle: 'category-price',
    discountClasses: ['PRODUCT'],
    context: { all: 'ALL' },
    startsAt: new Date(sandbox.world.now() - 1_000).toISOString(),
    appliesOnOneTimePurchase: true,
    appliesOnSubscription: false,
    recurringCycleLimit: 1,
    combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false },
    metafields: [
      { namespace: '$app', key: 'rules', type: 'json', value: JSON.stringify(rules) },
      { namespace: '$app', key: 'vars', type: 'json', value: JSON.stringify(vars) },
    ],
    ...terms,
  };
  const answer = await sandbox.graphql(CREATE, { discount });
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data.discountAutomaticAppCreate;
}

/** Creates the shop's discount; returns its id. */
export async function createDiscount(sandbox: TestSandbox, terms: Record<string, unknown>): Promise<string> {
  const { automaticAppDiscount, userErrors } = await createDiscountRaw(sandbox, terms);
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return String(automaticAppDiscount.discountId);
}

/** Changes the discount; returns the whole payload. */
export async function updateDiscount(sandbox: TestSandbox, id: string, discount: object): Promise<Loose> {
  const answer = await sandbox.graphql(UPDATE, { id, discount });
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data.discountAutomaticAppUpdate;
}

/** Writes a metafield of the app. */
export async function setMetafield(
  sandbox: TestSandbox,
  ownerId: string,
  key: string,
  value: unknown,
): Promise<void> {
  const metafields = [{ ownerId, namespace: '$app', key, type: 'json', value: JSON.stringify(value) }];
  const { data, errors } = await sandbox.graphql(SET, { metafields });
  if (errors ?? data.metafieldsSet.userErrors.length > 0) throw new Error(JSON.stringify({ data, errors }));
}

export const customerGid = (sandbox: TestSandbox, email: string): string =>
  `gid://shopify/Customer/${sandbox.world.findCustomer(DEMO_SHOP, email)?.id}`;

/** The first variant of a product. */
export const variantGid = (sandbox: TestSandbox, handle: string): string =>
  `gid://shopify/ProductVariant/${sandbox.world.findProduct(DEMO_SHOP, handle)?.variants[0]?.id}`;

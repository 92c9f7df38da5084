import { GraphQLError, type GraphQLOutputType } from 'graphql';

import type { ProtectedContent, ShopState } from '../state.ts';
import { adminSchema, objectBehind } from './admin-graphql/schema.ts';

const DOCUMENTATION = 'https://shopify.dev/docs/apps/launch/protected-customer-data';

/** Objects that no app sees before it is approved for customer data at all. */
const CUSTOMER_DATA = new Set(['Customer', 'Order', 'MailingAddress']);
/** The same of webhooks: these topics can't even be subscribed to. */
const CUSTOMER_TOPICS = /^(?:orders|refunds|customers|customer\.[a-z_]+|customers_[a-z_]+)(?:\/|$)/;
/** Shopify sends these without asking. */
const COMPLIANCE_TOPICS = /^(?:customers\/(?:data_request|redact)|shop\/redact)$/;

/** Marks an error that says nothing to the app: the field is null, as if it were empty. */
const REDACTED = 'SANDBOX_REDACTED';

/**
 * Refuses a field whose protected content the shop's app is not approved for, and an object of customer data when it
 * is approved for none.
 */
export function demandApproval(
  { protectedData }: ShopState,
  parentType: string,
  fieldName: string,
  returnType: GraphQLOutputType,
): void {
  if (!protectedData) return;
  const object = objectBehind(returnType);
  if (!protectedData.isCustomerDataApproved && CUSTOMER_DATA.has(object))
    throw notApproved(`access the ${object} object`);
  const content = adminSchema().protectedContent.get(`${parentType}.${fieldName}`);
  if (content === undefined || protectedData.approved.some((each) => each === content)) return;
  throw protectedData.mode === 'errors'
    ? notApproved(`use the ${fieldName} field`)
    : new GraphQLError('redacted', { extensions: { code: REDACTED } });
}

/** Shopify's wording; `data` comes beside it, with null in the field's place. */
function notApproved(what: string): GraphQLError {
  return new GraphQLError(`This app is not approved to ${what}. See ${DOCUMENTATION} for more details.`, {
    extensions: { code: 'ACCESS_DENIED', documentation: DOCUMENTATION },
  });
}

/** The errors that the app gets to see; undefined for none. */
export function visibleErrors(
  errors: readonly GraphQLError[] | undefined,
): readonly GraphQLError[] | undefined {
  const visible = errors?.filter(({ extensions }) => extensions.code !== REDACTED) ?? [];
  return visible.length === 0 ? undefined : visible;
}

/** Returns whether the shop's app may have subscribed to a topic. */
export function isTopicApproved({ protectedData }: ShopState, topic: string): boolean {
  if (!protectedData || protectedData.isCustomerDataApproved) return true;
  return COMPLIANCE_TOPICS.test(topic) || !CUSTOMER_TOPICS.test(topic);
}

const PAYLOAD_CONTENT: Record<string, ProtectedContent> = {
  first_name: 'name',
  last_name: 'name',
  email: 'email',
  contact_email: 'email',
  email_address: 'email',
  phone: 'phone',
  address1: 'address',
  address2: 'address',
  zip: 'address',
  latitude: 'address',
  longitude: 'address',
};

/** Returns a webhook's payload with null in place of what the shop's app is not approved for. */
export function redactPayload({ protectedData }: ShopState, topic: string, payload: unknown): unknown {
  if (!protectedData || !CUSTOMER_TOPICS.test(topic) || COMPLIANCE_TOPICS.test(topic)) return payload;
  return redacted(payload, new Set(protectedData.approved));
}

function redacted(value: unknown, approved: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((each) => redacted(each, approved));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      // An order has a name, too: only an address's is a person's.
      const content = key === 'name' && 'address1' in value ? 'name' : PAYLOAD_CONTENT[key];
      return [key, content === undefined || approved.has(content) ? redacted(inner, approved) : null];
    }),
  );
}

/** Decodes a customer of the Admin API (a line of a bulk file or a node of a page) into fields of the record. */
import { CONSENTS, type Consent, type CustomerRecord } from './rules/customer-record.ts';
import { NO_ADDRESS, type CustomerAddress } from '#app/modules/regions/rules/address.ts';
import { gidToId } from '#app/lib/ids.ts';
import { z } from 'zod';
import { decodeMetafields } from './rules/metafields.ts';

const text = z.string().nullish();
const metafield = z.object({ key: z.string(), value: z.string() }).nullish();

const nodeSchema = z.object({
  id: z.string().transform((gid, context) => {
    const id = gidToId(gid, 'Customer');
    if (id !== null) return id;
    context.addIssue('not the id of a customer');
    return z.NEVER;
  }),
  firstName: text,
  lastName: text,
  note: text,
  tags: z.array(z.string()),
  createdAt: z.coerce.date(),
  updatedAt: z.coerce.date(),
  defaultEmailAddress: z
    .object({ emailAddress: z.string().optional(), marketingState: z.string() })
    .nullish(),
  defaultPhoneNumber: z.object({ phoneNumber: z.string().optional(), marketingState: z.string() }).nullish(),
  defaultAddress: z
    .object({
      id: z.string(),
      address1: text,
      address2: text,
      city: text,
      province: text,
      provinceCode: text,
      countryCodeV2: text,
      zip: text,
    })
    .nullish(),
  gender: metafield,
  birthDate: metafield,
  weddingDate: metafield,
  housing: metafield,
  weight: metafield,
  height: metafield,
  interests: metafield,
  social: metafield,
  district: metafield,
});

type Node = z.output<typeof nodeSchema>;

export interface CustomerNode {
  customerId: bigint;
  createdAt: Date;
  updatedAt: Date;
  tags: string[];
  /**
   * The fields of the record that Shopify has; the codes of city and district are not among them. What Shopify doesn't
   * show this app is absent.
   */
  fields: Partial<CustomerRecord> & Pick<CustomerRecord, 'address'>;
}

/** Reads a customer; null when it is none of the shape that is asked for. */
export function decodeCustomerNode(value: unknown): CustomerNode | null {
  const { success, data: node } = nodeSchema.safeParse(value);
  if (!success) return null;
  const { district, ...metafields } = decodeMetafields(metafieldsOf(node));
  return {
    customerId: node.id,
    createdAt: node.createdAt,
    updatedAt: node.updatedAt,
    tags: node.tags,
    fields: {
      ...personOf(node),
      note: node.note || null,
      emailConsent: consentOf(node.defaultEmailAddress?.marketingState),
      smsConsent: consentOf(node.defaultPhoneNumber?.marketingState),
      address: addressOf(node.defaultAddress, district),
      ...metafields,
    },
  };
}

/** A text that wasn't asked for, because it is not approved, is absent; one that the customer doesn't have is null. */
function personOf({ firstName, lastName, ...node }: Node): Partial<CustomerRecord> {
  const email = node.defaultEmailAddress;
  const phone = node.defaultPhoneNumber;
  return {
    ...(firstName === undefined ? {} : { firstName: firstName || null }),
    ...(lastName === undefined ? {} : { lastName: lastName || null }),
    ...(email && email.emailAddress === undefined
      ? {}
      : { email: email?.emailAddress?.trim().toLowerCase() ?? null }),
    ...(phone && phone.phoneNumber === undefined ? {} : { phone: phone?.phoneNumber?.trim() ?? null }),
  };
}

function metafieldsOf(node: Node): { key: string; value: string }[] {
  const { gender, birthDate, weddingDate, housing, weight, height, interests, social, district } = node;
  return [gender, birthDate, weddingDate, housing, weight, height, interests, social, district].filter(
    (each) => each != null,
  );
}

/** A district without an address is left over from one: ignored. */
function addressOf(address: Node['defaultAddress'], district: string | null): CustomerAddress | null {
  if (!address) return null;
  return {
    ...NO_ADDRESS,
    countryCode: address.countryCodeV2 ?? null,
    provinceCode: address.provinceCode || null,
    province: address.province || null,
    city: address.city || null,
    district,
    postalCode: address.zip || null,
    street: [address.address1, address.address2].filter(Boolean).join(', ') || null,
  };
}

/** States that the product does not know (redacted, invalid) are no consent. */
function consentOf(state: string | undefined): Consent | null {
  return CONSENTS.find((consent) => consent === state?.toLowerCase()) ?? null;
}

/** Customers whose every field carries a word, so that a search finds whatever is left of them. */
import type { CustomerRecord } from '#app/modules/customers/rules/customer-record.ts';
import { orderPayload, type OrderSpec } from './orders.ts';

export const SITI = 191_167_001;
/** Whom the merchant made one with Siti. */
export const TWIN = 191_167_002;
export const BUDI = 291_168_003;
const PHONES = new Map([
  [SITI, '+62811999000'],
  [TWIN, '+62811999001'],
  [BUDI, '+62822333444'],
]);

/** A customer as Shopify sends it, the name carrying `word`. */
export const markedCustomer = (id: number, word: string, updated_at: string) => ({
  id,
  admin_graphql_api_id: `gid://shopify/Customer/${id}`,
  first_name: `${word}first`,
  last_name: `${word}last`,
  email: `${word}.${id}@example.com`,
  phone: PHONES.get(id),
  note: `${word} note`,
  tags: `${word}tag, vip`,
  updated_at,
  default_address: {
    address1: `${word} street 1`,
    city: `${word}city`,
    province: `${word}province`,
    country_code: 'ID',
    zip: `${word}zip`,
  },
});

/** Their order: a piece, a custom line with their name, and a code made for them. */
export const markedOrder = (spec: Omit<OrderSpec, 'lines'> & { word: string; customer: number }) => ({
  ...orderPayload({
    ...spec,
    lines: [{ price: 500_000 }, { price: 20_000, product: null, title: `Engraving for ${spec.word}` }],
    discounts: [{ code: `${spec.word}-CODE`, takes: [1_000] }],
  }),
  email: `${spec.word}.${spec.customer}@example.com`,
  note: `${spec.word} leave it at the door`,
  customer: {
    ...markedCustomer(spec.customer, spec.word, '2026-11-20T10:00:00Z'),
    tags: undefined,
  },
});

/** Every field that staff can fill in; the type keeps this list whole. */
export const everyField = (id: number, word: string): CustomerRecord => ({
  firstName: `${word} staff first`,
  lastName: `${word} staff last`,
  email: `${word}.staff.${id}@example.com`.toLowerCase(),
  phone: PHONES.get(id)!,
  gender: 'female',
  birthDate: '1990-05-17',
  weddingDate: '2015-06-18',
  housing: 'flat',
  weightGrams: 54_321,
  heightMm: 1_654,
  interests: [`${word} batik`],
  social: { instagram: `${word}_ig`, line: `${word}_line` },
  address: {
    countryCode: 'ID',
    provinceCode: 'JK',
    province: `${word} province`,
    cityCode: null,
    city: `${word} city`,
    districtCode: null,
    district: `${word} district`,
    villageCode: null,
    village: `${word} village`,
    postalCode: `${word}`,
    street: `${word} street`,
  },
  note: `${word} staff note`,
  smsConsent: 'subscribed',
  emailConsent: 'subscribed',
});

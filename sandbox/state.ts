import type { Order } from './order-state.ts';

export type * from './order-state.ts';

/** An amount in minor units of a currency (sen, cents): a safe integer, so that a snapshot stays plain JSON. */
export type MinorUnits = number;

/** A moment as ISO-8601 text in UTC, by the sandbox's clock. */
export type Instant = string;

/** A shop as the merchant set it up. */
export type Shop = {
  id: number;
  domain: string;
  name: string;
  email: string;
  currency: string;
  timeZone: string;
  locale: string;
  countryCode: string;
  taxesIncluded: boolean;
  /** Tax rate in basis points: 1100 is 11 %. */
  taxRateBasisPoints: number;
  taxTitle: string;
  moneyFormat: string;
};

export type Variant = {
  id: number;
  title: string;
  sku: string;
  price: MinorUnits;
  compareAtPrice: MinorUnits | null;
  grams: number;
};

export type Product = {
  id: number;
  title: string;
  handle: string;
  description: string;
  vendor: string;
  productType: string;
  tags: string[];
  status: 'ACTIVE' | 'DRAFT' | 'ARCHIVED';
  giftCard: boolean;
  /** What the storefront draws the product's picture from. */
  image: { colour: string; emblem: string };
  variants: Variant[];
  metafields: Metafield[];
  createdAt: Instant;
  updatedAt: Instant;
};

/** A collection that the merchant fills by hand. */
export type Collection = {
  id: number;
  title: string;
  handle: string;
  /** In the order in which they were added. */
  productIds: number[];
  createdAt: Instant;
  updatedAt: Instant;
};

export type Address = {
  id: number;
  firstName: string;
  lastName: string;
  /** Absent in what was kept before there were any; `address2` too. */
  company?: string | null;
  address1: string;
  address2?: string | null;
  city: string;
  province: string;
  provinceCode: string | null;
  country: string;
  countryCode: string;
  zip: string;
  phone: string | null;
};

/** Whether a customer agreed to marketing over one channel. */
export type MarketingConsent = {
  state: 'NOT_SUBSCRIBED' | 'PENDING' | 'SUBSCRIBED' | 'UNSUBSCRIBED' | 'INVALID' | 'REDACTED';
  optInLevel: 'SINGLE_OPT_IN' | 'CONFIRMED_OPT_IN' | 'UNKNOWN' | null;
  updatedAt: Instant | null;
};

export type Metafield = {
  id: number;
  namespace: string;
  key: string;
  type: string;
  value: string;
  createdAt: Instant;
  updatedAt: Instant;
};

/** What metafields of one namespace and key look like; made by the app. */
export type MetafieldDefinition = {
  id: number;
  name: string;
  namespace: string;
  key: string;
  ownerType: 'PRODUCT' | 'CUSTOMER';
  type: string;
  validations: { name: 'min' | 'max'; value: string }[];
};

export type Customer = {
  id: number;
  firstName: string;
  lastName: string;
  email: string | null;
  /** E.164, or null. */
  phone: string | null;
  locale: string;
  note: string | null;
  tags: string[];
  state: 'DISABLED' | 'INVITED' | 'ENABLED' | 'DECLINED';
  verifiedEmail: boolean;
  /** The default one. */
  address: Address | null;
  /** The others. Absent, as the consents are, in snapshots of before there were any. */
  otherAddresses?: Address[];
  smsConsent?: MarketingConsent;
  emailConsent?: MarketingConsent;
  metafields: Metafield[];
  createdAt: Instant;
  updatedAt: Instant;
};

export type DiscountValue =
  | { kind: 'fixed_amount'; amount: MinorUnits }
  /** A fraction of one: 0.1 takes ten percent off. */
  | { kind: 'percentage'; fraction: number };

export type CodeUse = { orderId: number; customerId: number | null };

/** A code discount with one redeem code, as `discountCodeBasicCreate` makes it. */
export type DiscountCode = {
  id: number;
  redeemCodeId: number;
  title: string;
  code: string;
  value: DiscountValue;
  /** null: every buyer; otherwise only these customers. */
  customerIds: number[] | null;
  /** Smallest subtotal of the cart for which the code is accepted, or null. */
  minimumSubtotal: MinorUnits | null;
  usageLimit: number | null;
  appliesOncePerCustomer: boolean;
  startsAt: Instant;
  endsAt: Instant | null;
  combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean };
  tags: string[];
  uses: CodeUse[];
  createdAt: Instant;
  updatedAt: Instant;
};

/** One movement of a customer's store credit; only credits are made here. */
export type StoreCredit = {
  id: number;
  customerId: number;
  amount: MinorUnits;
  currency: string;
  expiresAt: Instant | null;
  createdAt: Instant;
};

/** An expiring offline token pair; the access token opens the Admin API of one shop. */
export type OfflineToken = {
  accessToken: string;
  refreshToken: string;
  scopes: string[];
  expiresAt: Instant;
  refreshExpiresAt: Instant;
  /** A refresh token stays usable until the tokens that it was exchanged for are used. */
  supersededBy: string | null;
  used: boolean;
};

export type DeliveryAttempt = {
  at: Instant;
  /** HTTP status, or null when there was no answer. */
  status: number | null;
  durationMs: number;
  error: string | null;
  body: string;
};

export type WebhookDelivery = {
  webhookId: string;
  eventId: string;
  shop: string;
  topic: string;
  uri: string;
  triggeredAt: Instant;
  /** The raw body, kept as it was at the event: a retry sends the same bytes. */
  payload: string;
  attempts: DeliveryAttempt[];
  state: 'waiting' | 'delivered' | 'failed' | 'dropped';
};

/** One call that the app made to the sandbox. Tokens and secrets are never kept. */
export type RequestRecord = {
  at: Instant;
  kind: 'graphql' | 'token';
  shop: string;
  operation: string;
  variables: unknown;
  status: number;
  outcome: 'ok' | 'graphql_error' | 'user_error' | 'refused' | 'fault';
  detail: string | null;
  fault: string | null;
  durationMs: number;
};

export type FaultTarget = 'graphql' | 'webhook' | 'token' | 'bulk';

export type FaultKind =
  | 'status429'
  | 'status500'
  | 'timeout'
  | 'lostReply'
  | 'throttled'
  | 'userError'
  | 'drop'
  | 'duplicate'
  | 'delay'
  | 'shuffle'
  | 'fails'
  | 'slow'
  | 'expired'
  | 'partial';

export type Fault = {
  id: number;
  target: FaultTarget;
  /** Operation or root field for GraphQL, topic for webhooks; null hits everything. */
  operation: string | null;
  shop: string | null;
  kind: FaultKind;
  /** How many more times it strikes. */
  times: number;
  delayMs: number | null;
  message: string | null;
  /** status429, status500, timeout: the operation is carried out all the same. */
  executes: boolean;
  struck: number;
};

export type ShopState = {
  shop: Shop;
  products: Product[];
  collections: Collection[];
  metafieldDefinitions: MetafieldDefinition[];
  customers: Customer[];
  orders: Order[];
  discounts: DiscountCode[];
  /** Absent in snapshots of before there were any. */
  storeCredits?: StoreCredit[];
  tokens: OfflineToken[];
  /** Scopes that the merchant granted; null: those of shopify.app.toml. */
  grantedScopes: string[] | null;
  nextOrderNumber: number;
};

/** Everything that a snapshot keeps. */
export type WorldState = {
  version: 1;
  nextId: number;
  clockOffsetMs: number;
  shops: Record<string, ShopState>;
  deliveries: WebhookDelivery[];
  requests: RequestRecord[];
  faults: Fault[];
};

import type { AutomaticDiscount, DiscountCode } from './discount-state.ts';
import type { Order } from './order-state.ts';

import type { SandboxMail } from './mail/state.ts';
import type { TwilioState } from './twilio/state.ts';

export type * from './discount-state.ts';
export type * from './order-state.ts';

/** An amount in minor units of a currency (sen, cents): a safe integer, so that a snapshot stays plain JSON. */
export type MinorUnits = number;

/** A timestamp as ISO-8601 text in UTC, by the sandbox's clock. */
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
  /** Targets of the app's UI extensions that the merchant has taken away. */
  unplaced?: string[];
};

export type Variant = {
  id: number;
  title: string;
  sku: string;
  price: MinorUnits;
  compareAtPrice: MinorUnits | null;
  grams: number;
  /** Units before the first sale; absent: a hundred. */
  stock?: number;
  /** Absent in snapshots from before there were any. */
  metafields?: Metafield[];
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
  /** Absent in snapshots from before there were any; `address2` too. */
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

/** A customer's marketing consent over one channel. */
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

/** A metafield definition of one namespace and key, made by the app or declared in its configuration. */
export type MetafieldDefinition = {
  id: number;
  name: string;
  namespace: string;
  key: string;
  ownerType: 'PRODUCT' | 'CUSTOMER';
  type: string;
  validations: { name: 'min' | 'max'; value: string }[];
  /** Absent, as `isPinned` is, in snapshots from before there were any. */
  isAdminFilterable?: boolean;
  isPinned?: boolean;
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
  /** The others. Absent, as the consents are, in snapshots from before there were any. */
  otherAddresses?: Address[];
  smsConsent?: MarketingConsent;
  emailConsent?: MarketingConsent;
  metafields: Metafield[];
  createdAt: Instant;
  updatedAt: Instant;
};

/** One movement of a customer's store credit; only credits are simulated. */
export type StoreCredit = {
  id: number;
  customerId: number;
  amount: MinorUnits;
  currency: string;
  expiresAt: Instant | null;
  createdAt: Instant;
};

/** An expiring offline token pair; the access token grants access to one shop's Admin API. */
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
  /** The raw body as it was at the event: a retry sends the same bytes. */
  payload: string;
  attempts: DeliveryAttempt[];
  state: 'waiting' | 'delivered' | 'failed' | 'dropped';
};

/** One call from the app to the sandbox, or a run of one of its Functions. Tokens and secrets are never stored. */
export type RequestRecord = {
  at: Instant;
  kind: 'graphql' | 'token' | 'function';
  shop: string;
  operation: string;
  variables: unknown;
  status: number;
  outcome: 'ok' | 'graphql_error' | 'user_error' | 'refused' | 'fault' | 'function_error';
  detail: string | null;
  fault: string | null;
  /** The deprecated fields, arguments and inputs that it used; absent for tokens. */
  deprecated?: string[];
  durationMs: number;
};

export type FaultTarget =
  'graphql' | 'webhook' | 'token' | 'bulk' | 'twilio' | 'receipt' | 'delivery' | 'smtp';

export type FaultKind =
  | 'status402'
  | 'status403'
  | 'status423'
  | 'status429'
  | 'status430'
  | 'status500'
  | 'status502'
  | 'status503'
  | 'status504'
  | 'htmlPage'
  | 'partialData'
  | 'shopInactive'
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
  | 'partial'
  | 'missing'
  | 'lineErrors'
  | 'code'
  | 'indexLag'
  | 'early'
  | 'unsigned'
  | 'wrongToken'
  | 'refused'
  | 'busy'
  | 'moreParts'
  | 'noParts'
  | 'latePrice';

export type Fault = {
  id: number;
  target: FaultTarget;
  /** Operation or root field for GraphQL, topic for webhooks; null matches everything. */
  operation: string | null;
  shop: string | null;
  kind: FaultKind;
  /** How many more times it strikes. */
  times: number;
  delayMs: number | null;
  message: string | null;
  /** statuses, htmlPage, timeout: the operation is still carried out. */
  executes: boolean;
  struck: number;
};

/** What Shopify protects of customers, as the schema's `protectedContent` names it. */
export type ProtectedContent = 'name' | 'email' | 'phone' | 'address';

/** What Shopify has approved the app to see of a shop's customers. */
export type ProtectedData = {
  /** False: no customer and no order at all, and none of their topics. */
  isCustomerDataApproved: boolean;
  approved: ProtectedContent[];
  /** Fields that are not approved: `errors` beside `data`, or null without a word. */
  mode: 'errors' | 'nulls';
};

/** Customers that a query of the merchant means. */
export type Segment = { id: number; name: string; query: string; createdAt: Instant; editedAt: Instant };

/** The members of a query at one moment; `readyAt` by the machine's clock. */
export type MembersQuery = { id: number; memberIds: number[]; readyAt: Instant };

/** A one-time purchase of the app's. */
export type Purchase = {
  id: number;
  name: string;
  amount: MinorUnits;
  currency: string;
  returnUrl: string;
  test: boolean;
  status: 'PENDING' | 'ACTIVE' | 'DECLINED' | 'EXPIRED';
  createdAt: Instant;
};

/** An automatic discount that a Function of the app decides. */
export type AppDiscount = {
  id: number;
  title: string;
  functionHandle: string;
  discountClasses: ('PRODUCT' | 'ORDER' | 'SHIPPING')[];
  startsAt: Instant;
  endsAt: Instant | null;
  combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean };
  appliesOnOneTimePurchase: boolean;
  appliesOnSubscription: boolean;
  /** 0: without end. */
  recurringCycleLimit: number;
  metafields: Metafield[];
  createdAt: Instant;
  updatedAt: Instant;
};

/** A cart and checkout validation of the app, which the merchant sees under Settings > Checkout. */
export type Validation = {
  id: number;
  title: string;
  functionHandle: string;
  isEnabled: boolean;
  blocksOnFailure: boolean;
  metafields: Metafield[];
};

/** Where Functions run in a shop, as far as the merchant, or Shopify, decides it. */
export type FunctionSwitches = {
  /** The till's location has POS Pro; true by default. */
  isPosPro?: boolean;
  /** A draft order's customer counts as signed in. Not known of Shopify: false by default. */
  areDraftsAuthenticated?: boolean;
};

/** What the app keeps for itself in a shop. */
export type AppInstallation = { id: number; metafields: Metafield[] };

/** The online store's theme, and what the merchant placed in it. */
export type ThemeState = {
  name: 'dasar' | 'ruang';
  /** Handles of the app's blocks and embeds that are on. */
  blocks: string[];
  /** `Shopify.actions` is there: false for a storefront of before June 2026. */
  hasActions: boolean;
  /** The theme sends the standard `shopify:cart:*` events. */
  hasEvents: boolean;
};

export type ShopState = {
  shop: Shop;
  products: Product[];
  collections: Collection[];
  metafieldDefinitions: MetafieldDefinition[];
  /** The merchant's own definitions of products, only counted: they take the app's places. */
  merchantDefinitions?: { total: number; pinned: number };
  customers: Customer[];
  orders: Order[];
  discounts: DiscountCode[];
  /** Absent in snapshots from before there were any. */
  automaticDiscounts?: AutomaticDiscount[];
  /** Automatic discounts of the app, which one of its Functions decides. Absent in snapshots from before there were any. */
  appDiscounts?: AppDiscount[];
  /** Absent, as the switches are, in snapshots from before there were any. */
  validations?: Validation[];
  functionSwitches?: FunctionSwitches;
  /** Absent in snapshots from before there were any. */
  storeCredits?: StoreCredit[];
  /** Absent in snapshots from before there were any. */
  purchases?: Purchase[];
  /** Absent, as the queries are, in snapshots from before there were any. */
  segments?: Segment[];
  memberQueries?: MembersQuery[];
  /** Absent, as the app's installation is, in snapshots from before there were any. */
  theme?: ThemeState;
  appInstallation?: AppInstallation;
  tokens: OfflineToken[];
  /** Scopes that the merchant granted; null: those of shopify.app.toml. */
  grantedScopes: string[] | null;
  /** Shopify has not approved the app for orders older than 60 days. */
  isReadAllOrdersRefused?: boolean;
  /** Absent: everything is approved, as for an app in development that selected its data use. */
  protectedData?: ProtectedData;
  /** Bulk queries are refused connections whose nodes are not of the type `Node`, as Shopify documents. */
  isBulkOfNodesOnly?: boolean;
  nextOrderNumber: number;
};

/** Everything that a snapshot stores. */
export type WorldState = {
  version: 1;
  nextId: number;
  clockOffsetMs: number;
  shops: Record<string, ShopState>;
  deliveries: WebhookDelivery[];
  requests: RequestRecord[];
  faults: Fault[];
  /** Absent in snapshots from before there was any. */
  twilio?: TwilioState;
  /** What the mail server was sent. */
  mails?: SandboxMail[];
};

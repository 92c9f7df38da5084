export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> =
  T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string };
  String: { input: string; output: string };
  Boolean: { input: boolean; output: boolean };
  Int: { input: number; output: number };
  Float: { input: number; output: number };
  DateTime: { input: string; output: string };
  Decimal: { input: string; output: string };
  JSON: { input: unknown; output: unknown };
  Money: { input: string; output: string };
  URL: { input: string; output: string };
  UnsignedInt64: { input: string; output: string };
};

export type AccessScope = {
  __typename?: 'AccessScope';
  handle: Scalars['String']['output'];
};

export type AppDiscountType = {
  __typename?: 'AppDiscountType';
  appKey: Scalars['String']['output'];
};

export type AppInstallation = Node & {
  __typename?: 'AppInstallation';
  accessScopes: Array<AccessScope>;
  id: Scalars['ID']['output'];
  metafield?: Maybe<Metafield>;
};

export type AppInstallationMetafieldArgs = {
  key: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
};

export type AppPurchaseOneTime = Node & {
  __typename?: 'AppPurchaseOneTime';
  id: Scalars['ID']['output'];
  price: MoneyV2;
  status: AppPurchaseStatus;
  test: Scalars['Boolean']['output'];
};

export type AppPurchaseOneTimeCreatePayload = {
  __typename?: 'AppPurchaseOneTimeCreatePayload';
  appPurchaseOneTime?: Maybe<AppPurchaseOneTime>;
  confirmationUrl?: Maybe<Scalars['URL']['output']>;
  userErrors: Array<UserError>;
};

export enum AppPurchaseStatus {
  /** @deprecated When a merchant accepts an app purchase, the status immediately changes from `pending` to `active`. */
  Accepted = 'ACCEPTED',
  Active = 'ACTIVE',
  Declined = 'DECLINED',
  Expired = 'EXPIRED',
  Pending = 'PENDING',
}

export type AutomaticDiscountApplication = DiscountApplication & {
  __typename?: 'AutomaticDiscountApplication';
  index: Scalars['Int']['output'];
  targetType: DiscountApplicationTargetType;
  title: Scalars['String']['output'];
  value: PricingValue;
};

export enum BulkMutationErrorCode {
  InternalFileServerError = 'INTERNAL_FILE_SERVER_ERROR',
  InvalidMutation = 'INVALID_MUTATION',
  InvalidStagedUploadFile = 'INVALID_STAGED_UPLOAD_FILE',
  LimitReached = 'LIMIT_REACHED',
  NoSuchFile = 'NO_SUCH_FILE',
  OperationInProgress = 'OPERATION_IN_PROGRESS',
}

export type BulkMutationUserError = {
  __typename?: 'BulkMutationUserError';
  code?: Maybe<BulkMutationErrorCode>;
  field?: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export type BulkOperation = Node & {
  __typename?: 'BulkOperation';
  errorCode?: Maybe<BulkOperationErrorCode>;
  id: Scalars['ID']['output'];
  objectCount: Scalars['UnsignedInt64']['output'];
  partialDataUrl?: Maybe<Scalars['URL']['output']>;
  query: Scalars['String']['output'];
  rootObjectCount: Scalars['UnsignedInt64']['output'];
  status: BulkOperationStatus;
  url?: Maybe<Scalars['URL']['output']>;
};

export type BulkOperationCancelPayload = {
  __typename?: 'BulkOperationCancelPayload';
  bulkOperation?: Maybe<BulkOperation>;
  userErrors: Array<UserError>;
};

export type BulkOperationConnection = {
  __typename?: 'BulkOperationConnection';
  nodes: Array<BulkOperation>;
};

export enum BulkOperationErrorCode {
  AccessDenied = 'ACCESS_DENIED',
  InternalServerError = 'INTERNAL_SERVER_ERROR',
  Timeout = 'TIMEOUT',
}

export type BulkOperationRunMutationPayload = {
  __typename?: 'BulkOperationRunMutationPayload';
  bulkOperation?: Maybe<BulkOperation>;
  userErrors: Array<BulkMutationUserError>;
};

export type BulkOperationRunQueryPayload = {
  __typename?: 'BulkOperationRunQueryPayload';
  bulkOperation?: Maybe<BulkOperation>;
  userErrors: Array<BulkOperationUserError>;
};

export enum BulkOperationStatus {
  Canceled = 'CANCELED',
  Canceling = 'CANCELING',
  Completed = 'COMPLETED',
  Created = 'CREATED',
  Expired = 'EXPIRED',
  Failed = 'FAILED',
  Running = 'RUNNING',
}

export type BulkOperationUserError = {
  __typename?: 'BulkOperationUserError';
  code?: Maybe<BulkOperationUserErrorCode>;
  field?: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export enum BulkOperationUserErrorCode {
  Invalid = 'INVALID',
  LimitReached = 'LIMIT_REACHED',
  OperationInProgress = 'OPERATION_IN_PROGRESS',
}

export enum BulkOperationsSortKeys {
  CompletedAt = 'COMPLETED_AT',
  CreatedAt = 'CREATED_AT',
}

export type Collection = Node & {
  __typename?: 'Collection';
  id: Scalars['ID']['output'];
  products: ProductConnection;
  productsCount?: Maybe<Count>;
  title: Scalars['String']['output'];
};

export type CollectionProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
  sortKey?: InputMaybe<ProductCollectionSortKeys>;
};

export type CollectionConnection = {
  __typename?: 'CollectionConnection';
  nodes: Array<Collection>;
  pageInfo: PageInfo;
};

export enum CollectionSortKeys {
  Id = 'ID',
  Relevance = 'RELEVANCE',
  Title = 'TITLE',
  UpdatedAt = 'UPDATED_AT',
}

export type Count = {
  __typename?: 'Count';
  count: Scalars['Int']['output'];
};

export enum CountryCode {
  Ac = 'AC',
  Ad = 'AD',
  Ae = 'AE',
  Af = 'AF',
  Ag = 'AG',
  Ai = 'AI',
  Al = 'AL',
  Am = 'AM',
  An = 'AN',
  Ao = 'AO',
  Ar = 'AR',
  At = 'AT',
  Au = 'AU',
  Aw = 'AW',
  Ax = 'AX',
  Az = 'AZ',
  Ba = 'BA',
  Bb = 'BB',
  Bd = 'BD',
  Be = 'BE',
  Bf = 'BF',
  Bg = 'BG',
  Bh = 'BH',
  Bi = 'BI',
  Bj = 'BJ',
  Bl = 'BL',
  Bm = 'BM',
  Bn = 'BN',
  Bo = 'BO',
  Bq = 'BQ',
  Br = 'BR',
  Bs = 'BS',
  Bt = 'BT',
  Bv = 'BV',
  Bw = 'BW',
  By = 'BY',
  Bz = 'BZ',
  Ca = 'CA',
  Cc = 'CC',
  Cd = 'CD',
  Cf = 'CF',
  Cg = 'CG',
  Ch = 'CH',
  Ci = 'CI',
  Ck = 'CK',
  Cl = 'CL',
  Cm = 'CM',
  Cn = 'CN',
  Co = 'CO',
  Cr = 'CR',
  Cu = 'CU',
  Cv = 'CV',
  Cw = 'CW',
  Cx = 'CX',
  Cy = 'CY',
  Cz = 'CZ',
  De = 'DE',
  Dj = 'DJ',
  Dk = 'DK',
  Dm = 'DM',
  Do = 'DO',
  Dz = 'DZ',
  Ec = 'EC',
  Ee = 'EE',
  Eg = 'EG',
  Eh = 'EH',
  Er = 'ER',
  Es = 'ES',
  Et = 'ET',
  Fi = 'FI',
  Fj = 'FJ',
  Fk = 'FK',
  Fo = 'FO',
  Fr = 'FR',
  Ga = 'GA',
  Gb = 'GB',
  Gd = 'GD',
  Ge = 'GE',
  Gf = 'GF',
  Gg = 'GG',
  Gh = 'GH',
  Gi = 'GI',
  Gl = 'GL',
  Gm = 'GM',
  Gn = 'GN',
  Gp = 'GP',
  Gq = 'GQ',
  Gr = 'GR',
  Gs = 'GS',
  Gt = 'GT',
  Gw = 'GW',
  Gy = 'GY',
  Hk = 'HK',
  Hm = 'HM',
  Hn = 'HN',
  Hr = 'HR',
  Ht = 'HT',
  Hu = 'HU',
  Id = 'ID',
  Ie = 'IE',
  Il = 'IL',
  Im = 'IM',
  In = 'IN',
  Io = 'IO',
  Iq = 'IQ',
  Ir = 'IR',
  Is = 'IS',
  It = 'IT',
  Je = 'JE',
  Jm = 'JM',
  Jo = 'JO',
  Jp = 'JP',
  Ke = 'KE',
  Kg = 'KG',
  Kh = 'KH',
  Ki = 'KI',
  Km = 'KM',
  Kn = 'KN',
  Kp = 'KP',
  Kr = 'KR',
  Kw = 'KW',
  Ky = 'KY',
  Kz = 'KZ',
  La = 'LA',
  Lb = 'LB',
  Lc = 'LC',
  Li = 'LI',
  Lk = 'LK',
  Lr = 'LR',
  Ls = 'LS',
  Lt = 'LT',
  Lu = 'LU',
  Lv = 'LV',
  Ly = 'LY',
  Ma = 'MA',
  Mc = 'MC',
  Md = 'MD',
  Me = 'ME',
  Mf = 'MF',
  Mg = 'MG',
  Mk = 'MK',
  Ml = 'ML',
  Mm = 'MM',
  Mn = 'MN',
  Mo = 'MO',
  Mq = 'MQ',
  Mr = 'MR',
  Ms = 'MS',
  Mt = 'MT',
  Mu = 'MU',
  Mv = 'MV',
  Mw = 'MW',
  Mx = 'MX',
  My = 'MY',
  Mz = 'MZ',
  Na = 'NA',
  Nc = 'NC',
  Ne = 'NE',
  Nf = 'NF',
  Ng = 'NG',
  Ni = 'NI',
  Nl = 'NL',
  No = 'NO',
  Np = 'NP',
  Nr = 'NR',
  Nu = 'NU',
  Nz = 'NZ',
  Om = 'OM',
  Pa = 'PA',
  Pe = 'PE',
  Pf = 'PF',
  Pg = 'PG',
  Ph = 'PH',
  Pk = 'PK',
  Pl = 'PL',
  Pm = 'PM',
  Pn = 'PN',
  Ps = 'PS',
  Pt = 'PT',
  Py = 'PY',
  Qa = 'QA',
  Re = 'RE',
  Ro = 'RO',
  Rs = 'RS',
  Ru = 'RU',
  Rw = 'RW',
  Sa = 'SA',
  Sb = 'SB',
  Sc = 'SC',
  Sd = 'SD',
  Se = 'SE',
  Sg = 'SG',
  Sh = 'SH',
  Si = 'SI',
  Sj = 'SJ',
  Sk = 'SK',
  Sl = 'SL',
  Sm = 'SM',
  Sn = 'SN',
  So = 'SO',
  Sr = 'SR',
  Ss = 'SS',
  St = 'ST',
  Sv = 'SV',
  Sx = 'SX',
  Sy = 'SY',
  Sz = 'SZ',
  Ta = 'TA',
  Tc = 'TC',
  Td = 'TD',
  Tf = 'TF',
  Tg = 'TG',
  Th = 'TH',
  Tj = 'TJ',
  Tk = 'TK',
  Tl = 'TL',
  Tm = 'TM',
  Tn = 'TN',
  To = 'TO',
  Tr = 'TR',
  Tt = 'TT',
  Tv = 'TV',
  Tw = 'TW',
  Tz = 'TZ',
  Ua = 'UA',
  Ug = 'UG',
  Um = 'UM',
  Us = 'US',
  Uy = 'UY',
  Uz = 'UZ',
  Va = 'VA',
  Vc = 'VC',
  Ve = 'VE',
  Vg = 'VG',
  Vn = 'VN',
  Vu = 'VU',
  Wf = 'WF',
  Ws = 'WS',
  Xk = 'XK',
  Ye = 'YE',
  Yt = 'YT',
  Za = 'ZA',
  Zm = 'ZM',
  Zw = 'ZW',
  Zz = 'ZZ',
}

export enum CropRegion {
  Bottom = 'BOTTOM',
  Center = 'CENTER',
  Left = 'LEFT',
  Right = 'RIGHT',
  Top = 'TOP',
}

export enum CurrencyCode {
  Aed = 'AED',
  Afn = 'AFN',
  All = 'ALL',
  Amd = 'AMD',
  Ang = 'ANG',
  Aoa = 'AOA',
  Ars = 'ARS',
  Aud = 'AUD',
  Awg = 'AWG',
  Azn = 'AZN',
  Bam = 'BAM',
  Bbd = 'BBD',
  Bdt = 'BDT',
  Bgn = 'BGN',
  Bhd = 'BHD',
  Bif = 'BIF',
  Bmd = 'BMD',
  Bnd = 'BND',
  Bob = 'BOB',
  Brl = 'BRL',
  Bsd = 'BSD',
  Btn = 'BTN',
  Bwp = 'BWP',
  Byn = 'BYN',
  /** @deprecated Use `BYN` instead. */
  Byr = 'BYR',
  Bzd = 'BZD',
  Cad = 'CAD',
  Cdf = 'CDF',
  Chf = 'CHF',
  Clp = 'CLP',
  Cny = 'CNY',
  Cop = 'COP',
  Crc = 'CRC',
  Cve = 'CVE',
  Czk = 'CZK',
  Djf = 'DJF',
  Dkk = 'DKK',
  Dop = 'DOP',
  Dzd = 'DZD',
  Egp = 'EGP',
  Ern = 'ERN',
  Etb = 'ETB',
  Eur = 'EUR',
  Fjd = 'FJD',
  Fkp = 'FKP',
  Gbp = 'GBP',
  Gel = 'GEL',
  Ghs = 'GHS',
  Gip = 'GIP',
  Gmd = 'GMD',
  Gnf = 'GNF',
  Gtq = 'GTQ',
  Gyd = 'GYD',
  Hkd = 'HKD',
  Hnl = 'HNL',
  Hrk = 'HRK',
  Htg = 'HTG',
  Huf = 'HUF',
  Idr = 'IDR',
  Ils = 'ILS',
  Inr = 'INR',
  Iqd = 'IQD',
  Irr = 'IRR',
  Isk = 'ISK',
  Jep = 'JEP',
  Jmd = 'JMD',
  Jod = 'JOD',
  Jpy = 'JPY',
  Kes = 'KES',
  Kgs = 'KGS',
  Khr = 'KHR',
  Kid = 'KID',
  Kmf = 'KMF',
  Krw = 'KRW',
  Kwd = 'KWD',
  Kyd = 'KYD',
  Kzt = 'KZT',
  Lak = 'LAK',
  Lbp = 'LBP',
  Lkr = 'LKR',
  Lrd = 'LRD',
  Lsl = 'LSL',
  Ltl = 'LTL',
  Lvl = 'LVL',
  Lyd = 'LYD',
  Mad = 'MAD',
  Mdl = 'MDL',
  Mga = 'MGA',
  Mkd = 'MKD',
  Mmk = 'MMK',
  Mnt = 'MNT',
  Mop = 'MOP',
  Mru = 'MRU',
  Mur = 'MUR',
  Mvr = 'MVR',
  Mwk = 'MWK',
  Mxn = 'MXN',
  Myr = 'MYR',
  Mzn = 'MZN',
  Nad = 'NAD',
  Ngn = 'NGN',
  Nio = 'NIO',
  Nok = 'NOK',
  Npr = 'NPR',
  Nzd = 'NZD',
  Omr = 'OMR',
  Pab = 'PAB',
  Pen = 'PEN',
  Pgk = 'PGK',
  Php = 'PHP',
  Pkr = 'PKR',
  Pln = 'PLN',
  Pyg = 'PYG',
  Qar = 'QAR',
  Ron = 'RON',
  Rsd = 'RSD',
  Rub = 'RUB',
  Rwf = 'RWF',
  Sar = 'SAR',
  Sbd = 'SBD',
  Scr = 'SCR',
  Sdg = 'SDG',
  Sek = 'SEK',
  Sgd = 'SGD',
  Shp = 'SHP',
  Sll = 'SLL',
  Sos = 'SOS',
  Srd = 'SRD',
  Ssp = 'SSP',
  /** @deprecated Use `STN` instead. */
  Std = 'STD',
  Stn = 'STN',
  Syp = 'SYP',
  Szl = 'SZL',
  Thb = 'THB',
  Tjs = 'TJS',
  Tmt = 'TMT',
  Tnd = 'TND',
  Top = 'TOP',
  Try = 'TRY',
  Ttd = 'TTD',
  Twd = 'TWD',
  Tzs = 'TZS',
  Uah = 'UAH',
  Ugx = 'UGX',
  Usd = 'USD',
  Usdc = 'USDC',
  Uyu = 'UYU',
  Uzs = 'UZS',
  Ved = 'VED',
  /** @deprecated Use `VES` instead. */
  Vef = 'VEF',
  Ves = 'VES',
  Vnd = 'VND',
  Vuv = 'VUV',
  Wst = 'WST',
  Xaf = 'XAF',
  Xcd = 'XCD',
  Xof = 'XOF',
  Xpf = 'XPF',
  Xxx = 'XXX',
  Yer = 'YER',
  Zar = 'ZAR',
  Zmw = 'ZMW',
}

export type Customer = Node & {
  __typename?: 'Customer';
  addressesV2: MailingAddressConnection;
  createdAt: Scalars['DateTime']['output'];
  defaultAddress?: Maybe<MailingAddress>;
  defaultEmailAddress?: Maybe<CustomerEmailAddress>;
  defaultPhoneNumber?: Maybe<CustomerPhoneNumber>;
  firstName?: Maybe<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  lastName?: Maybe<Scalars['String']['output']>;
  metafield?: Maybe<Metafield>;
  metafields: MetafieldConnection;
  note?: Maybe<Scalars['String']['output']>;
  storeCreditAccounts: StoreCreditAccountConnection;
  tags: Array<Scalars['String']['output']>;
  updatedAt: Scalars['DateTime']['output'];
};

export type CustomerAddressesV2Args = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
};

export type CustomerMetafieldArgs = {
  key: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
};

export type CustomerMetafieldsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  keys?: InputMaybe<Array<Scalars['String']['input']>>;
  last?: InputMaybe<Scalars['Int']['input']>;
  namespace?: InputMaybe<Scalars['String']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
};

export type CustomerStoreCreditAccountsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
};

export type CustomerAddressCreatePayload = {
  __typename?: 'CustomerAddressCreatePayload';
  address?: Maybe<MailingAddress>;
  userErrors: Array<UserError>;
};

export type CustomerAddressDeletePayload = {
  __typename?: 'CustomerAddressDeletePayload';
  deletedAddressId?: Maybe<Scalars['ID']['output']>;
  userErrors: Array<UserError>;
};

export type CustomerAddressUpdatePayload = {
  __typename?: 'CustomerAddressUpdatePayload';
  address?: Maybe<MailingAddress>;
  userErrors: Array<UserError>;
};

export type CustomerConnection = {
  __typename?: 'CustomerConnection';
  edges: Array<CustomerEdge>;
  nodes: Array<Customer>;
  pageInfo: PageInfo;
};

export type CustomerDeleteInput = {
  id: Scalars['ID']['input'];
};

export type CustomerDeletePayload = {
  __typename?: 'CustomerDeletePayload';
  deletedCustomerId?: Maybe<Scalars['ID']['output']>;
  userErrors: Array<UserError>;
};

export type CustomerEdge = {
  __typename?: 'CustomerEdge';
  node: Customer;
};

export type CustomerEmailAddress = {
  __typename?: 'CustomerEmailAddress';
  emailAddress: Scalars['String']['output'];
  marketingState: CustomerEmailAddressMarketingState;
};

export enum CustomerEmailAddressMarketingState {
  Invalid = 'INVALID',
  NotSubscribed = 'NOT_SUBSCRIBED',
  Pending = 'PENDING',
  Subscribed = 'SUBSCRIBED',
  Unsubscribed = 'UNSUBSCRIBED',
}

export type CustomerEmailMarketingConsentInput = {
  consentUpdatedAt?: InputMaybe<Scalars['DateTime']['input']>;
  marketingOptInLevel?: InputMaybe<CustomerMarketingOptInLevel>;
  marketingState: CustomerEmailMarketingState;
  sourceLocationId?: InputMaybe<Scalars['ID']['input']>;
};

export type CustomerEmailMarketingConsentUpdateInput = {
  customerId: Scalars['ID']['input'];
  emailMarketingConsent: CustomerEmailMarketingConsentInput;
};

export type CustomerEmailMarketingConsentUpdatePayload = {
  __typename?: 'CustomerEmailMarketingConsentUpdatePayload';
  customer?: Maybe<Customer>;
  userErrors: Array<CustomerEmailMarketingConsentUpdateUserError>;
};

export type CustomerEmailMarketingConsentUpdateUserError = {
  __typename?: 'CustomerEmailMarketingConsentUpdateUserError';
  code?: Maybe<CustomerEmailMarketingConsentUpdateUserErrorCode>;
  field?: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export enum CustomerEmailMarketingConsentUpdateUserErrorCode {
  Inclusion = 'INCLUSION',
  InternalError = 'INTERNAL_ERROR',
  Invalid = 'INVALID',
  MissingArgument = 'MISSING_ARGUMENT',
}

export enum CustomerEmailMarketingState {
  Invalid = 'INVALID',
  NotSubscribed = 'NOT_SUBSCRIBED',
  Pending = 'PENDING',
  Redacted = 'REDACTED',
  Subscribed = 'SUBSCRIBED',
  Unsubscribed = 'UNSUBSCRIBED',
}

export type CustomerIdentifierInput =
  | { customId: UniqueMetafieldValueInput; emailAddress?: never; id?: never; phoneNumber?: never }
  | { customId?: never; emailAddress: Scalars['String']['input']; id?: never; phoneNumber?: never }
  | { customId?: never; emailAddress?: never; id: Scalars['ID']['input']; phoneNumber?: never }
  | { customId?: never; emailAddress?: never; id?: never; phoneNumber: Scalars['String']['input'] };

export enum CustomerMarketingOptInLevel {
  ConfirmedOptIn = 'CONFIRMED_OPT_IN',
  SingleOptIn = 'SINGLE_OPT_IN',
  Unknown = 'UNKNOWN',
}

export type CustomerPhoneNumber = {
  __typename?: 'CustomerPhoneNumber';
  /** @deprecated Use `smsMarketingConsent.state` instead. */
  marketingState: CustomerSmsMarketingState;
  phoneNumber: Scalars['String']['output'];
};

export type CustomerSegmentMember = {
  __typename?: 'CustomerSegmentMember';
  id: Scalars['ID']['output'];
};

export type CustomerSegmentMemberConnection = {
  __typename?: 'CustomerSegmentMemberConnection';
  edges: Array<CustomerSegmentMemberEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type CustomerSegmentMemberEdge = {
  __typename?: 'CustomerSegmentMemberEdge';
  node: CustomerSegmentMember;
};

export type CustomerSegmentMembersQuery = Node & {
  __typename?: 'CustomerSegmentMembersQuery';
  currentCount: Scalars['Int']['output'];
  done: Scalars['Boolean']['output'];
  id: Scalars['ID']['output'];
};

export type CustomerSegmentMembersQueryCreatePayload = {
  __typename?: 'CustomerSegmentMembersQueryCreatePayload';
  customerSegmentMembersQuery?: Maybe<CustomerSegmentMembersQuery>;
  userErrors: Array<CustomerSegmentMembersQueryUserError>;
};

export type CustomerSegmentMembersQueryInput = {
  query?: InputMaybe<Scalars['String']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
  segmentId?: InputMaybe<Scalars['ID']['input']>;
  sortKey?: InputMaybe<Scalars['String']['input']>;
};

export type CustomerSegmentMembersQueryUserError = {
  __typename?: 'CustomerSegmentMembersQueryUserError';
  code?: Maybe<CustomerSegmentMembersQueryUserErrorCode>;
  field?: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export enum CustomerSegmentMembersQueryUserErrorCode {
  Invalid = 'INVALID',
}

export type CustomerSetIdentifiers =
  | { customId: UniqueMetafieldValueInput; email?: never; id?: never; phone?: never }
  | { customId?: never; email: Scalars['String']['input']; id?: never; phone?: never }
  | { customId?: never; email?: never; id: Scalars['ID']['input']; phone?: never }
  | { customId?: never; email?: never; id?: never; phone: Scalars['String']['input'] };

export type CustomerSetInput = {
  addresses?: InputMaybe<Array<MailingAddressInput>>;
  email?: InputMaybe<Scalars['String']['input']>;
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** @deprecated To update a customer use `identifier` argument instead. */
  id?: InputMaybe<Scalars['ID']['input']>;
  lastName?: InputMaybe<Scalars['String']['input']>;
  locale?: InputMaybe<Scalars['String']['input']>;
  note?: InputMaybe<Scalars['String']['input']>;
  phone?: InputMaybe<Scalars['String']['input']>;
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  taxExempt?: InputMaybe<Scalars['Boolean']['input']>;
  taxExemptions?: InputMaybe<Array<TaxExemption>>;
};

export type CustomerSetPayload = {
  __typename?: 'CustomerSetPayload';
  customer?: Maybe<Customer>;
  userErrors: Array<CustomerSetUserError>;
};

export type CustomerSetUserError = {
  __typename?: 'CustomerSetUserError';
  code?: Maybe<CustomerSetUserErrorCode>;
  field?: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export enum CustomerSetUserErrorCode {
  Blank = 'BLANK',
  IdNotAllowed = 'ID_NOT_ALLOWED',
  Inclusion = 'INCLUSION',
  InputMismatch = 'INPUT_MISMATCH',
  Invalid = 'INVALID',
  MetafieldMismatch = 'METAFIELD_MISMATCH',
  MissingFieldRequired = 'MISSING_FIELD_REQUIRED',
  NotFound = 'NOT_FOUND',
  Present = 'PRESENT',
  Taken = 'TAKEN',
  TooLong = 'TOO_LONG',
  TooShort = 'TOO_SHORT',
}

export type CustomerSmsMarketingConsentError = {
  __typename?: 'CustomerSmsMarketingConsentError';
  code?: Maybe<CustomerSmsMarketingConsentErrorCode>;
  field?: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export enum CustomerSmsMarketingConsentErrorCode {
  Inclusion = 'INCLUSION',
  InternalError = 'INTERNAL_ERROR',
  Invalid = 'INVALID',
  MissingArgument = 'MISSING_ARGUMENT',
}

export type CustomerSmsMarketingConsentInput = {
  consentUpdatedAt?: InputMaybe<Scalars['DateTime']['input']>;
  marketingOptInLevel?: InputMaybe<CustomerMarketingOptInLevel>;
  marketingState: CustomerSmsMarketingState;
  sourceLocationId?: InputMaybe<Scalars['ID']['input']>;
};

export type CustomerSmsMarketingConsentUpdateInput = {
  customerId: Scalars['ID']['input'];
  smsMarketingConsent: CustomerSmsMarketingConsentInput;
};

export type CustomerSmsMarketingConsentUpdatePayload = {
  __typename?: 'CustomerSmsMarketingConsentUpdatePayload';
  customer?: Maybe<Customer>;
  userErrors: Array<CustomerSmsMarketingConsentError>;
};

export enum CustomerSmsMarketingState {
  NotSubscribed = 'NOT_SUBSCRIBED',
  Pending = 'PENDING',
  Redacted = 'REDACTED',
  Subscribed = 'SUBSCRIBED',
  Unsubscribed = 'UNSUBSCRIBED',
}

export enum CustomerSortKeys {
  CreatedAt = 'CREATED_AT',
  Id = 'ID',
  Location = 'LOCATION',
  Name = 'NAME',
  Relevance = 'RELEVANCE',
  UpdatedAt = 'UPDATED_AT',
}

export type CustomerUpdateDefaultAddressPayload = {
  __typename?: 'CustomerUpdateDefaultAddressPayload';
  customer?: Maybe<Customer>;
  userErrors: Array<UserError>;
};

export type Discount = DiscountAutomaticApp | DiscountCodeBasic | OtherDiscount;

export type DiscountAllocation = {
  __typename?: 'DiscountAllocation';
  allocatedAmountSet: MoneyBag;
  discountApplication: DiscountApplication;
};

export type DiscountAmountInput = {
  amount?: InputMaybe<Scalars['Decimal']['input']>;
  appliesOnEachItem?: InputMaybe<Scalars['Boolean']['input']>;
};

export type DiscountApplication = {
  index: Scalars['Int']['output'];
};

export type DiscountApplicationConnection = {
  __typename?: 'DiscountApplicationConnection';
  edges: Array<DiscountApplicationEdge>;
  nodes: Array<DiscountApplication>;
  pageInfo: PageInfo;
};

export type DiscountApplicationEdge = {
  __typename?: 'DiscountApplicationEdge';
  node: DiscountApplication;
};

export enum DiscountApplicationTargetType {
  LineItem = 'LINE_ITEM',
  ShippingLine = 'SHIPPING_LINE',
}

export type DiscountAutomaticActivatePayload = {
  __typename?: 'DiscountAutomaticActivatePayload';
  automaticDiscountNode?: Maybe<DiscountAutomaticNode>;
  userErrors: Array<DiscountUserError>;
};

export type DiscountAutomaticApp = {
  __typename?: 'DiscountAutomaticApp';
  appDiscountType: AppDiscountType;
  appliesOnSubscription: Scalars['Boolean']['output'];
  combinesWith: DiscountCombinesWith;
  discountId: Scalars['ID']['output'];
  endsAt?: Maybe<Scalars['DateTime']['output']>;
  recurringCycleLimit: Scalars['Int']['output'];
  startsAt: Scalars['DateTime']['output'];
  status: DiscountStatus;
  title: Scalars['String']['output'];
};

export type DiscountAutomaticAppCreatePayload = {
  __typename?: 'DiscountAutomaticAppCreatePayload';
  automaticAppDiscount?: Maybe<DiscountAutomaticApp>;
  userErrors: Array<DiscountUserError>;
};

export type DiscountAutomaticAppInput = {
  appliesOnOneTimePurchase?: InputMaybe<Scalars['Boolean']['input']>;
  appliesOnSubscription?: InputMaybe<Scalars['Boolean']['input']>;
  combinesWith?: InputMaybe<DiscountCombinesWithInput>;
  context?: InputMaybe<DiscountContextInput>;
  discountClasses?: InputMaybe<Array<DiscountClass>>;
  endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  functionHandle?: InputMaybe<Scalars['String']['input']>;
  /** @deprecated Use `functionHandle` instead. */
  functionId?: InputMaybe<Scalars['String']['input']>;
  metafields?: InputMaybe<Array<MetafieldInput>>;
  recurringCycleLimit?: InputMaybe<Scalars['Int']['input']>;
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  title?: InputMaybe<Scalars['String']['input']>;
};

export type DiscountAutomaticAppUpdatePayload = {
  __typename?: 'DiscountAutomaticAppUpdatePayload';
  automaticAppDiscount?: Maybe<DiscountAutomaticApp>;
  userErrors: Array<DiscountUserError>;
};

export type DiscountAutomaticNode = Node & {
  __typename?: 'DiscountAutomaticNode';
  id: Scalars['ID']['output'];
};

export enum DiscountBuyerSelection {
  All = 'ALL',
}

export enum DiscountClass {
  Order = 'ORDER',
  Product = 'PRODUCT',
  Shipping = 'SHIPPING',
}

export type DiscountCode = DiscountCodeBasic | OtherDiscountCode;

export type DiscountCodeApplication = DiscountApplication & {
  __typename?: 'DiscountCodeApplication';
  code: Scalars['String']['output'];
  index: Scalars['Int']['output'];
};

export type DiscountCodeBasic = {
  __typename?: 'DiscountCodeBasic';
  asyncUsageCount: Scalars['Int']['output'];
  status: DiscountStatus;
};

export type DiscountCodeBasicCreatePayload = {
  __typename?: 'DiscountCodeBasicCreatePayload';
  codeDiscountNode?: Maybe<DiscountCodeNode>;
  userErrors: Array<DiscountUserError>;
};

export type DiscountCodeBasicInput = {
  appliesOncePerCustomer?: InputMaybe<Scalars['Boolean']['input']>;
  code?: InputMaybe<Scalars['String']['input']>;
  combinesWith?: InputMaybe<DiscountCombinesWithInput>;
  context?: InputMaybe<DiscountContextInput>;
  customerGets?: InputMaybe<DiscountCustomerGetsInput>;
  /** @deprecated Use `context` instead. */
  customerSelection?: InputMaybe<DiscountCustomerSelectionInput>;
  endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  minimumRequirement?: InputMaybe<DiscountMinimumRequirementInput>;
  recurringCycleLimit?: InputMaybe<Scalars['Int']['input']>;
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  title?: InputMaybe<Scalars['String']['input']>;
  usageLimit?: InputMaybe<Scalars['Int']['input']>;
};

export type DiscountCodeBasicUpdatePayload = {
  __typename?: 'DiscountCodeBasicUpdatePayload';
  codeDiscountNode?: Maybe<DiscountCodeNode>;
  userErrors: Array<DiscountUserError>;
};

export type DiscountCodeDeactivatePayload = {
  __typename?: 'DiscountCodeDeactivatePayload';
  codeDiscountNode?: Maybe<DiscountCodeNode>;
  userErrors: Array<DiscountUserError>;
};

export type DiscountCodeDeletePayload = {
  __typename?: 'DiscountCodeDeletePayload';
  deletedCodeDiscountId?: Maybe<Scalars['ID']['output']>;
  userErrors: Array<DiscountUserError>;
};

export type DiscountCodeNode = Node & {
  __typename?: 'DiscountCodeNode';
  codeDiscount: DiscountCode;
  id: Scalars['ID']['output'];
};

export type DiscountCollectionsInput = {
  add?: InputMaybe<Array<Scalars['ID']['input']>>;
  remove?: InputMaybe<Array<Scalars['ID']['input']>>;
};

export type DiscountCombinesWith = {
  __typename?: 'DiscountCombinesWith';
  orderDiscounts: Scalars['Boolean']['output'];
  productDiscounts: Scalars['Boolean']['output'];
  shippingDiscounts: Scalars['Boolean']['output'];
};

export type DiscountCombinesWithInput = {
  orderDiscounts?: InputMaybe<Scalars['Boolean']['input']>;
  productDiscounts?: InputMaybe<Scalars['Boolean']['input']>;
  productDiscountsWithTagsOnSameCartLine?: InputMaybe<ProductDiscountsWithTagsOnSameCartLineInput>;
  shippingDiscounts?: InputMaybe<Scalars['Boolean']['input']>;
};

export type DiscountContextInput =
  | { all: DiscountBuyerSelection; customerSegments?: never; customers?: never; markets?: never }
  | { all?: never; customerSegments: DiscountCustomerSegmentsInput; customers?: never; markets?: never }
  | { all?: never; customerSegments?: never; customers: DiscountCustomersInput; markets?: never }
  | { all?: never; customerSegments?: never; customers?: never; markets: DiscountMarketsInput };

export type DiscountCustomerGetsInput = {
  appliesOnOneTimePurchase?: InputMaybe<Scalars['Boolean']['input']>;
  appliesOnSubscription?: InputMaybe<Scalars['Boolean']['input']>;
  items?: InputMaybe<DiscountItemsInput>;
  value?: InputMaybe<DiscountCustomerGetsValueInput>;
};

export type DiscountCustomerGetsValueInput = {
  discountAmount?: InputMaybe<DiscountAmountInput>;
  discountOnQuantity?: InputMaybe<DiscountOnQuantityInput>;
  percentage?: InputMaybe<Scalars['Float']['input']>;
};

export type DiscountCustomerSegmentsInput = {
  add?: InputMaybe<Array<Scalars['ID']['input']>>;
  remove?: InputMaybe<Array<Scalars['ID']['input']>>;
};

export type DiscountCustomerSelectionInput = {
  all?: InputMaybe<Scalars['Boolean']['input']>;
  customerSegments?: InputMaybe<DiscountCustomerSegmentsInput>;
  customers?: InputMaybe<DiscountCustomersInput>;
};

export type DiscountCustomersInput = {
  add?: InputMaybe<Array<Scalars['ID']['input']>>;
  remove?: InputMaybe<Array<Scalars['ID']['input']>>;
};

export type DiscountEffectInput = {
  amount?: InputMaybe<Scalars['Decimal']['input']>;
  percentage?: InputMaybe<Scalars['Float']['input']>;
};

export enum DiscountErrorCode {
  ActivePeriodOverlap = 'ACTIVE_PERIOD_OVERLAP',
  AppliesOnNothing = 'APPLIES_ON_NOTHING',
  Blank = 'BLANK',
  Conflict = 'CONFLICT',
  DiscountNotCompatibleWithConditionTypes = 'DISCOUNT_NOT_COMPATIBLE_WITH_CONDITION_TYPES',
  Duplicate = 'DUPLICATE',
  EndDateBeforeStartDate = 'END_DATE_BEFORE_START_DATE',
  EqualTo = 'EQUAL_TO',
  ExceededMax = 'EXCEEDED_MAX',
  GreaterThan = 'GREATER_THAN',
  GreaterThanOrEqualTo = 'GREATER_THAN_OR_EQUAL_TO',
  ImplicitDuplicate = 'IMPLICIT_DUPLICATE',
  Inclusion = 'INCLUSION',
  InternalError = 'INTERNAL_ERROR',
  Invalid = 'INVALID',
  InvalidCombinesWithForDiscountClass = 'INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS',
  InvalidDiscountClassForPriceRule = 'INVALID_DISCOUNT_CLASS_FOR_PRICE_RULE',
  InvalidProductDiscountsFalseWithExistingTagsOnSameCartLine = 'INVALID_PRODUCT_DISCOUNTS_FALSE_WITH_EXISTING_TAGS_ON_SAME_CART_LINE',
  InvalidProductDiscountsWithTagsOnSameCartLineForDiscountClass = 'INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_FOR_DISCOUNT_CLASS',
  InvalidProductDiscountsWithTagsOnSameCartLineWithoutProductDiscounts = 'INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_WITHOUT_PRODUCT_DISCOUNTS',
  InvalidTagLength = 'INVALID_TAG_LENGTH',
  LessThan = 'LESS_THAN',
  LessThanOrEqualTo = 'LESS_THAN_OR_EQUAL_TO',
  MaxAppDiscounts = 'MAX_APP_DISCOUNTS',
  MinimumSubtotalAndQuantityRangeBothPresent = 'MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT',
  MissingArgument = 'MISSING_ARGUMENT',
  MissingFunctionIdentifier = 'MISSING_FUNCTION_IDENTIFIER',
  MultipleFunctionIdentifiers = 'MULTIPLE_FUNCTION_IDENTIFIERS',
  MultipleRecurringCycleLimitForNonSubscriptionItems = 'MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS',
  Present = 'PRESENT',
  ProductDiscountsWithTagsOnSameCartLineNotEntitled = 'PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_NOT_ENTITLED',
  RecurringCycleLimitNotAValidInteger = 'RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER',
  Taken = 'TAKEN',
  TooLong = 'TOO_LONG',
  TooManyArguments = 'TOO_MANY_ARGUMENTS',
  TooManyProductDiscountsWithTagsOnSameCartLine = 'TOO_MANY_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE',
  TooManyTags = 'TOO_MANY_TAGS',
  TooShort = 'TOO_SHORT',
  ValueOutsideRange = 'VALUE_OUTSIDE_RANGE',
}

export type DiscountItemsInput = {
  all?: InputMaybe<Scalars['Boolean']['input']>;
  collections?: InputMaybe<DiscountCollectionsInput>;
  products?: InputMaybe<DiscountProductsInput>;
};

export type DiscountMarketsInput = {
  add?: InputMaybe<Array<Scalars['ID']['input']>>;
  remove?: InputMaybe<Array<Scalars['ID']['input']>>;
};

export type DiscountMinimumQuantityInput = {
  greaterThanOrEqualToQuantity?: InputMaybe<Scalars['UnsignedInt64']['input']>;
};

export type DiscountMinimumRequirementInput = {
  quantity?: InputMaybe<DiscountMinimumQuantityInput>;
  subtotal?: InputMaybe<DiscountMinimumSubtotalInput>;
};

export type DiscountMinimumSubtotalInput = {
  greaterThanOrEqualToSubtotal?: InputMaybe<Scalars['Decimal']['input']>;
};

export type DiscountNode = Node & {
  __typename?: 'DiscountNode';
  discount: Discount;
  id: Scalars['ID']['output'];
  metafield?: Maybe<Metafield>;
};

export type DiscountNodeMetafieldArgs = {
  key: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
};

export type DiscountNodeConnection = {
  __typename?: 'DiscountNodeConnection';
  nodes: Array<DiscountNode>;
};

export type DiscountOnQuantityInput = {
  effect?: InputMaybe<DiscountEffectInput>;
  quantity?: InputMaybe<Scalars['UnsignedInt64']['input']>;
};

export type DiscountProductsInput = {
  productVariantsToAdd?: InputMaybe<Array<Scalars['ID']['input']>>;
  productVariantsToRemove?: InputMaybe<Array<Scalars['ID']['input']>>;
  productsToAdd?: InputMaybe<Array<Scalars['ID']['input']>>;
  productsToRemove?: InputMaybe<Array<Scalars['ID']['input']>>;
};

export enum DiscountSortKeys {
  CreatedAt = 'CREATED_AT',
  EndsAt = 'ENDS_AT',
  Id = 'ID',
  Relevance = 'RELEVANCE',
  StartsAt = 'STARTS_AT',
  Title = 'TITLE',
  UpdatedAt = 'UPDATED_AT',
}

export enum DiscountStatus {
  Active = 'ACTIVE',
  Expired = 'EXPIRED',
  Scheduled = 'SCHEDULED',
}

export type DiscountUserError = {
  __typename?: 'DiscountUserError';
  code?: Maybe<DiscountErrorCode>;
  field?: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export type Fulfillment = Node & {
  __typename?: 'Fulfillment';
  createdAt: Scalars['DateTime']['output'];
  fulfillmentLineItems: FulfillmentLineItemConnection;
  id: Scalars['ID']['output'];
  status: FulfillmentStatus;
};

export type FulfillmentFulfillmentLineItemsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
};

export type FulfillmentLineItem = Node & {
  __typename?: 'FulfillmentLineItem';
  lineItem: LineItem;
  quantity?: Maybe<Scalars['Int']['output']>;
};

export type FulfillmentLineItemConnection = {
  __typename?: 'FulfillmentLineItemConnection';
  nodes: Array<FulfillmentLineItem>;
  pageInfo: PageInfo;
};

export enum FulfillmentStatus {
  Cancelled = 'CANCELLED',
  Error = 'ERROR',
  Failure = 'FAILURE',
  /** @deprecated This is a legacy status and is due to be deprecated. */
  Open = 'OPEN',
  /** @deprecated This is a legacy status and is due to be deprecated. */
  Pending = 'PENDING',
  Success = 'SUCCESS',
}

export type Image = {
  __typename?: 'Image';
  url: Scalars['URL']['output'];
};

export type ImageUrlArgs = {
  transform?: InputMaybe<ImageTransformInput>;
};

export enum ImageContentType {
  Jpg = 'JPG',
  Png = 'PNG',
  Webp = 'WEBP',
}

export type ImageTransformInput = {
  crop?: InputMaybe<CropRegion>;
  maxHeight?: InputMaybe<Scalars['Int']['input']>;
  maxWidth?: InputMaybe<Scalars['Int']['input']>;
  preferredContentType?: InputMaybe<ImageContentType>;
  scale?: InputMaybe<Scalars['Int']['input']>;
};

export type InventoryItem = Node & {
  __typename?: 'InventoryItem';
  unitCost?: Maybe<MoneyV2>;
};

export type LineItem = Node & {
  __typename?: 'LineItem';
  currentQuantity: Scalars['Int']['output'];
  discountAllocations: Array<DiscountAllocation>;
  id: Scalars['ID']['output'];
  isGiftCard: Scalars['Boolean']['output'];
  originalUnitPriceSet: MoneyBag;
  product?: Maybe<Product>;
  quantity: Scalars['Int']['output'];
  taxLines: Array<TaxLine>;
  title: Scalars['String']['output'];
  unfulfilledQuantity: Scalars['Int']['output'];
  variant?: Maybe<ProductVariant>;
};

export type LineItemTaxLinesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type LineItemConnection = {
  __typename?: 'LineItemConnection';
  edges: Array<LineItemEdge>;
  nodes: Array<LineItem>;
  pageInfo: PageInfo;
};

export type LineItemEdge = {
  __typename?: 'LineItemEdge';
  node: LineItem;
};

export type MailingAddress = Node & {
  __typename?: 'MailingAddress';
  address1?: Maybe<Scalars['String']['output']>;
  address2?: Maybe<Scalars['String']['output']>;
  city?: Maybe<Scalars['String']['output']>;
  countryCodeV2?: Maybe<CountryCode>;
  id: Scalars['ID']['output'];
  province?: Maybe<Scalars['String']['output']>;
  provinceCode?: Maybe<Scalars['String']['output']>;
  zip?: Maybe<Scalars['String']['output']>;
};

export type MailingAddressConnection = {
  __typename?: 'MailingAddressConnection';
  nodes: Array<MailingAddress>;
};

export type MailingAddressInput = {
  address1?: InputMaybe<Scalars['String']['input']>;
  address2?: InputMaybe<Scalars['String']['input']>;
  city?: InputMaybe<Scalars['String']['input']>;
  company?: InputMaybe<Scalars['String']['input']>;
  /** @deprecated Use `countryCode` instead. */
  country?: InputMaybe<Scalars['String']['input']>;
  countryCode?: InputMaybe<CountryCode>;
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** @deprecated Not needed for 90% of mutations, and provided separately where it is needed. */
  id?: InputMaybe<Scalars['ID']['input']>;
  lastName?: InputMaybe<Scalars['String']['input']>;
  phone?: InputMaybe<Scalars['String']['input']>;
  /** @deprecated Use `provinceCode` instead. */
  province?: InputMaybe<Scalars['String']['input']>;
  provinceCode?: InputMaybe<Scalars['String']['input']>;
  zip?: InputMaybe<Scalars['String']['input']>;
};

export type Media = {
  preview?: Maybe<MediaPreviewImage>;
};

export type MediaPreviewImage = {
  __typename?: 'MediaPreviewImage';
  image?: Maybe<Image>;
};

export type Metafield = Node & {
  __typename?: 'Metafield';
  compareDigest: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  jsonValue: Scalars['JSON']['output'];
  key: Scalars['String']['output'];
  updatedAt: Scalars['DateTime']['output'];
  value: Scalars['String']['output'];
};

export type MetafieldAccessInput = {
  admin?: InputMaybe<MetafieldAdminAccessInput>;
  customerAccount?: InputMaybe<MetafieldCustomerAccountAccessInput>;
  storefront?: InputMaybe<MetafieldStorefrontAccessInput>;
};

export enum MetafieldAdminAccessInput {
  MerchantRead = 'MERCHANT_READ',
  MerchantReadWrite = 'MERCHANT_READ_WRITE',
}

export type MetafieldCapabilityAdminFilterableInput = {
  enabled: Scalars['Boolean']['input'];
};

export type MetafieldCapabilityAnalyticsQueryableInput = {
  enabled: Scalars['Boolean']['input'];
};

export type MetafieldCapabilityCartToOrderCopyableInput = {
  enabled: Scalars['Boolean']['input'];
};

export type MetafieldCapabilityCreateInput = {
  adminFilterable?: InputMaybe<MetafieldCapabilityAdminFilterableInput>;
  analyticsQueryable?: InputMaybe<MetafieldCapabilityAnalyticsQueryableInput>;
  cartToOrderCopyable?: InputMaybe<MetafieldCapabilityCartToOrderCopyableInput>;
  smartCollectionCondition?: InputMaybe<MetafieldCapabilitySmartCollectionConditionInput>;
  uniqueValues?: InputMaybe<MetafieldCapabilityUniqueValuesInput>;
};

export type MetafieldCapabilitySmartCollectionConditionInput = {
  enabled: Scalars['Boolean']['input'];
};

export type MetafieldCapabilityUniqueValuesInput = {
  enabled: Scalars['Boolean']['input'];
};

export type MetafieldConnection = {
  __typename?: 'MetafieldConnection';
  nodes: Array<Metafield>;
};

export enum MetafieldCustomerAccountAccessInput {
  None = 'NONE',
  Read = 'READ',
  ReadWrite = 'READ_WRITE',
}

export type MetafieldDefinition = Node & {
  __typename?: 'MetafieldDefinition';
  id: Scalars['ID']['output'];
};

export type MetafieldDefinitionConstraintsInput = {
  key: Scalars['String']['input'];
  values: Array<Scalars['String']['input']>;
};

export type MetafieldDefinitionCreatePayload = {
  __typename?: 'MetafieldDefinitionCreatePayload';
  createdDefinition?: Maybe<MetafieldDefinition>;
  userErrors: Array<MetafieldDefinitionCreateUserError>;
};

export type MetafieldDefinitionCreateUserError = {
  __typename?: 'MetafieldDefinitionCreateUserError';
  code?: Maybe<MetafieldDefinitionCreateUserErrorCode>;
  field?: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export enum MetafieldDefinitionCreateUserErrorCode {
  AdminAccessInputNotAllowed = 'ADMIN_ACCESS_INPUT_NOT_ALLOWED',
  Blank = 'BLANK',
  CapabilityRequiredButDisabled = 'CAPABILITY_REQUIRED_BUT_DISABLED',
  DuplicateOption = 'DUPLICATE_OPTION',
  Inclusion = 'INCLUSION',
  Invalid = 'INVALID',
  InvalidCapability = 'INVALID_CAPABILITY',
  InvalidCharacter = 'INVALID_CHARACTER',
  InvalidConstraints = 'INVALID_CONSTRAINTS',
  InvalidInputCombination = 'INVALID_INPUT_COMBINATION',
  InvalidOption = 'INVALID_OPTION',
  LimitExceeded = 'LIMIT_EXCEEDED',
  OwnerTypeLimitExceededForAutomatedCollections = 'OWNER_TYPE_LIMIT_EXCEEDED_FOR_AUTOMATED_COLLECTIONS',
  OwnerTypeLimitExceededForUseAsAdminFilters = 'OWNER_TYPE_LIMIT_EXCEEDED_FOR_USE_AS_ADMIN_FILTERS',
  PinnedLimitReached = 'PINNED_LIMIT_REACHED',
  Present = 'PRESENT',
  ReservedNamespaceKey = 'RESERVED_NAMESPACE_KEY',
  ResourceTypeLimitExceeded = 'RESOURCE_TYPE_LIMIT_EXCEEDED',
  ResourceTypeLimitExceededByApp = 'RESOURCE_TYPE_LIMIT_EXCEEDED_BY_APP',
  Taken = 'TAKEN',
  TooLong = 'TOO_LONG',
  TooShort = 'TOO_SHORT',
  TypeNotAllowedForConditions = 'TYPE_NOT_ALLOWED_FOR_CONDITIONS',
  UnstructuredAlreadyExists = 'UNSTRUCTURED_ALREADY_EXISTS',
  UnsupportedPinning = 'UNSUPPORTED_PINNING',
}

export type MetafieldDefinitionInput = {
  access?: InputMaybe<MetafieldAccessInput>;
  capabilities?: InputMaybe<MetafieldCapabilityCreateInput>;
  constraints?: InputMaybe<MetafieldDefinitionConstraintsInput>;
  description?: InputMaybe<Scalars['String']['input']>;
  key: Scalars['String']['input'];
  name: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
  ownerType: MetafieldOwnerType;
  pin?: InputMaybe<Scalars['Boolean']['input']>;
  type: Scalars['String']['input'];
  /** @deprecated Use `smartCollectionCondition` instead. */
  useAsCollectionCondition?: InputMaybe<Scalars['Boolean']['input']>;
  validations?: InputMaybe<Array<MetafieldDefinitionValidationInput>>;
};

export type MetafieldDefinitionValidationInput = {
  name: Scalars['String']['input'];
  value: Scalars['String']['input'];
};

export type MetafieldIdentifier = {
  __typename?: 'MetafieldIdentifier';
  ownerId: Scalars['ID']['output'];
};

export type MetafieldIdentifierInput = {
  key: Scalars['String']['input'];
  namespace: Scalars['String']['input'];
  ownerId: Scalars['ID']['input'];
};

export type MetafieldInput = {
  id?: InputMaybe<Scalars['ID']['input']>;
  key?: InputMaybe<Scalars['String']['input']>;
  namespace?: InputMaybe<Scalars['String']['input']>;
  type?: InputMaybe<Scalars['String']['input']>;
  value?: InputMaybe<Scalars['String']['input']>;
};

export enum MetafieldOwnerType {
  ApiPermission = 'API_PERMISSION',
  Article = 'ARTICLE',
  Blog = 'BLOG',
  Carttransform = 'CARTTRANSFORM',
  Collection = 'COLLECTION',
  Company = 'COMPANY',
  CompanyLocation = 'COMPANY_LOCATION',
  Customer = 'CUSTOMER',
  DeliveryCustomization = 'DELIVERY_CUSTOMIZATION',
  Discount = 'DISCOUNT',
  Draftorder = 'DRAFTORDER',
  FulfillmentConstraintRule = 'FULFILLMENT_CONSTRAINT_RULE',
  GiftCardTransaction = 'GIFT_CARD_TRANSACTION',
  Location = 'LOCATION',
  Market = 'MARKET',
  /** @deprecated `MEDIA_IMAGE` is deprecated. */
  MediaImage = 'MEDIA_IMAGE',
  Order = 'ORDER',
  OrderRoutingLocationRule = 'ORDER_ROUTING_LOCATION_RULE',
  Page = 'PAGE',
  PaymentCustomization = 'PAYMENT_CUSTOMIZATION',
  Product = 'PRODUCT',
  Productvariant = 'PRODUCTVARIANT',
  SellingPlan = 'SELLING_PLAN',
  Shop = 'SHOP',
  Transfer = 'TRANSFER',
  Validation = 'VALIDATION',
}

export enum MetafieldStorefrontAccessInput {
  None = 'NONE',
  PublicRead = 'PUBLIC_READ',
}

export type MetafieldsDeletePayload = {
  __typename?: 'MetafieldsDeletePayload';
  deletedMetafields?: Maybe<Array<Maybe<MetafieldIdentifier>>>;
  userErrors: Array<UserError>;
};

export type MetafieldsSetInput = {
  compareDigest?: InputMaybe<Scalars['String']['input']>;
  key: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
  ownerId: Scalars['ID']['input'];
  type?: InputMaybe<Scalars['String']['input']>;
  value: Scalars['String']['input'];
};

export type MetafieldsSetPayload = {
  __typename?: 'MetafieldsSetPayload';
  metafields?: Maybe<Array<Metafield>>;
  userErrors: Array<MetafieldsSetUserError>;
};

export type MetafieldsSetUserError = {
  __typename?: 'MetafieldsSetUserError';
  code?: Maybe<MetafieldsSetUserErrorCode>;
  elementIndex?: Maybe<Scalars['Int']['output']>;
  field?: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export enum MetafieldsSetUserErrorCode {
  AppNotAuthorized = 'APP_NOT_AUTHORIZED',
  Blank = 'BLANK',
  CapabilityViolation = 'CAPABILITY_VIOLATION',
  Inclusion = 'INCLUSION',
  InternalError = 'INTERNAL_ERROR',
  Invalid = 'INVALID',
  InvalidCompareDigest = 'INVALID_COMPARE_DIGEST',
  InvalidType = 'INVALID_TYPE',
  InvalidValue = 'INVALID_VALUE',
  LessThanOrEqualTo = 'LESS_THAN_OR_EQUAL_TO',
  Present = 'PRESENT',
  StaleObject = 'STALE_OBJECT',
  Taken = 'TAKEN',
  TooLong = 'TOO_LONG',
  TooShort = 'TOO_SHORT',
}

export type MoneyBag = {
  __typename?: 'MoneyBag';
  shopMoney: MoneyV2;
};

export type MoneyInput = {
  amount: Scalars['Decimal']['input'];
  currencyCode: CurrencyCode;
};

export type MoneyV2 = {
  __typename?: 'MoneyV2';
  amount: Scalars['Decimal']['output'];
  currencyCode: CurrencyCode;
};

export type Mutation = {
  __typename?: 'Mutation';
  appPurchaseOneTimeCreate?: Maybe<AppPurchaseOneTimeCreatePayload>;
  bulkOperationCancel?: Maybe<BulkOperationCancelPayload>;
  bulkOperationRunMutation?: Maybe<BulkOperationRunMutationPayload>;
  bulkOperationRunQuery?: Maybe<BulkOperationRunQueryPayload>;
  customerAddressCreate?: Maybe<CustomerAddressCreatePayload>;
  customerAddressDelete?: Maybe<CustomerAddressDeletePayload>;
  customerAddressUpdate?: Maybe<CustomerAddressUpdatePayload>;
  customerDelete?: Maybe<CustomerDeletePayload>;
  customerEmailMarketingConsentUpdate?: Maybe<CustomerEmailMarketingConsentUpdatePayload>;
  customerSegmentMembersQueryCreate?: Maybe<CustomerSegmentMembersQueryCreatePayload>;
  customerSet?: Maybe<CustomerSetPayload>;
  customerSmsMarketingConsentUpdate?: Maybe<CustomerSmsMarketingConsentUpdatePayload>;
  customerUpdateDefaultAddress?: Maybe<CustomerUpdateDefaultAddressPayload>;
  discountAutomaticActivate?: Maybe<DiscountAutomaticActivatePayload>;
  discountAutomaticAppCreate?: Maybe<DiscountAutomaticAppCreatePayload>;
  discountAutomaticAppUpdate?: Maybe<DiscountAutomaticAppUpdatePayload>;
  discountCodeBasicCreate?: Maybe<DiscountCodeBasicCreatePayload>;
  discountCodeBasicUpdate?: Maybe<DiscountCodeBasicUpdatePayload>;
  discountCodeDeactivate?: Maybe<DiscountCodeDeactivatePayload>;
  discountCodeDelete?: Maybe<DiscountCodeDeletePayload>;
  metafieldDefinitionCreate?: Maybe<MetafieldDefinitionCreatePayload>;
  metafieldsDelete?: Maybe<MetafieldsDeletePayload>;
  metafieldsSet?: Maybe<MetafieldsSetPayload>;
  segmentCreate?: Maybe<SegmentCreatePayload>;
  segmentDelete?: Maybe<SegmentDeletePayload>;
  segmentUpdate?: Maybe<SegmentUpdatePayload>;
  stagedUploadsCreate?: Maybe<StagedUploadsCreatePayload>;
  storeCreditAccountCredit?: Maybe<StoreCreditAccountCreditPayload>;
  tagsAdd?: Maybe<TagsAddPayload>;
  tagsRemove?: Maybe<TagsRemovePayload>;
  validationCreate?: Maybe<ValidationCreatePayload>;
  validationUpdate?: Maybe<ValidationUpdatePayload>;
};

export type MutationAppPurchaseOneTimeCreateArgs = {
  name: Scalars['String']['input'];
  price: MoneyInput;
  returnUrl: Scalars['URL']['input'];
  test?: InputMaybe<Scalars['Boolean']['input']>;
};

export type MutationBulkOperationCancelArgs = {
  id: Scalars['ID']['input'];
};

export type MutationBulkOperationRunMutationArgs = {
  clientIdentifier?: InputMaybe<Scalars['String']['input']>;
  groupObjects?: InputMaybe<Scalars['Boolean']['input']>;
  mutation: Scalars['String']['input'];
  stagedUploadPath: Scalars['String']['input'];
};

export type MutationBulkOperationRunQueryArgs = {
  groupObjects?: Scalars['Boolean']['input'];
  query: Scalars['String']['input'];
};

export type MutationCustomerAddressCreateArgs = {
  address: MailingAddressInput;
  customerId: Scalars['ID']['input'];
  setAsDefault?: InputMaybe<Scalars['Boolean']['input']>;
};

export type MutationCustomerAddressDeleteArgs = {
  addressId: Scalars['ID']['input'];
  customerId: Scalars['ID']['input'];
};

export type MutationCustomerAddressUpdateArgs = {
  address: MailingAddressInput;
  addressId: Scalars['ID']['input'];
  customerId: Scalars['ID']['input'];
  setAsDefault?: InputMaybe<Scalars['Boolean']['input']>;
};

export type MutationCustomerDeleteArgs = {
  input: CustomerDeleteInput;
};

export type MutationCustomerEmailMarketingConsentUpdateArgs = {
  input: CustomerEmailMarketingConsentUpdateInput;
};

export type MutationCustomerSegmentMembersQueryCreateArgs = {
  input: CustomerSegmentMembersQueryInput;
};

export type MutationCustomerSetArgs = {
  identifier?: InputMaybe<CustomerSetIdentifiers>;
  input: CustomerSetInput;
};

export type MutationCustomerSmsMarketingConsentUpdateArgs = {
  input: CustomerSmsMarketingConsentUpdateInput;
};

export type MutationCustomerUpdateDefaultAddressArgs = {
  addressId: Scalars['ID']['input'];
  customerId: Scalars['ID']['input'];
};

export type MutationDiscountAutomaticActivateArgs = {
  id: Scalars['ID']['input'];
};

export type MutationDiscountAutomaticAppCreateArgs = {
  automaticAppDiscount: DiscountAutomaticAppInput;
};

export type MutationDiscountAutomaticAppUpdateArgs = {
  automaticAppDiscount: DiscountAutomaticAppInput;
  id: Scalars['ID']['input'];
};

export type MutationDiscountCodeBasicCreateArgs = {
  basicCodeDiscount: DiscountCodeBasicInput;
};

export type MutationDiscountCodeBasicUpdateArgs = {
  basicCodeDiscount: DiscountCodeBasicInput;
  id: Scalars['ID']['input'];
};

export type MutationDiscountCodeDeactivateArgs = {
  id: Scalars['ID']['input'];
};

export type MutationDiscountCodeDeleteArgs = {
  id: Scalars['ID']['input'];
};

export type MutationMetafieldDefinitionCreateArgs = {
  definition: MetafieldDefinitionInput;
};

export type MutationMetafieldsDeleteArgs = {
  metafields: Array<MetafieldIdentifierInput>;
};

export type MutationMetafieldsSetArgs = {
  metafields: Array<MetafieldsSetInput>;
};

export type MutationSegmentCreateArgs = {
  name: Scalars['String']['input'];
  query: Scalars['String']['input'];
};

export type MutationSegmentDeleteArgs = {
  id: Scalars['ID']['input'];
};

export type MutationSegmentUpdateArgs = {
  id: Scalars['ID']['input'];
  name?: InputMaybe<Scalars['String']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
};

export type MutationStagedUploadsCreateArgs = {
  input: Array<StagedUploadInput>;
};

export type MutationStoreCreditAccountCreditArgs = {
  creditInput: StoreCreditAccountCreditInput;
  id: Scalars['ID']['input'];
};

export type MutationTagsAddArgs = {
  id: Scalars['ID']['input'];
  tags: Array<Scalars['String']['input']>;
};

export type MutationTagsRemoveArgs = {
  id: Scalars['ID']['input'];
  tags: Array<Scalars['String']['input']>;
};

export type MutationValidationCreateArgs = {
  validation: ValidationCreateInput;
};

export type MutationValidationUpdateArgs = {
  id: Scalars['ID']['input'];
  validation: ValidationUpdateInput;
};

export type Node = {
  _unused?: Maybe<Scalars['Boolean']['output']>;
};

export type Order = Node & {
  __typename?: 'Order';
  cancelledAt?: Maybe<Scalars['DateTime']['output']>;
  createdAt: Scalars['DateTime']['output'];
  currencyCode: CurrencyCode;
  currentShippingPriceSet: MoneyBag;
  customer?: Maybe<Customer>;
  discountApplications: DiscountApplicationConnection;
  discountCodes: Array<Scalars['String']['output']>;
  displayFinancialStatus?: Maybe<OrderDisplayFinancialStatus>;
  email?: Maybe<Scalars['String']['output']>;
  fulfillments: Array<Fulfillment>;
  id: Scalars['ID']['output'];
  lineItems: LineItemConnection;
  name: Scalars['String']['output'];
  note?: Maybe<Scalars['String']['output']>;
  originalTotalPriceSet: MoneyBag;
  phone?: Maybe<Scalars['String']['output']>;
  processedAt: Scalars['DateTime']['output'];
  refunds: Array<Refund>;
  shippingLines: ShippingLineConnection;
  sourceName?: Maybe<Scalars['String']['output']>;
  taxesIncluded: Scalars['Boolean']['output'];
  test: Scalars['Boolean']['output'];
  totalOutstandingSet: MoneyBag;
  totalPriceSet: MoneyBag;
  totalTaxSet?: Maybe<MoneyBag>;
  totalTipReceivedSet: MoneyBag;
  transactions: Array<OrderTransaction>;
  updatedAt: Scalars['DateTime']['output'];
};

export type OrderDiscountApplicationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
};

export type OrderFulfillmentsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
};

export type OrderLineItemsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
};

export type OrderRefundsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type OrderShippingLinesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  includeRemovals?: InputMaybe<Scalars['Boolean']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
};

export type OrderTransactionsArgs = {
  capturable?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  manuallyResolvable?: InputMaybe<Scalars['Boolean']['input']>;
};

export type OrderAdjustment = Node & {
  __typename?: 'OrderAdjustment';
  amountSet: MoneyBag;
  reason?: Maybe<OrderAdjustmentDiscrepancyReason>;
};

export type OrderAdjustmentConnection = {
  __typename?: 'OrderAdjustmentConnection';
  nodes: Array<OrderAdjustment>;
  pageInfo: PageInfo;
};

export enum OrderAdjustmentDiscrepancyReason {
  Customer = 'CUSTOMER',
  Damage = 'DAMAGE',
  FullReturnBalancingAdjustment = 'FULL_RETURN_BALANCING_ADJUSTMENT',
  PendingRefundDiscrepancy = 'PENDING_REFUND_DISCREPANCY',
  RefundDiscrepancy = 'REFUND_DISCREPANCY',
  Restock = 'RESTOCK',
}

export type OrderConnection = {
  __typename?: 'OrderConnection';
  edges: Array<OrderEdge>;
  nodes: Array<Order>;
  pageInfo: PageInfo;
};

export enum OrderDisplayFinancialStatus {
  Authorized = 'AUTHORIZED',
  Expired = 'EXPIRED',
  Paid = 'PAID',
  PartiallyPaid = 'PARTIALLY_PAID',
  PartiallyRefunded = 'PARTIALLY_REFUNDED',
  Pending = 'PENDING',
  Refunded = 'REFUNDED',
  Voided = 'VOIDED',
}

export type OrderEdge = {
  __typename?: 'OrderEdge';
  node: Order;
};

export enum OrderSortKeys {
  CreatedAt = 'CREATED_AT',
  CurrentTotalPrice = 'CURRENT_TOTAL_PRICE',
  CustomerName = 'CUSTOMER_NAME',
  Destination = 'DESTINATION',
  FinancialStatus = 'FINANCIAL_STATUS',
  FulfillmentStatus = 'FULFILLMENT_STATUS',
  Id = 'ID',
  OrderNumber = 'ORDER_NUMBER',
  PoNumber = 'PO_NUMBER',
  ProcessedAt = 'PROCESSED_AT',
  Relevance = 'RELEVANCE',
  TotalItemsQuantity = 'TOTAL_ITEMS_QUANTITY',
  TotalPrice = 'TOTAL_PRICE',
  UpdatedAt = 'UPDATED_AT',
}

export type OrderTransaction = Node & {
  __typename?: 'OrderTransaction';
  amountSet: MoneyBag;
  kind: OrderTransactionKind;
  processedAt?: Maybe<Scalars['DateTime']['output']>;
  status: OrderTransactionStatus;
};

export enum OrderTransactionKind {
  Authorization = 'AUTHORIZATION',
  Capture = 'CAPTURE',
  Change = 'CHANGE',
  EmvAuthorization = 'EMV_AUTHORIZATION',
  Refund = 'REFUND',
  Sale = 'SALE',
  SuggestedRefund = 'SUGGESTED_REFUND',
  Void = 'VOID',
}

export enum OrderTransactionStatus {
  AwaitingResponse = 'AWAITING_RESPONSE',
  Error = 'ERROR',
  Failure = 'FAILURE',
  Pending = 'PENDING',
  Success = 'SUCCESS',
  Unknown = 'UNKNOWN',
}

export type OtherDiscount = {
  __typename?: 'OtherDiscount';
  _unused?: Maybe<Scalars['Boolean']['output']>;
};

export type OtherDiscountApplication = DiscountApplication & {
  __typename?: 'OtherDiscountApplication';
  index: Scalars['Int']['output'];
};

export type OtherDiscountCode = {
  __typename?: 'OtherDiscountCode';
  _unused?: Maybe<Scalars['Boolean']['output']>;
};

export type OtherMedia = Media & {
  __typename?: 'OtherMedia';
  preview?: Maybe<MediaPreviewImage>;
};

export type OtherNode = Node & {
  __typename?: 'OtherNode';
  _unused?: Maybe<Scalars['Boolean']['output']>;
};

export type OtherPricingValue = {
  __typename?: 'OtherPricingValue';
  _unused?: Maybe<Scalars['Boolean']['output']>;
};

export type OtherStoreCreditAccountTransaction = StoreCreditAccountTransaction & {
  __typename?: 'OtherStoreCreditAccountTransaction';
  amount: MoneyV2;
};

export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor?: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor?: Maybe<Scalars['String']['output']>;
};

export type PricingPercentageValue = {
  __typename?: 'PricingPercentageValue';
  percentage: Scalars['Float']['output'];
};

export type PricingValue = MoneyV2 | OtherPricingValue | PricingPercentageValue;

export type Product = Node & {
  __typename?: 'Product';
  collections: CollectionConnection;
  featuredMedia?: Maybe<Media>;
  hasOnlyDefaultVariant: Scalars['Boolean']['output'];
  id: Scalars['ID']['output'];
  isGiftCard: Scalars['Boolean']['output'];
  metafield?: Maybe<Metafield>;
  productType: Scalars['String']['output'];
  status: ProductStatus;
  tags: Array<Scalars['String']['output']>;
  title: Scalars['String']['output'];
  updatedAt: Scalars['DateTime']['output'];
  variants: ProductVariantConnection;
  vendor: Scalars['String']['output'];
};

export type ProductCollectionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
  sortKey?: InputMaybe<CollectionSortKeys>;
};

export type ProductMetafieldArgs = {
  key: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
};

export type ProductVariantsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
  sortKey?: InputMaybe<ProductVariantSortKeys>;
};

export enum ProductCollectionSortKeys {
  BestSelling = 'BEST_SELLING',
  CollectionDefault = 'COLLECTION_DEFAULT',
  Created = 'CREATED',
  Id = 'ID',
  Manual = 'MANUAL',
  Price = 'PRICE',
  Relevance = 'RELEVANCE',
  Title = 'TITLE',
}

export type ProductConnection = {
  __typename?: 'ProductConnection';
  edges: Array<ProductEdge>;
  nodes: Array<Product>;
  pageInfo: PageInfo;
};

export type ProductDiscountsWithTagsOnSameCartLineInput = {
  add?: InputMaybe<Array<Scalars['String']['input']>>;
  remove?: InputMaybe<Array<Scalars['String']['input']>>;
};

export type ProductEdge = {
  __typename?: 'ProductEdge';
  node: Product;
};

export enum ProductSortKeys {
  CreatedAt = 'CREATED_AT',
  Id = 'ID',
  InventoryTotal = 'INVENTORY_TOTAL',
  ProductType = 'PRODUCT_TYPE',
  PublishedAt = 'PUBLISHED_AT',
  Relevance = 'RELEVANCE',
  Title = 'TITLE',
  UpdatedAt = 'UPDATED_AT',
  Vendor = 'VENDOR',
}

export enum ProductStatus {
  Active = 'ACTIVE',
  Archived = 'ARCHIVED',
  Draft = 'DRAFT',
  Unlisted = 'UNLISTED',
}

export type ProductVariant = Node & {
  __typename?: 'ProductVariant';
  compareAtPrice?: Maybe<Scalars['Money']['output']>;
  id: Scalars['ID']['output'];
  inventoryItem: InventoryItem;
  metafield?: Maybe<Metafield>;
  price: Scalars['Money']['output'];
  product: Product;
  sku?: Maybe<Scalars['String']['output']>;
  title: Scalars['String']['output'];
};

export type ProductVariantMetafieldArgs = {
  key: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
};

export type ProductVariantConnection = {
  __typename?: 'ProductVariantConnection';
  nodes: Array<ProductVariant>;
  pageInfo: PageInfo;
};

export enum ProductVariantSortKeys {
  FullTitle = 'FULL_TITLE',
  Id = 'ID',
  InventoryLevelsAvailable = 'INVENTORY_LEVELS_AVAILABLE',
  InventoryManagement = 'INVENTORY_MANAGEMENT',
  InventoryPolicy = 'INVENTORY_POLICY',
  InventoryQuantity = 'INVENTORY_QUANTITY',
  Name = 'NAME',
  Popular = 'POPULAR',
  Position = 'POSITION',
  Relevance = 'RELEVANCE',
  Sku = 'SKU',
  Title = 'TITLE',
}

export type QueryRoot = {
  __typename?: 'QueryRoot';
  bulkOperation?: Maybe<BulkOperation>;
  bulkOperations: BulkOperationConnection;
  codeDiscountNodeByCode?: Maybe<DiscountCodeNode>;
  collection?: Maybe<Collection>;
  collections: CollectionConnection;
  currentAppInstallation: AppInstallation;
  customer?: Maybe<Customer>;
  customerByIdentifier?: Maybe<Customer>;
  customerSegmentMembers: CustomerSegmentMemberConnection;
  customerSegmentMembersQuery?: Maybe<CustomerSegmentMembersQuery>;
  customers: CustomerConnection;
  discountNode?: Maybe<DiscountNode>;
  discountNodes: DiscountNodeConnection;
  fulfillment?: Maybe<Fulfillment>;
  node?: Maybe<Node>;
  nodes: Array<Maybe<Node>>;
  order?: Maybe<Order>;
  orders: OrderConnection;
  product?: Maybe<Product>;
  productVariants: ProductVariantConnection;
  products: ProductConnection;
  segments: SegmentConnection;
  shop: Shop;
  validations: ValidationConnection;
};

export type QueryRootBulkOperationArgs = {
  id: Scalars['ID']['input'];
};

export type QueryRootBulkOperationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
  sortKey?: InputMaybe<BulkOperationsSortKeys>;
};

export type QueryRootCodeDiscountNodeByCodeArgs = {
  code: Scalars['String']['input'];
};

export type QueryRootCollectionArgs = {
  id: Scalars['ID']['input'];
};

export type QueryRootCollectionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
  savedSearchId?: InputMaybe<Scalars['ID']['input']>;
  sortKey?: InputMaybe<CollectionSortKeys>;
};

export type QueryRootCustomerArgs = {
  id: Scalars['ID']['input'];
};

export type QueryRootCustomerByIdentifierArgs = {
  identifier: CustomerIdentifierInput;
};

export type QueryRootCustomerSegmentMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  queryId?: InputMaybe<Scalars['ID']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
  segmentId?: InputMaybe<Scalars['ID']['input']>;
  sortKey?: InputMaybe<Scalars['String']['input']>;
  timezone?: InputMaybe<Scalars['String']['input']>;
};

export type QueryRootCustomerSegmentMembersQueryArgs = {
  id: Scalars['ID']['input'];
};

export type QueryRootCustomersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
  sortKey?: InputMaybe<CustomerSortKeys>;
};

export type QueryRootDiscountNodeArgs = {
  id: Scalars['ID']['input'];
};

export type QueryRootDiscountNodesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
  savedSearchId?: InputMaybe<Scalars['ID']['input']>;
  sortKey?: InputMaybe<DiscountSortKeys>;
};

export type QueryRootFulfillmentArgs = {
  id: Scalars['ID']['input'];
};

export type QueryRootNodeArgs = {
  id: Scalars['ID']['input'];
};

export type QueryRootNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};

export type QueryRootOrderArgs = {
  id: Scalars['ID']['input'];
};

export type QueryRootOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
  savedSearchId?: InputMaybe<Scalars['ID']['input']>;
  sortKey?: InputMaybe<OrderSortKeys>;
};

export type QueryRootProductArgs = {
  id: Scalars['ID']['input'];
};

export type QueryRootProductVariantsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
  savedSearchId?: InputMaybe<Scalars['ID']['input']>;
  sortKey?: InputMaybe<ProductVariantSortKeys>;
};

export type QueryRootProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
  savedSearchId?: InputMaybe<Scalars['ID']['input']>;
  sortKey?: InputMaybe<ProductSortKeys>;
};

export type QueryRootSegmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
  sortKey?: InputMaybe<SegmentSortKeys>;
};

export type QueryRootValidationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
  sortKey?: InputMaybe<ValidationSortKeys>;
};

export type Refund = Node & {
  __typename?: 'Refund';
  createdAt?: Maybe<Scalars['DateTime']['output']>;
  duties?: Maybe<Array<RefundDuty>>;
  id: Scalars['ID']['output'];
  orderAdjustments: OrderAdjustmentConnection;
  processedAt: Scalars['DateTime']['output'];
  refundLineItems: RefundLineItemConnection;
  refundShippingLines: RefundShippingLineConnection;
  totalRefundedSet: MoneyBag;
};

export type RefundOrderAdjustmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
};

export type RefundRefundLineItemsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
};

export type RefundRefundShippingLinesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
};

export type RefundDuty = {
  __typename?: 'RefundDuty';
  amountSet: MoneyBag;
};

export type RefundLineItem = {
  __typename?: 'RefundLineItem';
  lineItem: LineItem;
  quantity: Scalars['Int']['output'];
};

export type RefundLineItemConnection = {
  __typename?: 'RefundLineItemConnection';
  nodes: Array<RefundLineItem>;
  pageInfo: PageInfo;
};

export type RefundShippingLine = Node & {
  __typename?: 'RefundShippingLine';
  subtotalAmountSet: MoneyBag;
  taxAmountSet: MoneyBag;
};

export type RefundShippingLineConnection = {
  __typename?: 'RefundShippingLineConnection';
  nodes: Array<RefundShippingLine>;
  pageInfo: PageInfo;
};

export type Segment = Node & {
  __typename?: 'Segment';
  id: Scalars['ID']['output'];
  lastEditDate: Scalars['DateTime']['output'];
  name: Scalars['String']['output'];
  query: Scalars['String']['output'];
};

export type SegmentConnection = {
  __typename?: 'SegmentConnection';
  nodes: Array<Segment>;
  pageInfo: PageInfo;
};

export type SegmentCreatePayload = {
  __typename?: 'SegmentCreatePayload';
  segment?: Maybe<Segment>;
  userErrors: Array<UserError>;
};

export type SegmentDeletePayload = {
  __typename?: 'SegmentDeletePayload';
  deletedSegmentId?: Maybe<Scalars['ID']['output']>;
  userErrors: Array<UserError>;
};

export enum SegmentSortKeys {
  CreationDate = 'CREATION_DATE',
  Id = 'ID',
  LastEditDate = 'LAST_EDIT_DATE',
  Relevance = 'RELEVANCE',
}

export type SegmentUpdatePayload = {
  __typename?: 'SegmentUpdatePayload';
  segment?: Maybe<Segment>;
  userErrors: Array<UserError>;
};

export type ShippingLine = {
  __typename?: 'ShippingLine';
  discountAllocations: Array<DiscountAllocation>;
  discountedPriceSet: MoneyBag;
  isRemoved: Scalars['Boolean']['output'];
  originalPriceSet: MoneyBag;
  taxLines: Array<TaxLine>;
};

export type ShippingLineConnection = {
  __typename?: 'ShippingLineConnection';
  edges: Array<ShippingLineEdge>;
  nodes: Array<ShippingLine>;
};

export type ShippingLineEdge = {
  __typename?: 'ShippingLineEdge';
  node: ShippingLine;
};

export type Shop = Node & {
  __typename?: 'Shop';
  currencyCode: CurrencyCode;
  ianaTimezone: Scalars['String']['output'];
  name: Scalars['String']['output'];
  shopAddress: ShopAddress;
  taxesIncluded: Scalars['Boolean']['output'];
};

export type ShopAddress = Node & {
  __typename?: 'ShopAddress';
  countryCodeV2?: Maybe<CountryCode>;
};

export type ShopifyFunction = {
  __typename?: 'ShopifyFunction';
  appKey: Scalars['String']['output'];
  handle: Scalars['String']['output'];
};

export type StagedMediaUploadTarget = {
  __typename?: 'StagedMediaUploadTarget';
  parameters: Array<StagedUploadParameter>;
  url?: Maybe<Scalars['URL']['output']>;
};

export enum StagedUploadHttpMethodType {
  Post = 'POST',
  Put = 'PUT',
}

export type StagedUploadInput = {
  fileSize?: InputMaybe<Scalars['UnsignedInt64']['input']>;
  filename: Scalars['String']['input'];
  httpMethod?: InputMaybe<StagedUploadHttpMethodType>;
  mimeType: Scalars['String']['input'];
  resource: StagedUploadTargetGenerateUploadResource;
};

export type StagedUploadParameter = {
  __typename?: 'StagedUploadParameter';
  name: Scalars['String']['output'];
  value: Scalars['String']['output'];
};

export enum StagedUploadTargetGenerateUploadResource {
  BulkMutationVariables = 'BULK_MUTATION_VARIABLES',
  CollectionImage = 'COLLECTION_IMAGE',
  DisputeFileUpload = 'DISPUTE_FILE_UPLOAD',
  File = 'FILE',
  Image = 'IMAGE',
  Model_3D = 'MODEL_3D',
  /** @deprecated Use IMAGE instead. This resource type will be removed in a future version. */
  ProductImage = 'PRODUCT_IMAGE',
  ReturnLabel = 'RETURN_LABEL',
  ShopImage = 'SHOP_IMAGE',
  UrlRedirectImport = 'URL_REDIRECT_IMPORT',
  Video = 'VIDEO',
}

export type StagedUploadsCreatePayload = {
  __typename?: 'StagedUploadsCreatePayload';
  stagedTargets?: Maybe<Array<StagedMediaUploadTarget>>;
  userErrors: Array<UserError>;
};

export type StoreCreditAccount = Node & {
  __typename?: 'StoreCreditAccount';
  balance: MoneyV2;
  transactions: StoreCreditAccountTransactionConnection;
};

export type StoreCreditAccountTransactionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
  sortKey?: InputMaybe<TransactionSortKeys>;
};

export type StoreCreditAccountConnection = {
  __typename?: 'StoreCreditAccountConnection';
  nodes: Array<StoreCreditAccount>;
};

export type StoreCreditAccountCreditInput = {
  creditAmount: MoneyInput;
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  notify?: InputMaybe<Scalars['Boolean']['input']>;
};

export type StoreCreditAccountCreditPayload = {
  __typename?: 'StoreCreditAccountCreditPayload';
  storeCreditAccountTransaction?: Maybe<StoreCreditAccountCreditTransaction>;
  userErrors: Array<StoreCreditAccountCreditUserError>;
};

export type StoreCreditAccountCreditTransaction = Node &
  StoreCreditAccountTransaction & {
    __typename?: 'StoreCreditAccountCreditTransaction';
    amount: MoneyV2;
    id: Scalars['ID']['output'];
  };

export type StoreCreditAccountCreditUserError = {
  __typename?: 'StoreCreditAccountCreditUserError';
  code?: Maybe<StoreCreditAccountCreditUserErrorCode>;
  field?: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export enum StoreCreditAccountCreditUserErrorCode {
  AccountNotFound = 'ACCOUNT_NOT_FOUND',
  CreditLimitExceeded = 'CREDIT_LIMIT_EXCEEDED',
  ExpiresAtInPast = 'EXPIRES_AT_IN_PAST',
  MismatchingCurrency = 'MISMATCHING_CURRENCY',
  NegativeOrZeroAmount = 'NEGATIVE_OR_ZERO_AMOUNT',
  OwnerNotFound = 'OWNER_NOT_FOUND',
  UnsupportedCurrency = 'UNSUPPORTED_CURRENCY',
}

export type StoreCreditAccountTransaction = {
  amount: MoneyV2;
};

export type StoreCreditAccountTransactionConnection = {
  __typename?: 'StoreCreditAccountTransactionConnection';
  nodes: Array<StoreCreditAccountTransaction>;
};

export type TagsAddPayload = {
  __typename?: 'TagsAddPayload';
  node?: Maybe<Node>;
  userErrors: Array<UserError>;
};

export type TagsRemovePayload = {
  __typename?: 'TagsRemovePayload';
  node?: Maybe<Node>;
  userErrors: Array<UserError>;
};

export enum TaxExemption {
  CaBcCommercialFisheryExemption = 'CA_BC_COMMERCIAL_FISHERY_EXEMPTION',
  CaBcContractorExemption = 'CA_BC_CONTRACTOR_EXEMPTION',
  CaBcProductionAndMachineryExemption = 'CA_BC_PRODUCTION_AND_MACHINERY_EXEMPTION',
  CaBcResellerExemption = 'CA_BC_RESELLER_EXEMPTION',
  CaBcSubContractorExemption = 'CA_BC_SUB_CONTRACTOR_EXEMPTION',
  CaDiplomatExemption = 'CA_DIPLOMAT_EXEMPTION',
  CaMbCommercialFisheryExemption = 'CA_MB_COMMERCIAL_FISHERY_EXEMPTION',
  CaMbFarmerExemption = 'CA_MB_FARMER_EXEMPTION',
  CaMbResellerExemption = 'CA_MB_RESELLER_EXEMPTION',
  CaNlVptResellerExemption = 'CA_NL_VPT_RESELLER_EXEMPTION',
  CaNsCommercialFisheryExemption = 'CA_NS_COMMERCIAL_FISHERY_EXEMPTION',
  CaNsFarmerExemption = 'CA_NS_FARMER_EXEMPTION',
  CaOnPurchaseExemption = 'CA_ON_PURCHASE_EXEMPTION',
  CaPeCommercialFisheryExemption = 'CA_PE_COMMERCIAL_FISHERY_EXEMPTION',
  CaSkCommercialFisheryExemption = 'CA_SK_COMMERCIAL_FISHERY_EXEMPTION',
  CaSkContractorExemption = 'CA_SK_CONTRACTOR_EXEMPTION',
  CaSkFarmerExemption = 'CA_SK_FARMER_EXEMPTION',
  CaSkProductionAndMachineryExemption = 'CA_SK_PRODUCTION_AND_MACHINERY_EXEMPTION',
  CaSkResellerExemption = 'CA_SK_RESELLER_EXEMPTION',
  CaSkSubContractorExemption = 'CA_SK_SUB_CONTRACTOR_EXEMPTION',
  CaSkVptResellerExemption = 'CA_SK_VPT_RESELLER_EXEMPTION',
  CaStatusCardExemption = 'CA_STATUS_CARD_EXEMPTION',
  EuReverseChargeExemptionRule = 'EU_REVERSE_CHARGE_EXEMPTION_RULE',
  UsAkResellerExemption = 'US_AK_RESELLER_EXEMPTION',
  UsAlResellerExemption = 'US_AL_RESELLER_EXEMPTION',
  UsArResellerExemption = 'US_AR_RESELLER_EXEMPTION',
  UsAzResellerExemption = 'US_AZ_RESELLER_EXEMPTION',
  UsCaResellerExemption = 'US_CA_RESELLER_EXEMPTION',
  UsCoResellerExemption = 'US_CO_RESELLER_EXEMPTION',
  UsCtResellerExemption = 'US_CT_RESELLER_EXEMPTION',
  UsDcResellerExemption = 'US_DC_RESELLER_EXEMPTION',
  UsDeResellerExemption = 'US_DE_RESELLER_EXEMPTION',
  UsFlResellerExemption = 'US_FL_RESELLER_EXEMPTION',
  UsGaResellerExemption = 'US_GA_RESELLER_EXEMPTION',
  UsHiResellerExemption = 'US_HI_RESELLER_EXEMPTION',
  UsIaResellerExemption = 'US_IA_RESELLER_EXEMPTION',
  UsIdResellerExemption = 'US_ID_RESELLER_EXEMPTION',
  UsIlResellerExemption = 'US_IL_RESELLER_EXEMPTION',
  UsInResellerExemption = 'US_IN_RESELLER_EXEMPTION',
  UsKsResellerExemption = 'US_KS_RESELLER_EXEMPTION',
  UsKyResellerExemption = 'US_KY_RESELLER_EXEMPTION',
  UsLaResellerExemption = 'US_LA_RESELLER_EXEMPTION',
  UsMaResellerExemption = 'US_MA_RESELLER_EXEMPTION',
  UsMdResellerExemption = 'US_MD_RESELLER_EXEMPTION',
  UsMeResellerExemption = 'US_ME_RESELLER_EXEMPTION',
  UsMiResellerExemption = 'US_MI_RESELLER_EXEMPTION',
  UsMnResellerExemption = 'US_MN_RESELLER_EXEMPTION',
  UsMoResellerExemption = 'US_MO_RESELLER_EXEMPTION',
  UsMsResellerExemption = 'US_MS_RESELLER_EXEMPTION',
  UsMtResellerExemption = 'US_MT_RESELLER_EXEMPTION',
  UsNcResellerExemption = 'US_NC_RESELLER_EXEMPTION',
  UsNdResellerExemption = 'US_ND_RESELLER_EXEMPTION',
  UsNeResellerExemption = 'US_NE_RESELLER_EXEMPTION',
  UsNhResellerExemption = 'US_NH_RESELLER_EXEMPTION',
  UsNjResellerExemption = 'US_NJ_RESELLER_EXEMPTION',
  UsNmResellerExemption = 'US_NM_RESELLER_EXEMPTION',
  UsNvResellerExemption = 'US_NV_RESELLER_EXEMPTION',
  UsNyResellerExemption = 'US_NY_RESELLER_EXEMPTION',
  UsOhResellerExemption = 'US_OH_RESELLER_EXEMPTION',
  UsOkResellerExemption = 'US_OK_RESELLER_EXEMPTION',
  UsOrResellerExemption = 'US_OR_RESELLER_EXEMPTION',
  UsPaResellerExemption = 'US_PA_RESELLER_EXEMPTION',
  UsRiResellerExemption = 'US_RI_RESELLER_EXEMPTION',
  UsScResellerExemption = 'US_SC_RESELLER_EXEMPTION',
  UsSdResellerExemption = 'US_SD_RESELLER_EXEMPTION',
  UsTnResellerExemption = 'US_TN_RESELLER_EXEMPTION',
  UsTxResellerExemption = 'US_TX_RESELLER_EXEMPTION',
  UsUtResellerExemption = 'US_UT_RESELLER_EXEMPTION',
  UsVaResellerExemption = 'US_VA_RESELLER_EXEMPTION',
  UsVtResellerExemption = 'US_VT_RESELLER_EXEMPTION',
  UsWaResellerExemption = 'US_WA_RESELLER_EXEMPTION',
  UsWiResellerExemption = 'US_WI_RESELLER_EXEMPTION',
  UsWvResellerExemption = 'US_WV_RESELLER_EXEMPTION',
  UsWyResellerExemption = 'US_WY_RESELLER_EXEMPTION',
}

export type TaxLine = {
  __typename?: 'TaxLine';
  priceSet: MoneyBag;
};

export enum TransactionSortKeys {
  CreatedAt = 'CREATED_AT',
  ExpiresAt = 'EXPIRES_AT',
}

export type UniqueMetafieldValueInput = {
  key: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
  value: Scalars['String']['input'];
};

export type UserError = {
  __typename?: 'UserError';
  field?: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export type Validation = Node & {
  __typename?: 'Validation';
  blockOnFailure: Scalars['Boolean']['output'];
  enabled: Scalars['Boolean']['output'];
  id: Scalars['ID']['output'];
  metafield?: Maybe<Metafield>;
  shopifyFunction: ShopifyFunction;
};

export type ValidationMetafieldArgs = {
  key: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
};

export type ValidationConnection = {
  __typename?: 'ValidationConnection';
  nodes: Array<Validation>;
  pageInfo: PageInfo;
};

export type ValidationCreateInput = {
  blockOnFailure?: InputMaybe<Scalars['Boolean']['input']>;
  enable?: InputMaybe<Scalars['Boolean']['input']>;
  functionHandle?: InputMaybe<Scalars['String']['input']>;
  /** @deprecated Use `functionHandle` instead. */
  functionId?: InputMaybe<Scalars['String']['input']>;
  metafields?: InputMaybe<Array<MetafieldInput>>;
  title?: InputMaybe<Scalars['String']['input']>;
};

export type ValidationCreatePayload = {
  __typename?: 'ValidationCreatePayload';
  userErrors: Array<ValidationUserError>;
  validation?: Maybe<Validation>;
};

export enum ValidationSortKeys {
  Id = 'ID',
}

export type ValidationUpdateInput = {
  blockOnFailure?: InputMaybe<Scalars['Boolean']['input']>;
  enable?: InputMaybe<Scalars['Boolean']['input']>;
  metafields?: InputMaybe<Array<MetafieldInput>>;
  title?: InputMaybe<Scalars['String']['input']>;
};

export type ValidationUpdatePayload = {
  __typename?: 'ValidationUpdatePayload';
  userErrors: Array<ValidationUserError>;
  validation?: Maybe<Validation>;
};

export type ValidationUserError = {
  __typename?: 'ValidationUserError';
  code?: Maybe<ValidationUserErrorCode>;
  field?: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export enum ValidationUserErrorCode {
  AppNotAuthorized = 'APP_NOT_AUTHORIZED',
  Blank = 'BLANK',
  CapabilityViolation = 'CAPABILITY_VIOLATION',
  CustomAppFunctionNotEligible = 'CUSTOM_APP_FUNCTION_NOT_ELIGIBLE',
  DisallowedOwnerType = 'DISALLOWED_OWNER_TYPE',
  FunctionDoesNotImplement = 'FUNCTION_DOES_NOT_IMPLEMENT',
  FunctionNotFound = 'FUNCTION_NOT_FOUND',
  FunctionPendingDeletion = 'FUNCTION_PENDING_DELETION',
  Inclusion = 'INCLUSION',
  InternalError = 'INTERNAL_ERROR',
  Invalid = 'INVALID',
  InvalidType = 'INVALID_TYPE',
  InvalidValue = 'INVALID_VALUE',
  MaxValidationsActivated = 'MAX_VALIDATIONS_ACTIVATED',
  MissingFunctionIdentifier = 'MISSING_FUNCTION_IDENTIFIER',
  MultipleFunctionIdentifiers = 'MULTIPLE_FUNCTION_IDENTIFIERS',
  NotFound = 'NOT_FOUND',
  Present = 'PRESENT',
  PublicAppNotAllowed = 'PUBLIC_APP_NOT_ALLOWED',
  Taken = 'TAKEN',
  TooLong = 'TOO_LONG',
  TooShort = 'TOO_SHORT',
  UnstructuredReservedNamespace = 'UNSTRUCTURED_RESERVED_NAMESPACE',
}

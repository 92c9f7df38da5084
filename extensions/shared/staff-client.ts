import { type AppAddress, type AppCause, type AppReply, askApp, postApp } from './ask-app.ts';
import type { ClaimAnswer, ReleaseAnswer, ReserveAnswer } from './club-api.ts';
import type {
  ConsentCodeAnswer,
  ConsentCodeRequest,
  PeopleFound,
  StaffAdjustAnswer,
  StaffAdjustForm,
  StaffAdjustRequest,
  StaffApplyAnswer,
  StaffBulkAnswer,
  StaffBulkForm,
  StaffBulkRequest,
  StaffClaimRequest,
  StaffCustomer,
  StaffJoinAnswer,
  StaffOrder,
  StaffPrices,
  StaffRefusalReason,
  StaffReserveRequest,
  WelcomeAnswer,
  WelcomeRequest,
} from './staff-api.ts';

/** The app's answer, or why there is none. After `offline` and `server` a change may still have been made. */
export type StaffReply<T> = AppReply<T>;
export type StaffCause = AppCause;

/** The answer to a reservation of staff. */
export type StaffReserveAnswer =
  ReserveAnswer | { ok: false; reason: StaffRefusalReason; available: string; minimum: string };

/** The cart that is asked about. */
export interface StaffCart {
  /** Decimal text, "150000.00". */
  amount: string;
  currency: string;
}

/** Speaks the staff's side of the club API. No method throws; every change may be sent again with the same key. */
export interface StaffClient {
  customer(id: string, cart: StaffCart | null): Promise<StaffReply<StaffCustomer>>;
  people(phone: string): Promise<StaffReply<PeopleFound>>;
  welcome(request: WelcomeRequest): Promise<StaffReply<WelcomeAnswer>>;
  join(customerId: string): Promise<StaffReply<StaffJoinAnswer>>;
  sendCode(request: ConsentCodeRequest): Promise<StaffReply<ConsentCodeAnswer>>;
  reserve(request: StaffReserveRequest): Promise<StaffReply<StaffReserveAnswer>>;
  release(redemptionId: string, customerId: string): Promise<StaffReply<ReleaseAnswer>>;
  claim(request: StaffClaimRequest): Promise<StaffReply<ClaimAnswer>>;
  prices(customerId: string, items: string): Promise<StaffReply<StaffPrices>>;
  adjustForm(customerId: string): Promise<StaffReply<StaffAdjustForm>>;
  adjust(request: StaffAdjustRequest): Promise<StaffReply<StaffAdjustAnswer>>;
  order(id: string): Promise<StaffReply<StaffOrder>>;
  apply(orderId: string): Promise<StaffReply<StaffApplyAnswer>>;
  bulkForm(): Promise<StaffReply<StaffBulkForm>>;
  bulk(request: StaffBulkRequest): Promise<StaffReply<StaffBulkAnswer>>;
}

const PREFIX = '/api/staff/';
/** Builds the client. */
export function createStaffClient(address: AppAddress): StaffClient {
  const get = <T>(path: string) => askApp<T>(address, PREFIX + path);
  const post = <T>(path: string, body: object) => postApp<T>(address, PREFIX + path, body);
  const search = (values: Record<string, string>) => new URLSearchParams(values).toString();
  return {
    customer: (id, cart) =>
      get(`customers/${id}${cart ? `?${search({ cartAmount: cart.amount, currency: cart.currency })}` : ''}`),
    people: (phone) => get(`people?${search({ phone })}`),
    welcome: (request) => post('customers', request),
    join: (customerId) => post('membership', { customerId }),
    sendCode: (request) => post('consent-codes', request),
    reserve: (request) => post('redemptions', request),
    release: (redemptionId, customerId) =>
      post(`redemptions/${encodeURIComponent(redemptionId)}/release`, { customerId }),
    claim: (request) => post('claims', request),
    prices: (customer, items) => get(`prices?${search({ customer, items })}`),
    adjustForm: (customerId) => get(`adjust-form/${customerId}`),
    adjust: (request) => post('adjustments', request),
    order: (id) => get(`orders/${id}`),
    apply: (orderId) => post(`orders/${orderId}/apply`, {}),
    bulkForm: () => get('bulk-form'),
    bulk: (request) => post('bulk', request),
  };
}

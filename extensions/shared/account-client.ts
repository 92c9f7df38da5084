import type {
  AccountHistory,
  AccountView,
  ClaimOrderAnswer,
  HistoryFilter,
  LeaveAnswer,
  OrderPointsRequest,
  OrderPointsView,
  ProfileAnswer,
  ProfileRequest,
} from './account-api.ts';
import { type AppAddress, type AppReply, askApp, postApp } from './ask-app.ts';
import type { ClaimAnswer, ClubView, JoinAnswer, ReleaseAnswer, ReserveAnswer } from './club-api.ts';

/** Speaks the customer's side of the club API outside of a checkout. No method throws; each may be sent again. */
export interface AccountClient {
  club(): Promise<AppReply<ClubView>>;
  account(): Promise<AppReply<AccountView>>;
  history(before: string | null, filter: HistoryFilter): Promise<AppReply<AccountHistory>>;
  /** Turns a reward into a code. The same key returns the same code. */
  takeCode(key: string, rewardId: string): Promise<AppReply<ReserveAnswer>>;
  /** Claims a gift. The same key claims once. */
  claim(key: string, rewardId: string): Promise<AppReply<ClaimAnswer>>;
  release(redemptionId: string): Promise<AppReply<ReleaseAnswer>>;
  join(): Promise<AppReply<JoinAnswer>>;
  leave(): Promise<AppReply<LeaveAnswer>>;
  saveProfile(request: ProfileRequest): Promise<AppReply<ProfileAnswer>>;
  /** `orderId` is a gid or a number. */
  orderPoints(orderId: string, request: OrderPointsRequest): Promise<AppReply<OrderPointsView>>;
  claimOrder(orderId: string): Promise<AppReply<ClaimOrderAnswer>>;
}

/** Builds the client. */
export function createAccountClient(address: AppAddress): AccountClient {
  return {
    club: () => askApp(address, '/api/club'),
    account: () => askApp(address, '/api/account'),
    history: (before, filter) => {
      const search = new URLSearchParams({ filter, ...(before === null ? {} : { before }) });
      return askApp(address, `/api/account/history?${search.toString()}`);
    },
    takeCode: (key, rewardId) => postApp(address, '/api/account/codes', { key, rewardId }),
    claim: (key, rewardId) => postApp(address, '/api/claims', { key, rewardId }),
    release: (redemptionId) =>
      postApp(address, `/api/redemptions/${encodeURIComponent(redemptionId)}/release`),
    join: () => postApp(address, '/api/membership'),
    leave: () => postApp(address, '/api/membership/leave'),
    saveProfile: (request) => postApp(address, '/api/account/profile', request),
    orderPoints: (orderId, request) => postApp(address, `/api/orders/${numberOf(orderId)}/points`, request),
    claimOrder: (orderId) => postApp(address, `/api/orders/${numberOf(orderId)}/claim`),
  };
}

/** The number at the end of a gid. */
const numberOf = (id: string): string => /\d+$/.exec(id.replace(/\?.*$/, ''))?.[0] ?? '0';

/** What Messages > History is filtered by, as its address says it. Runs on both sides. */
import { readIdParam } from '#app/lib/read-id.ts';
import { isStorableDay } from '#app/lib/storable.ts';
import type { MessageState } from '../delivery/rules/message-state.ts';

/** What a filter by status offers, each for the states that mean the same to a merchant. */
export const STATUS_STATES = {
  waiting: ['queued', 'sending', 'unknown'],
  sent: ['accepted', 'sent'],
  delivered: ['delivered'],
  not_arrived: ['undelivered', 'failed', 'refused', 'expired'],
  canceled: ['canceled'],
} as const satisfies Record<string, readonly MessageState[]>;
export type HistoryStatus = keyof typeof STATUS_STATES;
export const HISTORY_STATUSES = ['waiting', 'sent', 'delivered', 'not_arrived', 'canceled'] as const;

/** The filters as they were chosen; null where there is none. Days are the shop's. */
export interface HistoryFilter {
  /** A phone number, a name or another text that finds customers. */
  q: string | null;
  customer: bigint | null;
  campaign: bigint | null;
  status: HistoryStatus | null;
  /** `staff:<user id>` */
  staff: string | null;
  from: string | null;
  until: string | null;
}

const TEXT_CHARACTERS_MAX = 100;
const STAFF = /^staff:\d{1,18}$/;

/** Reads an address's parameters; what is no filter counts as none. */
export function readHistoryFilter(params: URLSearchParams): HistoryFilter {
  const text = (name: keyof HistoryFilter) => params.get(name)?.trim().slice(0, TEXT_CHARACTERS_MAX) || null;
  const day = (name: 'from' | 'until') => {
    const value = text(name);
    return value !== null && isStorableDay(value) ? value : null;
  };
  const staff = text('staff');
  return {
    q: text('q'),
    customer: readIdParam(params.get('customer')),
    campaign: readIdParam(params.get('campaign')),
    status: HISTORY_STATUSES.find((status) => status === params.get('status')) ?? null,
    staff: staff !== null && STAFF.test(staff) ? staff : null,
    from: day('from'),
    until: day('until'),
  };
}

/** The parameters that say a filter, without those that filter nothing. */
export function historyParams(filter: HistoryFilter): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== null) params.set(name, String(value));
  return params;
}

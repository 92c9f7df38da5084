import { type AppAddress, type AppReply, askApp, postApp } from './ask-app.ts';
import type { CheckRequest, CheckView, ResellerView, SkusView } from './reseller-api.ts';

/** Speaks the resellers' side of the club API. No method throws; nothing is changed by any of them. */
export interface ResellerClient {
  /** A page of the price list; `search` empty for all of it. */
  list(search: string, after: string | null): Promise<AppReply<ResellerView>>;
  skus(skus: readonly string[]): Promise<AppReply<SkusView>>;
  check(lines: CheckRequest['lines']): Promise<AppReply<CheckView>>;
}

/** Builds the client. */
export function createResellerClient(address: AppAddress): ResellerClient {
  return {
    list: (search, after) => {
      const query = new URLSearchParams({ q: search, ...(after === null ? {} : { after }) });
      return askApp(address, `/api/reseller?${query.toString()}`);
    },
    skus: (skus) => postApp(address, '/api/reseller/skus', { skus }),
    check: (lines) => postApp(address, '/api/reseller/check', { lines }),
  };
}

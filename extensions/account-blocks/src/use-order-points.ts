import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { OrderPointsRequest, OrderPointsView } from '../../shared/account-api.ts';
import type { AccountClient } from '../../shared/account-client.ts';
import type { AppCause } from '../../shared/ask-app.ts';

/** Shopify's webhook can come after the page: what is only expected is asked for again. */
export const ASK_AGAIN_MS: readonly number[] = [3_000, 10_000];

export type OrderPointsState =
  { step: 'loading' } | { step: 'unreachable'; cause: AppCause } | { step: 'ready'; view: OrderPointsView };

/** An order that is asked about; null while the page does not know it. */
export interface AskedOrder {
  id: string;
  request: OrderPointsRequest;
}

/** Reads what an order means for the club, and follows it while that is not settled. */
export function useOrderPoints(client: AccountClient, order: AskedOrder | null) {
  const [state, setState] = useState<OrderPointsState>({ step: 'loading' });
  const isShown = useRef(true);
  const latest = useRef(order);
  latest.current = order;
  const key = JSON.stringify(order);
  const ask = useCallback(async (): Promise<boolean> => {
    if (latest.current === null) return true;
    const { id, request } = latest.current;
    const reply = await client.orderPoints(id, request);
    if (!isShown.current) return true;
    setState(reply.ok ? { step: 'ready', view: reply.body } : { step: 'unreachable', cause: reply.cause });
    return !reply.ok || reply.body.state !== 'expected';
  }, [client, key]);
  useEffect(() => {
    isShown.current = true;
    void follow(ask);
    return () => {
      isShown.current = false;
    };
  }, [ask]);
  return { state, ask };
}

async function follow(ask: () => Promise<boolean>): Promise<void> {
  if (await ask()) return;
  for (const pauseMs of ASK_AGAIN_MS) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (await ask()) return;
  }
}

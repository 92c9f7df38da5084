import type { Api } from '@shopify/ui-extensions/customer-account.page.render';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { AppCause } from '../../shared/ask-app.ts';
import type { ResellerClient } from '../../shared/reseller-client.ts';
import type { ResellerItem, ResellerTerms } from '../../shared/reseller-api.ts';
import { readStock, type Stock } from './storefront.ts';

/** What the page shows of the price list. */
export type ListState =
  | { step: 'loading' }
  | { step: 'unreachable'; cause: AppCause }
  | { step: 'not_approved' }
  | { step: 'open'; terms: ResellerTerms; items: ResellerItem[]; next: string | null; search: string };

export interface PriceList {
  state: ListState;
  isAsking: boolean;
  /** Every variant that was ever shown, by number: what was chosen stays known while another search is on the screen. */
  known: ReadonlyMap<string, ResellerItem>;
  stock: ReadonlyMap<string, Stock>;
  /** The store's address; null while it isn't known. */
  store: string | null;
  find: (search: string) => Promise<void>;
  more: () => Promise<void>;
  /** Makes variants known that came from elsewhere. */
  learn: (items: readonly ResellerItem[]) => void;
}

/** Reads the price list of the signed-in customer, and the stock of what it shows. */
export function usePriceList(shopify: Api, client: ResellerClient, customerId: string): PriceList {
  const [state, setState] = useState<ListState>({ step: 'loading' });
  const [isAsking, setIsAsking] = useState(false);
  const [known, setKnown] = useState<ReadonlyMap<string, ResellerItem>>(new Map());
  const [stock, setStock] = useState<ReadonlyMap<string, Stock>>(new Map());
  const [store, setStore] = useState<string | null>(null);
  const searches = useRef(0);
  const { query } = shopify;

  const learn = useCallback(
    (items: readonly ResellerItem[]) => {
      if (items.length === 0) return;
      setKnown((before) => new Map([...before, ...items.map((item) => [item.variantId, item] as const)]));
      const ids = items.map(({ variantId }) => variantId);
      void readStock(query, ids).then((answer) => {
        if (!answer) return;
        setStore(answer.store);
        setStock((before) => new Map([...before, ...answer.stock]));
      });
    },
    [query],
  );

  const read = useCallback(
    async (search: string, after: string | null, before: readonly ResellerItem[]) => {
      const mine = ++searches.current;
      setIsAsking(true);
      const reply = await client.list(search, after);
      // Only the last of several searches counts.
      if (mine !== searches.current) return;
      setIsAsking(false);
      setState(toState(reply, search, before));
      if (reply.ok && reply.body.state === 'open') learn(reply.body.items);
    },
    [client, learn],
  );

  useEffect(() => {
    if (customerId === '') return;
    setState({ step: 'loading' });
    void read('', null, []);
  }, [customerId, read]);

  const find = (search: string) => read(search, null, []);
  const more = async () => {
    if (state.step === 'open' && state.next !== null) await read(state.search, state.next, state.items);
  };
  return { state, isAsking, known, stock, store, find, more, learn };
}

function toState(
  reply: Awaited<ReturnType<ResellerClient['list']>>,
  search: string,
  before: readonly ResellerItem[],
): ListState {
  if (!reply.ok) return { step: 'unreachable', cause: reply.cause };
  if (reply.body.state === 'not_approved') return { step: 'not_approved' };
  if (reply.body.state === 'unavailable') return { step: 'unreachable', cause: 'server' };
  const { terms, items, next } = reply.body;
  return { step: 'open', terms, items: [...before, ...items], next, search };
}

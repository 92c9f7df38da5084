import { useCallback, useEffect, useRef, useState } from 'react';
import { readJson } from '#app/components/read-json.ts';
import type { PickerPage } from '../picker-answer.ts';

const SEARCH_DELAY_MS = 250;

/** A list of things to pick from: searched while one types, read on page by page. */
export interface PickerList<Item> {
  query: string;
  setQuery: (query: string) => void;
  items: readonly Item[];
  /** `failed`: Shopify or the connection did not answer; what was read before is still there. */
  state: 'loading' | 'ready' | 'failed';
  /** Null when there is no more. */
  loadMore: (() => void) | null;
  retry: () => void;
}

interface Loaded<Item> {
  items: Item[];
  after: string | null;
}

/**
 * Reads a picker's resource route while `isOpen`. By fetch and not by Remix' fetcher, which would replace the whole screen
 * when the connection is lost; App Bridge adds the session token to either. An answer to a search that was changed
 * meanwhile is dropped.
 */
export function usePickerList<Item>(path: string, isOpen: boolean): PickerList<Item> {
  const [query, setQuery] = useState('');
  const [loaded, setLoaded] = useState<Loaded<Item>>({ items: [], after: null });
  const [state, setState] = useState<PickerList<Item>['state']>('loading');
  const underWay = useRef<AbortController>();
  const lastAsked = useRef<string | null>(null);

  const read = useCallback(
    async (typed: string, from: string | null) => {
      underWay.current?.abort();
      const controller = new AbortController();
      underWay.current = controller;
      lastAsked.current = from;
      setState('loading');
      const answer = await readPage<Item>(path, typed, from, controller.signal);
      if (controller.signal.aborted) return;
      if (!answer.ok) return setState('failed');
      const { items, after } = answer;
      setLoaded((before) => ({ items: from === null ? items : [...before.items, ...items], after }));
      setState('ready');
    },
    [path],
  );

  useEffect(() => {
    if (!isOpen) return undefined;
    const timer = setTimeout(() => void read(query.trim(), null), query === '' ? 0 : SEARCH_DELAY_MS);
    return () => {
      clearTimeout(timer);
      underWay.current?.abort();
    };
  }, [isOpen, query, read]);

  const { items, after } = loaded;
  return {
    query,
    setQuery,
    items,
    state,
    loadMore: after === null ? null : () => void read(query.trim(), after),
    retry: () => void read(query.trim(), lastAsked.current),
  };
}

async function readPage<Item>(
  path: string,
  query: string,
  after: string | null,
  signal: AbortSignal,
): Promise<PickerPage<Item>> {
  const search = new URLSearchParams({ ...(query && { q: query }), ...(after !== null && { after }) });
  return readJson<PickerPage<Item>>(`${path}?${search.toString()}`, signal);
}

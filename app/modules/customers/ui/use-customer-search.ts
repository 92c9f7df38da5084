import { useFetcher } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { CustomerLine } from '../customers.queries.server.ts';

const SEARCH_DELAY_MS = 250;
/** The route that finds customers by name, e-mail or phone. */
export const CUSTOMER_SEARCH_ADDRESS = '/app/test-customers';

/** Finds customers by what is typed, a moment after the last key; `isAnswered` once `found` is of the text as it is. */
export function useCustomerSearch() {
  const [text, setText] = useState('');
  const search = useFetcher<{ text: string; customers: CustomerLine[] }>();
  const { load } = search;
  useEffect(() => {
    if (text.trim() === '') return undefined;
    const timer = setTimeout(
      () => load(`${CUSTOMER_SEARCH_ADDRESS}?${new URLSearchParams({ q: text.trim() }).toString()}`),
      SEARCH_DELAY_MS,
    );
    return () => clearTimeout(timer);
  }, [text, load]);
  const isAnswered = text.trim() !== '' && search.data?.text === text.trim();
  return { text, setText, isAnswered, found: isAnswered ? (search.data?.customers ?? []) : [] };
}

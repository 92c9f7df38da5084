import { Icon, TextField } from '@shopify/polaris';
import { SearchIcon } from '@shopify/polaris-icons';
import { useEffect, useRef, useState } from 'react';
import { useSearchChange } from './use-search-change.ts';

const SEARCH_DELAY_MS = 250;

interface SearchFieldProps {
  label: string;
  placeholder: string;
  /** What is searched for now: the address' `q`. */
  query: string;
  maxLength: number;
  disabled?: boolean;
  helpText?: string | undefined;
}

/** Searches while one types, a moment after the last key; the address keeps the search, and all else that it says. */
export function SearchField({ query, ...field }: SearchFieldProps) {
  const [text, setText] = useState(query);
  const sent = useRef(query);
  // What the address says when the time has come, not when the key was pressed.
  const change = useRef<ReturnType<typeof useSearchChange>>();
  change.current = useSearchChange();
  useEffect(() => {
    if (text.trim() === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      change.current?.({ q: sent.current }, { replace: true });
    }, SEARCH_DELAY_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <TextField
      {...field}
      labelHidden
      type="search"
      prefix={<Icon source={SearchIcon} />}
      value={text}
      autoComplete="off"
      clearButton
      onClearButtonClick={() => setText('')}
      onChange={setText}
    />
  );
}

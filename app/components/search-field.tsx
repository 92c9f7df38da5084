import { useSubmit } from '@remix-run/react';
import { Icon, TextField } from '@shopify/polaris';
import { SearchIcon } from '@shopify/polaris-icons';
import { useEffect, useRef, useState } from 'react';

const SEARCH_DELAY_MS = 250;

interface SearchFieldProps {
  label: string;
  placeholder: string;
  /** What is searched for now: the address' `q`. */
  query: string;
  /** The screen's own address. */
  action: string;
  /** What else the address keeps while one searches, such as the tab; each by its name. */
  kept?: Readonly<Record<string, string | null>>;
  maxLength: number;
  disabled?: boolean;
  helpText?: string | undefined;
}

/** Searches while one types, a moment after the last key; the address keeps the search. */
export function SearchField({ query, action, kept, ...field }: SearchFieldProps) {
  const submit = useSubmit();
  const [text, setText] = useState(query);
  const sent = useRef(query);
  // As text: the caller's object is another one with each rendering.
  const keptText = new URLSearchParams(
    Object.entries(kept ?? {}).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  ).toString();
  useEffect(() => {
    if (text.trim() === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      const search = new URLSearchParams(keptText);
      if (sent.current !== '') search.set('q', sent.current);
      submit(search, { action, replace: true });
    }, SEARCH_DELAY_MS);
    return () => clearTimeout(timer);
  }, [text, keptText, action, submit]);
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

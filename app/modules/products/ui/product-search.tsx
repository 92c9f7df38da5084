import { useSubmit } from '@remix-run/react';
import { Icon, TextField } from '@shopify/polaris';
import { SearchIcon } from '@shopify/polaris-icons';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

const SEARCH_DELAY_MS = 250;
const QUERY_CHARACTERS_MAX = 100;

/** Searches while one types, a moment after the last key; rests while the table has unsaved changes. */
export function ProductSearch({ query, isResting }: { query: string; isResting: boolean }) {
  const { t } = useTranslation();
  const submit = useSubmit();
  const [text, setText] = useState(query);
  const sent = useRef(query);
  useEffect(() => {
    if (text.trim() === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      submit(sent.current === '' ? {} : { q: sent.current }, { action: '/app/products', replace: true });
    }, SEARCH_DELAY_MS);
    return () => clearTimeout(timer);
  }, [text, submit]);
  return (
    <TextField
      label={t('products.picker.search_products')}
      labelHidden
      type="search"
      placeholder={t('products.picker.search_products')}
      prefix={<Icon source={SearchIcon} />}
      helpText={isResting ? t('products.save_first') : undefined}
      value={text}
      disabled={isResting}
      maxLength={QUERY_CHARACTERS_MAX}
      autoComplete="off"
      clearButton
      onClearButtonClick={() => setText('')}
      onChange={setText}
    />
  );
}

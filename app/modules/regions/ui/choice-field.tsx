import { Combobox, Listbox } from '@shopify/polaris';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface Choice {
  code: string;
  label: string;
}

interface ChoiceFieldProps {
  /** The form's name of the field, by which its error is found and focused. */
  id: string;
  label: string;
  /** What is chosen now, as text. */
  text: string;
  /** What is typed to search, null while nobody searches. */
  query: string | null;
  onQuery: (query: string | null) => void;
  choices: readonly Choice[];
  state: 'loading' | 'ready' | 'failed';
  isCut: boolean;
  /** `''` when the field was emptied. */
  onChoose: (code: string) => void;
  /** Takes what was typed as it is; null where only the list counts. */
  onText: ((text: string) => void) | null;
  error: string | false | undefined;
  helpText?: string | undefined;
  disabled?: boolean | undefined;
}

const sameText = (one: string, other: string): boolean =>
  one.trim().toLocaleLowerCase() === other.trim().toLocaleLowerCase();

/** A field with a list to choose from: opens on focus, searched while one types, arrow keys and Enter choose. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { id, label, text, query, onQuery, choices, onChoose, onText, error, helpText, disabled } = props;
  const [isTouched, setTouched] = useState(false);
  const ownId = useId();
  const leave = (): void => {
    if (query === null || !isTouched) return onQuery(null);
    setTouched(false);
    onQuery(null);
    const typed = query.trim();
    if (typed === '') return onChoose('');
    const same = choices.find((choice) => sameText(choice.label, typed));
    if (same) onChoose(same.code);
    else if (onText && !sameText(typed, text)) onText(typed);
  };
  return (
    <Combobox
      activator={
        <Combobox.TextField
          id={id || ownId}
          label={label}
          autoComplete="off"
          value={query ?? text}
          onChange={(typed) => {
            setTouched(true);
            onQuery(typed);
          }}
          onBlur={leave}
          error={error ?? false}
          helpText={helpText}
          disabled={disabled ?? false}
          clearButton={text !== ''}
          onClearButtonClick={() => {
            setTouched(false);
            onQuery(null);
            onChoose('');
          }}
        />
      }
      onClose={leave}
    >
      <ChoiceList
        {...props}
        onSelect={(code) => {
          setTouched(false);
          onQuery(null);
          onChoose(code);
        }}
      />
    </Combobox>
  );
}

function ChoiceList({
  choices,
  state,
  query,
  isCut,
  onText,
  onSelect,
}: ChoiceFieldProps & { onSelect: (code: string) => void }) {
  const { t } = useTranslation();
  if (state === 'loading' && choices.length === 0) {
    return (
      <Listbox>
        <Listbox.Loading accessibilityLabel={t('regions.loading')} />
      </Listbox>
    );
  }
  const isSearched = (query ?? '').trim() !== '';
  const nothing = isSearched && onText ? t('regions.nothing_typed') : t('regions.nothing');
  return (
    <Listbox onSelect={onSelect}>
      {choices.map(({ code, label }) => (
        <Listbox.Option key={code} value={code} accessibilityLabel={label}>
          {label}
        </Listbox.Option>
      ))}
      {choices.length === 0 && (
        <Listbox.Header>{state === 'failed' ? t('regions.failed') : nothing}</Listbox.Header>
      )}
      {isCut && <Listbox.Header>{t('regions.more')}</Listbox.Header>}
    </Listbox>
  );
}

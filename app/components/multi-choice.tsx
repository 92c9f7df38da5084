import { AutoSelection, Combobox, Listbox } from '@shopify/polaris';
import { useId } from 'react';

interface MultiChoiceProps {
  label: string;
  placeholder: string;
  /** What is typed to find an option, or to make one. */
  typed: string;
  maxLength: number;
  onType: (typed: string) => void;
  onLeave?: () => void;
  error: string | false;
  options: readonly { value: string; label: string }[];
  chosen: readonly string[];
  onToggle: (value: string) => void;
  /** Only what is typed can be chosen: Enter takes it. */
  isTyped?: boolean;
  /** What a screen reader says while options are on their way; null once they are there. */
  loading: string | null;
  /** Where there is no option. */
  nothing: string;
}

/** A field with a list of which several can be chosen: opens on focus, is searched by typing; arrow keys and Enter choose. */
export function MultiChoice(props: MultiChoiceProps) {
  const { label, placeholder, typed, maxLength, onType, onLeave, error, options, isTyped = false } = props;
  const id = useId();
  return (
    <Combobox
      allowMultiple
      activator={
        <Combobox.TextField
          id={id}
          label={label}
          autoComplete="off"
          placeholder={placeholder}
          maxLength={maxLength}
          value={typed}
          onChange={onType}
          onBlur={() => onLeave?.()}
          error={error}
        />
      }
    >
      {options.length > 0 || !isTyped ? <Options {...props} /> : null}
    </Combobox>
  );
}

function Options({ options, chosen, onToggle, isTyped = false, loading, nothing }: MultiChoiceProps) {
  const empty =
    loading === null ? (
      <Listbox.Header>{nothing}</Listbox.Header>
    ) : (
      <Listbox.Loading accessibilityLabel={loading} />
    );
  return (
    <Listbox autoSelection={isTyped ? AutoSelection.First : AutoSelection.None} onSelect={onToggle}>
      {options.map(({ value, label }) => (
        <Listbox.Option
          key={value}
          value={value}
          selected={chosen.includes(value)}
          accessibilityLabel={label}
        >
          {isTyped ? (
            label
          ) : (
            <Listbox.TextOption selected={chosen.includes(value)}>{label}</Listbox.TextOption>
          )}
        </Listbox.Option>
      ))}
      {options.length === 0 && empty}
    </Listbox>
  );
}

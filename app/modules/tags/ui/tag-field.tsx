import { Autocomplete } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { tagKey, tidyTag } from '#app/modules/customers/rules/tag-key.ts';
import { TAG_LENGTH_MAX } from '../rules/tag-names.ts';

interface TagFieldProps {
  label: string;
  isLabelHidden?: boolean;
  /** The tags there are to choose from. */
  names: readonly string[];
  text: string;
  onText: (text: string) => void;
  /** A tag was chosen, or one that is new was asked for. */
  onPick: (name: string) => void;
  /** Offers what is typed and in no list as a tag of its own. */
  isNewOffered?: boolean;
  error: string | false;
  isDisabled: boolean;
}

/** A field for one tag: suggests the shop's own while one types. */
export function TagField(props: TagFieldProps) {
  const { label, isLabelHidden = false, names, text, onText, onPick, isNewOffered = false, error } = props;
  const { t } = useTranslation();
  const key = tagKey(text);
  const shown = names.filter((name) => tagKey(name).includes(key));
  const isNew = isNewOffered && key !== '' && !names.some((name) => tagKey(name) === key);
  const fresh = tidyTag(text);
  return (
    <Autocomplete
      options={shown.map((name) => ({ value: name, label: name }))}
      selected={[]}
      onSelect={([name]) => {
        if (name !== undefined) onPick(name);
      }}
      {...(isNew && {
        actionBefore: { content: t('tags.add_named', { name: fresh }), onAction: () => onPick(fresh) },
      })}
      textField={
        <Autocomplete.TextField
          label={label}
          labelHidden={isLabelHidden}
          {...(isLabelHidden && { placeholder: label })}
          value={text}
          onChange={onText}
          maxLength={TAG_LENGTH_MAX}
          autoComplete="off"
          disabled={props.isDisabled}
          error={error}
        />
      }
    />
  );
}

import { TextField, type TextFieldProps } from '@shopify/polaris';
import type { FormPartProps } from './customer-form.tsx';

type Kept = 'id' | 'value' | 'onChange' | 'error';

interface FormTextProps
  extends
    Pick<FormPartProps, 'draft' | 'errorOf'>,
    Omit<TextFieldProps, Kept | 'autoComplete' | 'multiline'> {
  field: string;
  lines?: number;
}

/** One text of the form: its value, what is wrong with it, and what becomes of typing. */
export function FormText({ draft, errorOf, field, lines, ...rest }: FormTextProps) {
  const value = draft.values[field];
  return (
    <TextField
      {...rest}
      id={field}
      value={typeof value === 'string' ? value : ''}
      error={errorOf(field)}
      autoComplete="off"
      multiline={lines ?? false}
      onChange={(typed) => draft.set(field, typed)}
    />
  );
}

import { Button, InlineStack, Tag, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { INTERESTS_MAX } from '../form-values.ts';
import type { FormPartProps } from './customer-form.tsx';

const INTEREST_CHARACTERS_MAX = 40;

/** Interests one by one: Enter or a comma adds what is typed, each can be taken away. */
export function InterestsField({ draft, errorOf }: FormPartProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const interests = draft.values.interests.split('\n').filter((each) => each !== '');
  const isFull = interests.length >= INTERESTS_MAX;
  const keep = (next: readonly string[]) => draft.set('interests', next.join('\n'));
  const add = (typed: string) => {
    setText('');
    const wanted = typed.trim();
    const isKnown = interests.some((each) => each.toLowerCase() === wanted.toLowerCase());
    if (wanted !== '' && !isKnown && !isFull) keep([...interests, wanted]);
  };
  return (
    <div
      role="presentation"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || text.trim() === '') return;
        event.preventDefault();
        add(text);
      }}
    >
      <TextField
        id="interests"
        label={t('customer_detail.field.interests')}
        helpText={t('customer_form.interests_help', { limit: INTERESTS_MAX })}
        value={text}
        error={errorOf('interests')}
        maxLength={INTEREST_CHARACTERS_MAX}
        disabled={isFull}
        autoComplete="off"
        onChange={(typed) => (typed.includes(',') ? add(typed.replaceAll(',', ' ')) : setText(typed))}
        onBlur={() => add(text)}
        connectedRight={<Button onClick={() => add(text)}>{t('customer_form.interest_add')}</Button>}
        verticalContent={
          interests.length > 0 && (
            <InlineStack gap="100">
              {interests.map((interest) => (
                <Tag key={interest} onRemove={() => keep(interests.filter((each) => each !== interest))}>
                  {interest}
                </Tag>
              ))}
            </InlineStack>
          )
        }
      />
    </div>
  );
}

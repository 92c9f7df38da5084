import { Button, InlineStack, Tag } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraftContext } from '#app/components/draft-context.ts';
import { TextField } from '#app/components/fields.tsx';
import type { Draft } from '#app/components/use-draft.ts';
import { INTERESTS_MAX, type CustomerValues } from '../form-values.ts';

const INTEREST_CHARACTERS_MAX = 40;

/** Interests one by one: Enter or a comma adds what was typed, and each can be removed. */
export function InterestsField({ draft }: { draft: Draft<CustomerValues> }) {
  const { t } = useTranslation();
  const { errorOf } = useDraftContext();
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

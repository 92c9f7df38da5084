import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Card, InlineStack, SkeletonBodyText, Tag } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { tagKey } from '#app/modules/customers/rules/tag-key.ts';
import type { TagAnswer, TagsCardView } from '../tag-screen.server.ts';
import { TagField } from './tag-field.tsx';

/** The tags of one customer, given and taken at once, here and at Shopify. */
export function CustomerTagsCard({ customerId }: { customerId: bigint }) {
  const { t } = useTranslation();
  const path = `/app/customers/${customerId}/tags`;
  const reader = useFetcher<TagsCardView>();
  const writer = useFetcher<TagAnswer>();
  const { load } = reader;
  useEffect(() => load(path), [load, path]);
  const isBusy = writer.state !== 'idle';
  const answer = writer.data;
  const errorOf = useFieldErrorText(!isBusy && answer && !answer.ok ? answer.errors : {});
  const act = (intent: 'add' | 'remove', name: string): void =>
    writer.submit({ intent, name }, { method: 'post', action: path, encType: 'application/json' });
  const view = reader.data;
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('tags.title')}</CardTitle>
        {errorOf('form') && <Banner tone="critical">{errorOf('form')}</Banner>}
        {!view && <SkeletonBodyText lines={2} />}
        {view && (
          <>
            <InlineStack gap="200">
              {view.tags.map(({ tagKey: key, name }) => (
                <Tag key={key} disabled={isBusy} onRemove={() => act('remove', name)}>
                  {name}
                </Tag>
              ))}
            </InlineStack>
            <TagInput
              view={view}
              isBusy={isBusy}
              error={errorOf('name')}
              onAdd={(name) => act('add', name)}
            />
          </>
        )}
      </BlockStack>
    </Card>
  );
}

interface TagInputProps {
  view: TagsCardView;
  isBusy: boolean;
  error: string | false;
  onAdd: (name: string) => void;
}

/** Suggests the shop's tags; another one is added as it is typed. */
function TagInput({ view, isBusy, error, onAdd }: TagInputProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const wasBusy = useRef(false);
  // What was typed stays until it is saved.
  useEffect(() => {
    if (wasBusy.current && !isBusy && !error) setText('');
    wasBusy.current = isBusy;
  }, [isBusy, error]);
  const held = new Set(view.tags.map((tag) => tag.tagKey));
  return (
    <TagField
      label={t('tags.add')}
      isLabelHidden
      names={view.catalogue.filter((name) => !held.has(tagKey(name)))}
      text={text}
      onText={setText}
      onPick={onAdd}
      isNewOffered={!held.has(tagKey(text))}
      error={error}
      isDisabled={isBusy}
    />
  );
}

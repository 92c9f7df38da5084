import { Box, Button, IndexTable, InlineStack, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { tagKey } from '../rules/tag-names.ts';
import type { TagScreenView } from '../tag-screen.server.ts';
import type { CatalogueTag } from '../tags.queries.server.ts';
import { TagBadge } from './tag-badge.tsx';
import type { TagAsk } from './tag-screen.tsx';

/** From so many on one searches. */
const SEARCHED_FROM = 10;

interface TagTableProps {
  view: TagScreenView;
  onAsk: (ask: TagAsk) => void;
}

/** All tags of the shop with how many customers have each. */
export function TagTable({ view, onAsk }: TagTableProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const { tags, isCut } = view;
  if (tags.length === 0) {
    return (
      <EmptyNote title={t('tags.empty_title')} text={t('tags.empty_text')}>
        <Button onClick={() => onAsk({ what: 'add' })}>{t('tags.add')}</Button>
      </EmptyNote>
    );
  }
  const shown = tags.filter(({ tagKey: key }) => key.includes(tagKey(query)));
  return (
    <>
      {tags.length >= SEARCHED_FROM && (
        <Box padding="300">
          <TextField
            label={t('tags.search')}
            labelHidden
            type="search"
            placeholder={t('tags.search')}
            value={query}
            onChange={setQuery}
            autoComplete="off"
            clearButton
            onClearButtonClick={() => setQuery('')}
          />
        </Box>
      )}
      {shown.length === 0 ? (
        <EmptyNote title={t('tags.none_title')} text={t('tags.none_text', { query })} />
      ) : (
        <IndexTable
          itemCount={shown.length}
          selectable={false}
          resourceName={{ singular: t('tags.one'), plural: t('tags.many') }}
          headings={[
            { title: t('tags.tag') },
            { title: t('tags.customers'), alignment: 'end' },
            { title: t('tags.actions'), hidden: true },
          ]}
        >
          {shown.map((tag, position) => (
            <TagRow key={tag.tagKey} tag={tag} position={position} onAsk={onAsk} canMerge={tags.length > 1} />
          ))}
        </IndexTable>
      )}
      {isCut && (
        <Box padding="300">
          <Text as="p" tone="subdued">
            {t('tags.cut')}
          </Text>
        </Box>
      )}
    </>
  );
}

interface TagRowProps {
  tag: CatalogueTag;
  position: number;
  canMerge: boolean;
  onAsk: (ask: TagAsk) => void;
}

function TagRow({ tag, position, canMerge, onAsk }: TagRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, customers } = tag;
  const actions = [
    { what: 'edit' as const, text: t('tags.edit'), label: t('tags.edit_of', { name }) },
    ...(canMerge
      ? [{ what: 'merge' as const, text: t('tags.merge'), label: t('tags.merge_of', { name }) }]
      : []),
    { what: 'remove' as const, text: t('tags.remove'), label: t('tags.remove_of', { name }) },
  ];
  return (
    <IndexTable.Row id={tag.tagKey} position={position}>
      <IndexTable.Cell>
        <TagBadge {...tag} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Text as="span" alignment="end" numeric>
          {format.number(customers)}
        </Text>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <InlineStack gap="300" align="end" wrap={false}>
          {actions.map(({ what, text, label }) => (
            <Button
              key={what}
              variant="plain"
              {...(what === 'remove' && { tone: 'critical' as const })}
              accessibilityLabel={label}
              onClick={() => onAsk({ what, tag })}
            >
              {text}
            </Button>
          ))}
        </InlineStack>
      </IndexTable.Cell>
    </IndexTable.Row>
  );
}

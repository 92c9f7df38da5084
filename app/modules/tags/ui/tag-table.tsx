import { Box, Button, InlineStack, Link, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '#app/components/fields.tsx';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { tagKey } from '#app/modules/customers/rules/tag-key.ts';
import { tagAddress } from '#app/modules/segments/count-doors.ts';
import type { TagScreenView } from '../tag-screen.server.ts';
import type { CatalogueTag } from '../tags.queries.server.ts';
import { TagBadge } from './tag-badge.tsx';
import type { TagAsk } from './tag-ask.ts';

/** From this number of tags on there is a search field. */
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
            clearButton
            onClearButtonClick={() => setQuery('')}
          />
        </Box>
      )}
      {shown.length === 0 ? (
        <EmptyNote title={t('tags.none_title')} text={t('tags.none_text', { query })} />
      ) : (
        <Table
          count={shown.length}
          one={t('tags.one')}
          many={t('tags.many')}
          headings={[
            { title: t('tags.tag') },
            { title: t('tags.customers'), alignment: 'end' },
            { title: t('tags.actions'), hidden: true },
          ]}
        >
          {shown.map((tag, position) => (
            <TagRow key={tag.tagKey} tag={tag} position={position} onAsk={onAsk} canMerge={tags.length > 1} />
          ))}
        </Table>
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
    <TableRow id={tag.tagKey} position={position}>
      <TableCell>
        <TagBadge {...tag} />
      </TableCell>
      <TableCell>
        <Text as="span" alignment="end" numeric>
          <Link url={tagAddress(tag.tagKey, name)}>{format.number(customers)}</Link>
        </Text>
      </TableCell>
      <TableCell>
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
      </TableCell>
    </TableRow>
  );
}

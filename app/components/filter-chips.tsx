import { useNavigate } from '@remix-run/react';
import { InlineStack, Tag } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';

export interface FilterChip {
  /** What is filtered by, and which: "Reason" and "Goodwill". */
  name: string;
  value: string;
  /** The list without it. */
  without: string;
}

/** What a list is filtered by; each can be taken off. */
export function FilterChips({ chips }: { chips: readonly FilterChip[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  if (chips.length === 0) return null;
  return (
    <div role="group" aria-label={t('common.filtered_by')}>
      <InlineStack gap="200">
        {chips.map(({ name, value, without }) => (
          <Tag key={name} onRemove={() => navigate(without)}>
            {`${name}: ${value}`}
          </Tag>
        ))}
      </InlineStack>
    </div>
  );
}

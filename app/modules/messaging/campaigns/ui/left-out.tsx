import { BlockStack, InlineStack, Tag } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useDraftContext } from '#app/components/draft-context.ts';
import { Select } from '#app/components/fields.tsx';
import { WITHOUT_MAX } from '../audience.ts';

interface LeftOutProps {
  /** Ids with commas. */
  without: string;
  segments: readonly { value: string; label: string }[];
  onChange: (without: string) => void;
}

/** Segments whose customers get nothing: one after the other is added, and each can be removed. */
export function LeftOut({ without, segments, onChange }: LeftOutProps) {
  const { t } = useTranslation();
  const { errorOf } = useDraftContext();
  const chosen = without.split(',').filter((id) => id !== '');
  const others = segments.filter(({ value }) => !chosen.includes(value));
  const labelOf = (id: string) =>
    segments.find(({ value }) => value === id)?.label ?? t('campaigns.audience.without_gone');
  const none = t(chosen.length === 0 ? 'campaigns.audience.without_none' : 'campaigns.audience.without_more');
  return (
    <BlockStack gap="200">
      <Select
        id="without"
        label={t('campaigns.audience.without')}
        options={[{ value: '', label: none }, ...others]}
        value=""
        error={errorOf('without')}
        disabled={chosen.length >= WITHOUT_MAX}
        onChange={(id) => {
          if (id !== '') onChange([...chosen, id].join(','));
        }}
      />
      {chosen.length > 0 && (
        <InlineStack gap="100">
          {chosen.map((id) => (
            <Tag key={id} onRemove={() => onChange(chosen.filter((each) => each !== id).join(','))}>
              {labelOf(id)}
            </Tag>
          ))}
        </InlineStack>
      )}
    </BlockStack>
  );
}

import { Banner, List, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useProgress } from '#app/components/use-progress.ts';
import type { Missing } from '../../conditions/condition.ts';

interface SegmentTroubleProps {
  isComputable: boolean;
  missing: readonly Missing[];
}

/** Why a segment can't be computed; nothing for one that can. */
export function SegmentTrouble({ isComputable, missing }: SegmentTroubleProps) {
  const { t } = useTranslation();
  const isReading = missing.length > 0 && missing.every(({ isUnread }) => isUnread);
  useProgress(isReading);
  if (isComputable) return null;
  if (isReading)
    return (
      <Banner tone="info" title={t('segments.unread.title')}>
        <Text as="p">{t('segment_list.reading_text')}</Text>
      </Banner>
    );
  return (
    <Banner tone="warning" title={t('segment_list.trouble_title')}>
      <Text as="p">{t('segment_list.trouble_text')}</Text>
      <List>
        {missing.map(({ to, id }) => (
          <List.Item key={`${to}/${id}`}>{t(`segment_list.missing.${to}`, { id })}</List.Item>
        ))}
      </List>
    </Banner>
  );
}

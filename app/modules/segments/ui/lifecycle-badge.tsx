import { Badge } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { LifecycleGroup } from '../rules/lifecycle.ts';

const TONES = { new: 'info', regular: 'success', lapsed: 'warning' } as const;

/** New, regular or lapsed beside a customer's name; nothing for who is none of them. */
export function LifecycleBadge({ group }: { group: LifecycleGroup | null }) {
  const { t } = useTranslation();
  return group && <Badge tone={TONES[group]}>{t(`segments.group.${group}`)}</Badge>;
}

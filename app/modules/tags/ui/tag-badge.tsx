import { Badge, type BadgeProps } from '@shopify/polaris';
import type { TagColour } from '../rules/tag-names.ts';

const TONES: Record<TagColour, BadgeProps['tone']> = {
  grey: undefined,
  blue: 'info',
  green: 'success',
  yellow: 'attention',
  orange: 'warning',
  red: 'critical',
  purple: 'magic',
};

/** A tag in its colour. */
export function TagBadge({ name, colour }: { name: string; colour: TagColour }) {
  const tone = TONES[colour];
  return <Badge {...(tone && { tone })}>{name}</Badge>;
}

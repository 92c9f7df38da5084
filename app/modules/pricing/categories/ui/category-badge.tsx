import { Badge } from '@shopify/polaris';
import type { CategoryColor } from '../category-form.ts';

/** A category's name in its colour. */
export function CategoryBadge({ name, color }: { name: string; color: CategoryColor }) {
  return color === 'none' ? <Badge>{name}</Badge> : <Badge tone={color}>{name}</Badge>;
}

import { Thumbnail } from '@shopify/polaris';
import { ImageIcon } from '@shopify/polaris-icons';

/** A product's picture, or the sign for one that has none. Its title stands beside it, so it says nothing itself. */
export function ProductThumbnail({ imageUrl }: { imageUrl: string | null }) {
  return <Thumbnail size="small" alt="" source={imageUrl ?? ImageIcon} />;
}

import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { tillClient } from './client.ts';
import { ClubTile } from './views/ClubTile.tsx';

/** Entry of the target pos.home.tile.render. */
export default function extension(): void {
  render(
    <ClubTile till={shopify} client={tillClient(shopify)} onOpen={() => shopify.action.presentModal()} />,
    document.body,
  );
}

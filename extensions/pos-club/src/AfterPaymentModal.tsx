import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { tillClient } from './client.ts';
import { JoinPage } from './views/JoinPage.tsx';

/** Entry of the target pos.purchase.post.action.render: a walk-in joins after their payment. */
export default function extension(): void {
  render(<JoinPage till={shopify} client={tillClient(shopify)} />, document.body);
}

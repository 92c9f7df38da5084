import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { tillClient } from './client.ts';
import { HomePage } from './views/HomePage.tsx';

/** Entry of the target pos.home.modal.render: the customer of the cart, or the search for one. */
export default function extension(): void {
  render(<HomePage till={shopify} client={tillClient(shopify)} />, document.body);
}

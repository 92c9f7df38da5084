/**
 * Origin of the app, without a slash at the end.
 *
 * `process.env.APP_URL` is replaced when the extension is bundled: the Shopify CLI hands each variable of the
 * app's `.env` and of its own environment to esbuild as `define` (packages/app/src/cli/services/extensions/
 * bundle.ts), and `shopify app dev` sets APP_URL to the tunnel. For `shopify app deploy` it has to be in
 * `.env` or in the environment. The sandbox bundles with its own APP_URL.
 */
export function backendOrigin(): string {
  return (process.env.APP_URL ?? '').replace(/\/+$/, '');
}

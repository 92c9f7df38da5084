import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  plugins: [
    remix({
      ignoredRouteFiles: ['**/.*', '**/*.test.{ts,tsx}'],
      // All of them, so that a later move to React Router changes names and no behaviour.
      future: {
        v3_fetcherPersist: true,
        v3_lazyRouteDiscovery: true,
        v3_relativeSplatPath: true,
        v3_routeConfig: false,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
  ],
  build: {
    // Polaris' style sheet and the chunk with Polaris itself are above the default of 500 KB.
    chunkSizeWarningLimit: 900,
    assetsInlineLimit: 0,
    // server.ts and the app's server code run on the same Node 24.
    target: 'es2022',
  },
  // Polaris is CommonJS with JSON beside it, which Node's ES modules do not import without an attribute.
  ssr: { noExternal: ['@shopify/polaris'] },
  optimizeDeps: { include: ['@shopify/app-bridge-react', '@shopify/polaris'] },
  server: { fs: { allow: ['app', 'extensions/shared', 'node_modules'] } },
});

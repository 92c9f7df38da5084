// @vitest-environment node
import { brotliCompressSync, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bundleExtension } from '#sandbox/shopify/checkout/bundle-extension.ts';

/** Shopify's limit for one extension, compressed. */
const LIMIT_BYTES = 64 * 1024;

test('the bundle is below the limit and has its address inside', async () => {
  const code = await bundleExtension('checkout-redeem', { APP_URL: 'https://app.example.test' });
  const deflated = deflateSync(code).length;
  const brotli = brotliCompressSync(code).length;
  // The figure belongs into the test's output: it is what a deploy would be refused for.
  process.stdout.write(
    `checkout-redeem: ${code.length} bytes, deflate ${deflated}, brotli ${brotli}, limit ${LIMIT_BYTES}\n`,
  );
  expect(deflated).toBeLessThan(LIMIT_BYTES);
  expect(code).toContain('https://app.example.test');
  expect(code).not.toContain('process.env');
});

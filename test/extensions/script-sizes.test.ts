// @vitest-environment node
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bundleExtension, measureScript } from '#sandbox/shopify/extensions/bundle-extension.ts';
import { listUiExtensions, readExtension } from '#sandbox/shopify/extensions/read-extension.ts';

test.each(await listUiExtensions())('%s is below its limit and has its address inside', async (name) => {
  const extension = await readExtension(name);
  const script = await bundleExtension(name, { APP_URL: 'https://app.example.test' });
  const { rawBytes, deflatedBytes, limitBytes } = measureScript(script, extension);
  const brotli = brotliCompressSync(script).length;
  // The figure belongs into the test's output: it is what a deploy would be refused for.
  process.stdout.write(
    `${name}: ${rawBytes} bytes, deflate ${deflatedBytes}, brotli ${brotli}, limit ${limitBytes}\n`,
  );
  expect(deflatedBytes).toBeLessThan(limitBytes);
  expect(script).not.toContain('process.env');
  for (const { target } of extension.targets) expect(script).toContain(target);
  if (extension.hasNetworkAccess) expect(script).toContain('https://app.example.test');
});

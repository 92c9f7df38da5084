import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { bundleExtension, measureScript } from '#sandbox/shopify/extensions/bundle-extension.ts';
import { readExtension } from '#sandbox/shopify/extensions/read-extension.ts';

/** The key that only the demo's sandbox knows. */
const DEMO_CLIENT_ID = 'setia-demo-key';

const configuration = z.object({
  client_id: z.string(),
  application_url: z.string(),
  auth: z.object({ redirect_urls: z.array(z.string()) }),
});

/**
 * Returns what is wrong with a deploy of this checkout with these variables (`.env` and the shell's), one sentence each:
 * addresses that aren't public, the demo's key, and extensions that would fail in a shopper's browser.
 */
export async function problemsOfDeploy(
  root: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<string[]> {
  const toml = fs.readFileSync(path.join(root, 'shopify.app.toml'), 'utf8');
  const { client_id: clientId, application_url: appUrl, auth } = configuration.parse(parse(toml));
  const problems: string[] = [];
  if (clientId === DEMO_CLIENT_ID) problems.push("shopify.app.toml: client_id is the demo's");
  for (const url of [appUrl, ...auth.redirect_urls])
    if (!url.startsWith('https://')) problems.push(`shopify.app.toml: ${url} is not https`);
  const backend = variables.APP_URL;
  if (backend !== undefined && origin(backend) !== origin(appUrl))
    problems.push(`APP_URL is ${backend}, application_url of shopify.app.toml ${appUrl}`);
  for (const handle of extensionsOf(root))
    problems.push(...(await problemsOfExtension(root, handle, variables)));
  return problems;
}

/** Returns the folders of the UI extensions. */
function extensionsOf(root: string): string[] {
  const folder = path.join(root, 'extensions');
  return fs.readdirSync(folder).filter((name) => {
    const file = path.join(folder, name, 'shopify.extension.toml');
    return fs.existsSync(file) && fs.readFileSync(file, 'utf8').includes('type = "ui_extension"');
  });
}

async function problemsOfExtension(
  root: string,
  handle: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<string[]> {
  const problems: string[] = [];
  const bundle = await bundleExtension(handle, variables);
  const left = leftOver(bundle);
  if (left.length > 0) problems.push(`extensions/${handle}: ${left.join(', ')} is not set: add it to .env`);
  const { deflatedBytes, limitBytes } = measureScript(bundle, await readExtension(handle));
  if (deflatedBytes > limitBytes)
    problems.push(`extensions/${handle}: ${deflatedBytes} bytes deflated, ${limitBytes} are allowed`);
  const dist = path.join(root, 'extensions', handle, 'dist');
  for (const name of fs.existsSync(dist) ? fs.readdirSync(dist) : []) {
    if (!name.endsWith('.js')) continue;
    const built = leftOver(fs.readFileSync(path.join(dist, name), 'utf8'));
    if (built.length > 0)
      problems.push(`extensions/${handle}/dist/${name}: was built without ${built.join(', ')}`);
  }
  return problems;
}

/** Returns the variables that a bundle would look for where there is no `process`: in Shopify's Web Worker. */
export function leftOver(bundle: string): string[] {
  return [
    ...new Set(Array.from(bundle.matchAll(/\bprocess\.env\.?(\w*)/g), ([, name]) => name || 'process.env')),
  ];
}

function origin(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null;
}

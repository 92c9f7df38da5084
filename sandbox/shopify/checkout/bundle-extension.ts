import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const EXTENSIONS_FOLDER = join(import.meta.dirname, '../../../extensions');

/**
 * Bundles a UI extension the way the Shopify CLI does (packages/app/src/cli/services/extensions/bundle.ts):
 * one script for ES2015, minified, with each of `variables` in place of `process.env.<name>`: those of the app's `.env` and
 * of the shell, to which only `shopify app dev` adds APP_URL. A variable that isn't there stays in the script, which then
 * fails where there is no `process`.
 * @param handle folder name below `extensions/`
 * @returns the script; it registers itself through `shopify.extend(target, render)`
 */
export async function bundleExtension(
  handle: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const folder = join(EXTENSIONS_FOLDER, handle);
  const { module, target } = await targetOf(folder);
  const result = await build({
    stdin: {
      contents: `import extension from ${JSON.stringify(module)};\nshopify.extend(${JSON.stringify(target)}, (...args) => extension(...args));`,
      resolveDir: folder,
      loader: 'tsx',
    },
    bundle: true,
    write: false,
    minify: true,
    define: definesOf(variables),
    jsx: 'automatic',
    loader: { '.esnext': 'ts', '.js': 'jsx' },
    legalComments: 'none',
    target: 'es6',
    resolveExtensions: ['.tsx', '.ts', '.js', '.json', '.esnext', '.mjs', '.ejs'],
  });
  const [script] = result.outputFiles;
  if (!script) throw new Error(`esbuild wrote nothing for ${handle}`);
  return script.text;
}

/** Names that can't stand in JavaScript (`npm_config_…-x`) can't be read by it either. */
const NAME = /^[A-Za-z_]\w*$/;

function definesOf(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = Object.entries(variables).filter(([name, value]) => NAME.test(name) && value !== undefined);
  return {
    ...Object.fromEntries(given.map(([name, value]) => [`process.env.${name}`, JSON.stringify(value)])),
    'process.env.NODE_ENV': '"production"',
  };
}

/** Module and target of the first targeting block in the extension's toml. */
async function targetOf(folder: string): Promise<{ module: string; target: string }> {
  const toml = await readFile(join(folder, 'shopify.extension.toml'), 'utf8');
  const module = /^\s*module\s*=\s*"([^"]+)"/m.exec(toml)?.[1];
  const target = /^\s*target\s*=\s*"([^"]+)"/m.exec(toml)?.[1];
  if (!module || !target) throw new Error(`${folder}: shopify.extension.toml names no module and target`);
  return { module, target };
}

import { deflateSync } from 'node:zlib';
import { build } from 'esbuild';
import { readExtension, type UiExtension } from './read-extension.ts';

/** Values by the names of `process.env`. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Bundles a UI extension the way the Shopify CLI does (packages/app/src/cli/services/extensions/bundle.ts and
 * models/extensions/specifications/ui_extension.ts): one script with every target, for ES2015, minified, with each of
 * `variables` in place of `process.env.<name>`: those of the app's `.env` and of the shell, to which only
 * `shopify app dev` adds APP_URL. A variable that isn't there stays in the script, which then fails where there is no
 * `process`.
 * @param name folder below `extensions/`
 * @returns the script; it registers itself through `shopify.extend(target, render)`, once a target
 */
export async function bundleExtension(name: string, variables: Variables): Promise<string> {
  const extension = await readExtension(name);
  const entries = extension.targets.map(({ target, module }) => ({ target, module }));
  return bundleEntries(extension, entries, variables);
}

/**
 * Bundles what decides whether a target is offered (`should_render` in the toml): a script of its own, which registers
 * itself for `….should-render`. Returns null for a target without one.
 */
export async function bundleShouldRender(
  name: string,
  target: string,
  variables: Variables,
): Promise<string | null> {
  const extension = await readExtension(name);
  const module = extension.targets.find((each) => each.target === target)?.shouldRender;
  if (!module) return null;
  return bundleEntries(extension, [{ target: shouldRenderTarget(target), module }], variables);
}

/** Returns the target under which a `should_render` module registers itself. */
export const shouldRenderTarget = (target: string): string => target.replace(/\.render$/, '.should-render');

/** What an extension's script weighs, and what it may. */
export interface ScriptSize {
  rawBytes: number;
  deflatedBytes: number;
  limitBytes: number;
}

/** Measures a script against the limit of its extension, as a deploy does. */
export function measureScript(script: string, { limitBytes }: UiExtension): ScriptSize {
  return { rawBytes: Buffer.byteLength(script), deflatedBytes: deflateSync(script).length, limitBytes };
}

async function bundleEntries(
  { folder, handle }: UiExtension,
  entries: { target: string; module: string }[],
  variables: Variables,
): Promise<string> {
  const contents = entries.map(
    ({ target, module }, index) =>
      `import Target_${index} from ${JSON.stringify(module)};\n` +
      `shopify.extend(${JSON.stringify(target)}, (...args) => Target_${index}(...args));`,
  );
  const result = await build({
    stdin: { contents: contents.join('\n'), resolveDir: folder, loader: 'tsx' },
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

function definesOf(variables: Variables): Record<string, string> {
  const given = Object.entries(variables).filter(([name, value]) => NAME.test(name) && value !== undefined);
  return {
    ...Object.fromEntries(given.map(([name, value]) => [`process.env.${name}`, JSON.stringify(value)])),
    'process.env.NODE_ENV': '"production"',
  };
}

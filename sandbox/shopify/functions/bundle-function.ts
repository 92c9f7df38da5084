import { join } from 'node:path';
import { build } from 'esbuild';

const EXTENSIONS_FOLDER = join(import.meta.dirname, '../../../extensions');

/**
 * Bundles a Function the way the Shopify CLI does before Javy compiles it (packages/app/src/cli/services/function/build.ts,
 * ExportJavyBuilder): the exported function, wrapped in `run` of `@shopify/shopify_function`. Minified, which the CLI leaves
 * to Javy.
 * @param handle folder name below `extensions/`
 * @param exported name of the function that the target calls
 * @returns an ES module that exports the function
 */
export async function bundleFunction(handle: string, exported: string): Promise<string> {
  const folder = join(EXTENSIONS_FOLDER, handle);
  const result = await build({
    stdin: {
      contents: `import __runFunction from '@shopify/shopify_function/run';
import { ${exported} as run } from 'user-function';
export function ${exported}() { return __runFunction(run); }`,
      resolveDir: folder,
      loader: 'ts',
    },
    alias: { 'user-function': join(folder, 'src/index.ts') },
    bundle: true,
    write: false,
    minify: true,
    legalComments: 'none',
    target: 'es2022',
    format: 'esm',
  });
  const [script] = result.outputFiles;
  if (!script) throw new Error(`esbuild wrote nothing for ${handle}`);
  return script.text;
}

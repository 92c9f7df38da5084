/** The scripts of the theme extension, from extensions/theme-scripts and the extension's texts. */
import fs from 'node:fs';
import path from 'node:path';
import { build, transform, type Plugin } from 'esbuild';

const EXTENSIONS = path.join(import.meta.dirname, '../../extensions');
const LOCALES = path.join(EXTENSIONS, 'theme-club/locales');

/** By the name of the asset. `club.js` is on every page with a section's block of ours; the others are imported when they are needed. */
const SCRIPTS = [
  { asset: 'club.js', entry: 'loader.ts', format: 'iife' },
  { asset: 'club-shop.js', entry: 'shop.ts', format: 'esm' },
  { asset: 'club-wallet.js', entry: 'wallet.ts', format: 'esm' },
  { asset: 'club-product.js', entry: 'product.ts', format: 'esm' },
  { asset: 'club-apply.js', entry: 'apply.ts', format: 'esm' },
] as const;

/** The languages that the blocks have texts in, with the file of each: a file more is a language more. */
function languages(): Map<string, string> {
  const files = fs.readdirSync(LOCALES).filter((name) => /^[a-z]{2}(?:\.default)?\.json$/.test(name));
  return new Map(files.map((name) => [name.slice(0, 2), name]));
}

/** `shop.ts` is an asset that the others import: each stays below what Shopify allows a script. */
const SHARED: Plugin = {
  name: 'shared',
  setup(build) {
    build.onResolve({ filter: /^\.\/shop\.ts$/ }, () => ({ path: './club-shop.js', external: true }));
  },
};

/** Texts that only the blocks' Liquid shows. */
const LIQUID_ONLY =
  /^(title|loading|sign_in|launcher|express_note|open_panel|dismiss|apply_(title|open)|banner_.*|members_only_.*|page_.*)$/;

/** Builds every script, minified, and a module of texts for each language. @returns the text of each by its name */
export async function themeAssets(): Promise<Map<string, string>> {
  const assets = new Map<string, string>();
  for (const { asset, entry, format } of SCRIPTS) {
    const { outputFiles } = await build({
      entryPoints: [path.join(EXTENSIONS, 'theme-scripts', entry)],
      bundle: true,
      write: false,
      minify: true,
      format,
      target: 'es2022',
      legalComments: 'none',
      plugins: [SHARED],
    });
    assets.set(asset, outputFiles[0]?.text ?? '');
  }
  for (const [language, file] of languages()) assets.set(`club-texts-${language}.js`, textsModule(file));
  return assets;
}

function textsModule(file: string): string {
  const { club }: { club: Record<string, unknown> } = JSON.parse(
    fs.readFileSync(path.join(LOCALES, file), 'utf8'),
  );
  const used = Object.entries(club).filter(([key]) => !LIQUID_ONLY.test(key));
  return `export default ${JSON.stringify(Object.fromEntries(used))};\n`;
}

/**
 * Builds what embeds write into the page: the loader and the style of what is seen before it is opened. Sections have both as
 * assets; an embed is on every page, which should ask for nothing because of it.
 * @returns the text of snippets/club-embed.liquid
 */
export async function embedSnippet(): Promise<string> {
  const css = fs.readFileSync(path.join(EXTENSIONS, 'theme-scripts/embed.css'), 'utf8');
  const { code: style } = await transform(css, { loader: 'css', minify: true });
  const script = (await themeAssets()).get('club.js') ?? '';
  const text = `<style>${style.trim()}</style><script>${script.trim()}</script>`;
  if (/\{[{%]/.test(text)) throw new Error('the loader reads as Liquid');
  return `{%- comment -%} Made from extensions/theme-scripts: node scripts/build-theme.ts {%- endcomment -%}\n${text}\n`;
}

/** Writes the scripts of the theme extension: Shopify takes its assets as they are, so they are built before a deploy. */
import fs from 'node:fs';
import path from 'node:path';
import { embedSnippet, themeAssets } from './lib/theme-assets.ts';

const FOLDER = path.join(import.meta.dirname, '../extensions/theme-club');

for (const [name, text] of await themeAssets()) {
  fs.writeFileSync(path.join(FOLDER, 'assets', name), text);
  console.log(`${name}: ${Buffer.byteLength(text)} bytes`);
}

fs.writeFileSync(path.join(FOLDER, 'snippets/club-embed.liquid'), await embedSnippet());

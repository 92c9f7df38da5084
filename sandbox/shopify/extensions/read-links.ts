import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { EXTENSIONS_FOLDER } from './read-extension.ts';

const file = z.object({
  extensions: z
    .array(
      z.object({
        type: z.literal('admin_link'),
        targeting: z.array(z.object({ target: z.string(), url: z.string() })).length(1),
      }),
    )
    .length(1),
});

/** A link of the app in the admin. */
export interface AdminLink {
  /** The folder of its extension. */
  name: string;
  url: string;
}

/** Returns the links that have this target. A file that is no link's is left out. */
export async function readLinks(target: string): Promise<AdminLink[]> {
  const names = await readdir(EXTENSIONS_FOLDER);
  const found = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(EXTENSIONS_FOLDER, name, 'shopify.extension.toml'), 'utf8').catch(
        () => '',
      );
      if (!text.includes('type = "admin_link"')) return [];
      const [link] = file.parse(parse(text)).extensions;
      return (link?.targeting ?? []).flatMap((each) =>
        each.target === target ? [{ name, url: each.url }] : [],
      );
    }),
  );
  return found.flat();
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import type { Catalogue } from './client/i18n.ts';

export const EXTENSIONS_FOLDER = join(import.meta.dirname, '../../../extensions');

const KIB = 1024;
/** Shopify's limit for the deflated script of an extension, and that of one with a page of its own. */
const LIMIT_BYTES = 64 * KIB;
const PAGE_LIMIT_BYTES = 128 * KIB;
const PAGE_TARGET = 'customer-account.page.render';

const targeting = z.object({
  target: z.string(),
  module: z.string(),
  should_render: z.object({ module: z.string() }).optional(),
});

const file = z.object({
  api_version: z.string(),
  extensions: z
    .array(
      z.object({
        handle: z.string(),
        type: z.literal('ui_extension'),
        targeting: z.array(targeting).min(1),
        capabilities: z
          .object({ network_access: z.boolean().optional(), api_access: z.boolean().optional() })
          .default({}),
      }),
    )
    .length(1),
});

/** A UI extension as its shopify.extension.toml describes it. */
export interface UiExtension {
  handle: string;
  folder: string;
  apiVersion: string;
  targets: { target: string; module: string; shouldRender: string | null }[];
  /** Whether its scripts may ask other servers than Shopify's. */
  hasNetworkAccess: boolean;
  /** Whether `shopify.query` asks the Storefront API. */
  hasApiAccess: boolean;
  /** What its script may weigh, deflated. */
  limitBytes: number;
}

/**
 * Reads a UI extension.
 * @param name of its folder below `extensions/`
 * @throws for a toml that a deploy would refuse: no target, or a full page beside another target
 */
export async function readExtension(name: string): Promise<UiExtension> {
  const folder = join(EXTENSIONS_FOLDER, name);
  const toml = file.parse(parse(await readFile(join(folder, 'shopify.extension.toml'), 'utf8')));
  const [extension] = toml.extensions;
  if (!extension) throw new Error(`${folder}: shopify.extension.toml names no extension`);
  const { handle, targeting: targets, capabilities } = extension;
  const hasPage = targets.some(({ target }) => target === PAGE_TARGET);
  if (hasPage && targets.length > 1)
    throw new Error(`${folder}: ${PAGE_TARGET} must be alone in its extension`);
  return {
    handle,
    folder,
    apiVersion: toml.api_version,
    targets: targets.map((each) => ({
      target: each.target,
      module: each.module,
      shouldRender: each.should_render?.module ?? null,
    })),
    hasNetworkAccess: capabilities.network_access ?? false,
    hasApiAccess: capabilities.api_access ?? false,
    limitBytes: hasPage ? PAGE_LIMIT_BYTES : LIMIT_BYTES,
  };
}

/** Returns the names of the folders that hold a UI extension. */
export async function listUiExtensions(): Promise<string[]> {
  const names = await readdir(EXTENSIONS_FOLDER);
  const found = await Promise.all(
    names.map(async (name) => {
      const toml = await readFile(join(EXTENSIONS_FOLDER, name, 'shopify.extension.toml'), 'utf8').catch(
        () => '',
      );
      return toml.includes('type = "ui_extension"') ? [name] : [];
    }),
  );
  return found.flat();
}

/** Returns the extensions that have this target, in the order of their names. */
export async function findExtensions(target: string): Promise<UiExtension[]> {
  const all = await Promise.all((await listUiExtensions()).map(readExtension));
  return all.filter(({ targets }) => targets.some((each) => each.target === target));
}

/** Returns the texts of an extension: those of the language if it has them, then those of its default one. */
export async function readCatalogues(name: string, locale: string): Promise<Catalogue[]> {
  const folder = join(EXTENSIONS_FOLDER, name, 'locales');
  const files = await readdir(folder);
  const own = files.find((each) => each === `${locale}.json`);
  const standard = files.find((each) => each.endsWith('.default.json'));
  const wanted = [own, standard].filter((each) => each !== undefined);
  return Promise.all(
    wanted.map(async (each) => {
      const catalogue: Catalogue = JSON.parse(await readFile(join(folder, each), 'utf8'));
      return catalogue;
    }),
  );
}

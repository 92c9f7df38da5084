/**
 * Generates files from other files, without a network:
 *
 * - app/types/admin.types.d.ts and admin.generated.d.ts: the types of the app's GraphQL operations, from the
 * committed schema
 * - app/i18n/<locale>.ts: all texts of a language, from app/i18n/<locale>/*.json
 * - docs/dependencies.md: what ships, from package-lock.json
 * - sandbox/shopify/extensions/components.json: what UI extensions may draw, from the types of their package
 *
 * `--check` writes nothing and fails when a file is out of date.
 */
import fs from 'node:fs';
import path from 'node:path';
import { generate } from '@graphql-codegen/cli';
import { ApiType, pluckConfig, preset } from '@shopify/api-codegen-preset';
import { print } from 'graphql';
import prettier from 'prettier';
import { SHOPIFY_API_VERSION } from '#app/integrations/shopify/api-version.ts';
import { DEPENDENCIES_FILE, readReleases, renderDependencies } from './lib/dependency-table.ts';
import { COMPONENTS_FILE, renderComponents } from './lib/extension-components.ts';
import { pruneSchema, readAdminIntrospection, readAdminSchema } from './lib/admin-schema.ts';
import { OPERATIONS_FOLDER, readOperations } from './lib/graphql-operations.ts';
import { renderCatalogues } from './lib/text-catalogues.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const OUTPUT = path.join(ROOT, 'app', 'types');
/** `.graphqlrc.ts` tells editors to look here for the whole schema. */
const CACHE = path.join(ROOT, '.cache', 'graphql');

/** The preset's rules for finding `#graphql` literals; its type only knows the other kind of rules. */
const tagPluck: object = pluckConfig;

/** Both files of types as `[path, content]`. */
async function generateTypes(): Promise<[string, string][]> {
  fs.mkdirSync(CACHE, { recursive: true });
  fs.writeFileSync(
    path.join(CACHE, `admin-${SHOPIFY_API_VERSION}.schema.json`),
    JSON.stringify(readAdminIntrospection()),
  );
  const schema = path.join(CACHE, 'admin-used.graphql');
  const documents = readOperations().map(({ document }) => document);
  fs.writeFileSync(schema, print(pruneSchema(readAdminSchema(), documents)));
  const files: { filename: string; content: string }[] = await generate(
    {
      pluckConfig: tagPluck,
      silent: true,
      generates: {
        [path.join(OUTPUT, 'admin.types.d.ts')]: {
          schema,
          plugins: ['typescript'],
          config: { defaultScalarType: 'string', scalars: { JSON: 'unknown' } },
        },
        [path.join(OUTPUT, 'admin.generated.d.ts')]: {
          schema,
          preset,
          documents: `${OPERATIONS_FOLDER}/**/*.ts`,
          presetConfig: { apiType: ApiType.Admin },
        },
      },
    },
    false,
  );
  return formatAll(files.map(({ filename, content }) => [filename, content]));
}

async function formatAll(files: [string, string][]): Promise<[string, string][]> {
  return Promise.all(files.map(async ([file, content]) => [file, await format(content)]));
}

async function format(content: string): Promise<string> {
  const options = await prettier.resolveConfig(path.join(ROOT, 'package.json'));
  return prettier.format(content, { ...options, parser: 'typescript' });
}

const isCheck = process.argv.includes('--check');
let stale = 0;
const generated: [string, string][] = [
  ...(await generateTypes()),
  ...(await formatAll(renderCatalogues())),
  [DEPENDENCIES_FILE, renderDependencies(readReleases())],
  [COMPONENTS_FILE, renderComponents()],
];
for (const [file, content] of generated) {
  const isCurrent = fs.existsSync(file) && fs.readFileSync(file, 'utf8') === content;
  if (isCurrent) continue;
  stale += 1;
  if (!isCheck) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
  process.stdout.write(
    `${path.relative(ROOT, file)} ${isCheck ? 'is out of date: npm run codegen' : 'written'}\n`,
  );
}
if (isCheck && stale > 0) process.exit(1);

/**
 * app/i18n/<locale>.ts: one object of all texts of a language, from app/i18n/<locale>/*.json. Written as imports,
 * because the worker and the tests load the files without Vite and TypeScript takes the keys of `t()` from them.
 */
import fs from 'node:fs';
import path from 'node:path';

const FOLDER = path.resolve(import.meta.dirname, '../../app/i18n');

/** The files as `[path, content]`, one for each folder of texts. */
export function renderCatalogues(): [string, string][] {
  return fs
    .readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [path.join(FOLDER, `${name}.ts`), renderCatalogue(name)]);
}

function renderCatalogue(locale: string): string {
  const subjects = fs
    .readdirSync(path.join(FOLDER, locale))
    .filter((file) => file.endsWith('.json'))
    .map((file) => path.basename(file, '.json'))
    .sort();
  const imports = subjects.map(
    (subject) => `import ${subject} from './${locale}/${subject}.json' with { type: 'json' };`,
  );
  return `/** All texts of one language, a file a subject. Written by \`npm run codegen\`. */
${imports.join('\n')}

const texts = { ${subjects.join(', ')} };

export default texts;
`;
}

/**
 * Habits of this code base that no linter knows. Each rule walks the tracked and new source files and
 * names every place that breaks it.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FILE_LINES_MAX = 400;

const sources = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'],
  {
    cwd: ROOT,
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => file !== '' && !file.endsWith('.d.ts') && fs.existsSync(path.join(ROOT, file)))
  .map((file) => ({ file, text: fs.readFileSync(path.join(ROOT, file), 'utf8') }));

/** `file:line` of every match of `pattern` in the files that `where` selects, comments left out. */
function places(pattern: RegExp, where: (file: string) => boolean): string[] {
  return sources
    .filter(({ file }) => where(file))
    .flatMap(({ file, text }) =>
      withoutComments(text)
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
    );
}

/** Keeps the line breaks, so that line numbers stay right. */
function withoutComments(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}

const inFolder =
  (...folders: string[]) =>
  (file: string) =>
    folders.some((folder) => file.startsWith(`${folder}/`));

test('no file is longer than 400 lines: a newcomer should find his way in it', () => {
  const long = sources.flatMap(({ file, text }) => {
    const lines = text.split('\n').length;
    return lines > FILE_LINES_MAX ? [`${file}: ${lines} lines`] : [];
  });
  expect(long).toEqual([]);
});

test('each statement that connections prepare has a name of its own', () => {
  const names = sources
    .filter(({ file }) => inFolder('app')(file))
    .flatMap(({ text }) =>
      [...text.matchAll(/\bprepared(?:ForAccounts)?\(\s*'([^']+)'/g)].map(([, name]) => name),
    );
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('only app/env.server.ts reads the environment', () => {
  const elsewhere = places(/process\.env\b/, (file) => inFolder('app')(file) && file !== 'app/env.server.ts');
  expect(elsewhere).toEqual([]);
});

test('the app logs through its logger', () => {
  expect(places(/\bconsole\.\w+\(/, inFolder('app'))).toEqual([]);
});

test('rules and the ledger take time and chance from outside, so that tests can decide both', () => {
  const pure = (file: string): boolean =>
    /^app\/modules\/.+\/rules\//.test(file) || /^app\/modules\/ledger\//.test(file);
  expect(
    places(/\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(|\brandomUUID\(|\bperformance\.now\(/, pure),
  ).toEqual([]);
});

test('amounts are never read as floating point numbers', () => {
  expect(places(/\bparseFloat\(|\.toFixed\(/, inFolder('app/modules', 'app/lib/money'))).toEqual([]);
});

test('a currency that is not known is refused or told apart, never taken for another or for an empty text', () => {
  const fallback = /currency(Code)?\)?\s*(\?\?\s*['"`]|\|\|\s*('[A-Z]{3}'|''))/i;
  expect(places(fallback, inFolder('app', 'sandbox', 'scripts'))).toEqual([]);
});

test('sums of money are over net_minor, which is zero in another currency, or leave other currencies out', () => {
  const sums = places(/sum\([^)]*total_minor/i, inFolder('app')).filter(
    (place) => !/OTHER_CURRENCY/.test(place),
  );
  expect(sums).toEqual([]);
});

test('GraphQL stands in integrations/shopify/operations and nowhere else', () => {
  const graphql = /#graphql|`\s*(query|mutation)\s+\w*\s*[({]/;
  const outside = (file: string): boolean =>
    file.startsWith('app/') && !file.startsWith('app/integrations/shopify/operations/');
  expect(places(graphql, outside)).toEqual([]);
});

test('bodies are read through lib/read-body, which counts their bytes and their time', () => {
  const read =
    /\b(request|req|args\.request)\.(json|text|formData|arrayBuffer|blob|bytes|clone)\(|\b(request|req)\.body\b|\bparseFormData\(|\breq\.(on|pipe)\(|\bexpress\.(json|urlencoded|raw|text)\b/;
  const counted = [
    'app/lib/read-body.server.ts',
    // Its library counts.
    'app/modules/photos/read-upload.server.ts',
    // Parses what lib/read-body has read.
    'app/modules/resellers/applications/serve-apply.server.ts',
    // Counts as it writes, up to 200 MB.
    'app/modules/workbooks/upload/receive-file.server.ts',
    // Our own requests to Shopify.
    'app/integrations/shopify/fetch.server.ts',
  ];
  const ours = (file: string): boolean => file.startsWith('app/') || file === 'server.ts';
  expect(places(read, (file) => ours(file) && !counted.includes(file))).toEqual([]);
});

test('addresses of requests are read through lib/storable, which drops what the database cannot store', () => {
  const read = /\.searchParams\b|\{ searchParams \}/;
  // A browser's own address, and what is compared or checked by a format, never stored.
  const harmless = [
    'app/lib/storable.ts',
    'app/auth/admin-claims.ts',
    'app/i18n/locales.ts',
    'app/modules/crm/list/ui/customer-list.tsx',
    'app/modules/club-api/read-request.ts',
    'app/integrations/shopify/staff-user.server.ts',
    'app/routes/_index.tsx',
  ];
  expect(places(read, (file) => inFolder('app')(file) && !harmless.includes(file))).toEqual([]);
});

test('imports inside the project carry their extension, as Node wants them', () => {
  const withoutExtension =
    /from '(\.{1,2}\/|#(app|sandbox|test|scripts)\/)[^']*(?<!\.(ts|tsx|js|mjs|json|css|webp)(\?url)?)'/;
  expect(places(withoutExtension, () => true)).toEqual([]);
});

test("Prisma stores Shopify's sessions; modules write SQL (decision 0024)", () => {
  expect(places(/\bprisma\b/i, inFolder('app/modules', 'app/routes'))).toEqual([]);
});

test('documents that a file names are in this repository', () => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n');
  const documents = new Set(
    tracked.filter((file) => file.endsWith('.md')).map((file) => path.basename(file)),
  );
  // A migration that was applied is not changed: the database compares its digest. Dependencies name their licences.
  const texts = tracked.filter(
    (file) =>
      /\.(ts|tsx|js|mjs|cjs|md|sql|toml|yml)$/.test(file) &&
      !file.endsWith('_init/migration.sql') &&
      file !== 'docs/dependencies.md',
  );
  const missing = texts.flatMap((file) =>
    [...fs.readFileSync(path.join(ROOT, file), 'utf8').matchAll(/\b[\w-]+\.md\b/g)]
      .map(([name]) => name)
      .filter((name) => !documents.has(name))
      .map((name) => `${file}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('no test is left out or alone', () => {
  expect(places(/\b(test|it|describe)\.(only|skip|todo)\(/, inFolder('test'))).toEqual([]);
});

test('nothing is left for later in a comment', () => {
  const marks = sources.flatMap(({ file, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        /\b(TODO|FIXME|XXX|HACK)\b(?!\|)/.test(line) ? [`${file}:${index + 1}`] : [],
      ),
  );
  expect(marks.filter((place) => !place.startsWith('test/unit/tidy.test.ts'))).toEqual([]);
});

/** What screens may take from Polaris themselves: layout, texts, buttons and signs. The rest is behind components/. */
const POLARIS_OF_SCREENS = new Set(
  [
    'BlockStack Box Card Collapsible Divider InlineGrid InlineStack Layout List Popover Tabs ActionList',
    'Badge Banner Button ButtonGroup Icon InlineError Link ProgressBar SkeletonBodyText Spinner Tag Text Thumbnail',
    'BadgeProps MenuActionDescriptor',
  ].flatMap((names) => names.split(' ')),
);

/** Parts of Polaris that a single file knows. */
const POLARIS_OF_ONE_FILE: Record<string, string[]> = {
  'app/modules/crm/list/ui/list-filters.tsx': ['Filters', 'FilterInterface'],
  'app/modules/photos/ui/photo-uploads.tsx': ['DropZone'],
  'app/modules/workbooks/ui/file-upload.tsx': ['DropZone'],
  'app/modules/pricing/lists/ui/paste-dialog.tsx': ['DropZone'],
  'app/modules/regions/ui/choice-field.tsx': ['Combobox', 'Listbox'],
  'app/modules/tags/ui/tag-field.tsx': ['Autocomplete'],
};

test('days are typed into the one day field, which writes them as the language does', () => {
  expect(places(/type="date"/, (file) => file.startsWith('app/'))).toEqual([]);
});

test('Polaris fields, tables, dialogs and charts are reached through components/', () => {
  const outside = sources.filter(({ file }) => inFolder('app/modules', 'app/routes')(file));
  const broken = outside.flatMap(({ file, text }) => {
    const charts = text.includes("'@shopify/polaris-viz") ? [`${file}: polaris-viz`] : [];
    const imported = [...text.matchAll(/import (?:type )?\{([^}]*)\} from '@shopify\/polaris'/g)]
      .flatMap(([, names = '']) => names.split(','))
      .map((name) => name.trim().replace(/^type /, ''))
      .filter((name) => name !== '');
    const foreign = imported.filter(
      (name) => !POLARIS_OF_SCREENS.has(name) && !POLARIS_OF_ONE_FILE[file]?.includes(name),
    );
    return [...charts, ...foreign.map((name) => `${file}: ${name}`)];
  });
  expect(broken).toEqual([]);
});

/** Files that go to an address with parameters of their own, each with why nothing chosen before is lost. */
const WHOLE_ADDRESSES: Readonly<Record<string, string>> = {
  'app/components/use-search-change.ts': 'the way for all others',
  'app/modules/crm/list/ui/use-list-change.ts': 'made of what is coming',
  'app/modules/crm/ledger/ui/ledger-screen.tsx': 'its form has all filters, which are applied together',
  'app/modules/crm/adjust/ui/adjust-search.tsx': 'it has one parameter',
  'app/routes/i.$code.tsx': 'goes on to the store',
  'app/components/admin-frame.tsx': "goes to an entry of Shopify's menu",
};

test('a choice in a list changes the coming address: one made of loaded data takes back what was just chosen', () => {
  const made = String.raw`\(\s*(?:\x60[^\x60]*\?|['"][^'"]*\?|\{|\w+\()`;
  // What `submit` sends through a fetcher changes no address: only useSubmit's does.
  const ways: [hook: RegExp, call: RegExp][] = [
    [/\buseNavigate\(/, new RegExp(String.raw`\bnavigate${made}`)],
    [/\buseSubmit\(/, new RegExp(String.raw`\bsubmit\(`)],
    [/\buseSearchParams\(/, /\[\w*, set\w+\] = useSearchParams/],
  ];
  const isScreen = (file: string) => inFolder('app')(file) && WHOLE_ADDRESSES[file] === undefined;
  const broken = sources.filter(({ file, text }) => {
    const code = withoutComments(text);
    return isScreen(file) && ways.some(([hook, call]) => hook.test(code) && call.test(code));
  });
  expect(broken.map(({ file }) => file)).toEqual([]);
});

/** Words of a translated text, with what to write instead. CONTRIBUTING.md, "English", has the whole list. */
const FOREIGN_WORDS: readonly [foreign: RegExp, instead: string][] = [
  [/\bwhoever\b/i, 'the customer who'],
  [/\bsomebody\b/i, 'someone, a customer'],
  [/\banew\b/i, 'again'],
  [/\bso many\b/i, 'a number of'],
  [/\ball the same\b/i, 'still'],
  [/\bfor ever\b/i, 'never expires'],
  [/\bany more\b/i, 'no longer'],
  [/\bnowhere left\b/i, 'already spent'],
];

const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*(?:\n[ \t]*\/\/.*)*/gm;
const DOC_COMMENT = /\/\*\*[\s\S]*?\*\//g;
const TEST_NAME = /(?<=(?:\b(?:test|it|describe)|\))\(\s*)(['"`]).*?\1,/g;

/** `file:line` of each of `words` in the texts that `pattern` matches, with what to write instead. */
function foreignWords(pattern: RegExp, words: typeof FOREIGN_WORDS): string[] {
  return sources.flatMap(({ file, text }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const sentence = match[0]
        .replaceAll(/^[ \t]*(\/\*\*?|\*\/|\*|\/\/)/gm, '')
        .replaceAll(/\s+/g, ' ')
        .trim();
      return words.flatMap(([foreign, instead]) => {
        const found = foreign.exec(sentence)?.[0];
        const line = text.slice(0, match.index).split('\n').length;
        return found ? [`${file}:${line} "${found}": write ${instead}`] : [];
      });
    }),
  );
}

test('comments and test names use the words of the house', () => {
  expect(foreignWords(COMMENT, FOREIGN_WORDS)).toEqual([]);
  expect(foreignWords(TEST_NAME, FOREIGN_WORDS)).toEqual([]);
  expect(foreignWords(DOC_COMMENT, [[/^(answers|gives)\b/i, 'Returns']])).toEqual([]);
});

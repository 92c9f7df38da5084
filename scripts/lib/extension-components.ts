/** The components that UI extensions may draw, read from the types of `@shopify/ui-extensions`: what the sandbox draws by. */
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Where the list is stored. */
export const COMPONENTS_FILE = path.join(ROOT, 'sandbox/shopify/extensions/components.json');

/** The targets that an extension of ours has or will have, by surface. */
const TARGETS: Readonly<Record<string, readonly string[]>> = {
  checkout: ['purchase.checkout.block.render', 'purchase.thank-you.block.render'],
  'customer-account': [
    'customer-account.page.render',
    'customer-account.order-index.announcement.render',
    'customer-account.order-index.block.render',
    'customer-account.order-status.block.render',
    'customer-account.profile.block.render',
  ],
  'point-of-sale': [
    'pos.customer-details.action.menu-item.render',
    'pos.customer-details.action.render',
    'pos.customer-details.block.render',
    'pos.home.modal.render',
    'pos.home.tile.render',
    'pos.order-details.block.render',
    'pos.purchase.post.action.render',
    'pos.purchase.post.block.render',
    'pos.receipt-footer.block.render',
  ],
  admin: [
    'admin.customer-details.action.render',
    'admin.customer-details.block.render',
    'admin.customer-index.selection-action.render',
    'admin.customer-segment-details.action.render',
    'admin.order-details.action.render',
    'admin.order-details.block.render',
  ],
};

/** What JSX adds to every element, and what the host gives every element. */
const NOT_PROPERTIES = new Set(['children', 'key', 'ref', 'slot', 'id']);

/** What a surface's own elements can be told; the rest of their methods is how they are made. */
const METHOD = /^(?:show|hide|toggle)(?:Overlay)?$/;

interface Component {
  properties: string[];
  events: string[];
  methods: string[];
}

/** Returns the file's content: the components of each surface, and which of them each target has. */
export function renderComponents(): string {
  const host = createHost();
  const surfaces: Record<string, Record<string, Component>> = {};
  const targets: Record<string, { surface: string; components: string[] }> = {};
  for (const [surface, names] of Object.entries(TARGETS)) {
    const components: Record<string, Component> = {};
    for (const target of names) {
      const found = readTarget(target, host);
      Object.assign(components, found);
      targets[target] = { surface, components: Object.keys(found).sort() };
    }
    surfaces[surface] = Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  return `${JSON.stringify({ surfaces, targets }, null, 2)}\n`;
}

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
  types: [],
  noEmit: true,
  skipLibCheck: true,
};

/** A compiler host that reads each file once for all targets. */
function createHost(): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  const read = host.getSourceFile.bind(host);
  const files = new Map<string, ts.SourceFile | undefined>();
  host.getSourceFile = (name, ...rest) => {
    if (!files.has(name)) files.set(name, read(name, ...rest));
    return files.get(name);
  };
  return host;
}

/** Reads what JSX may have once a target's types are there: the surfaces declare unlike elements under the same names. */
function readTarget(target: string, base: ts.CompilerHost): Record<string, Component> {
  const entry = path.join(ROOT, `extensions/checkout-redeem/${target}.probe.ts`);
  const text = `import '@shopify/ui-extensions/${target}';
import type { createElement } from 'preact';
export declare const jsx: createElement.JSX.IntrinsicElements;
export declare const elements: HTMLElementTagNameMap;
export declare const html: HTMLElement;`;
  const host: ts.CompilerHost = {
    ...base,
    fileExists: (name) => name === entry || base.fileExists(name),
    readFile: (name) => (name === entry ? text : base.readFile(name)),
    getSourceFile: (name, version, ...rest) =>
      name === entry ? ts.createSourceFile(name, text, version) : base.getSourceFile(name, version, ...rest),
  };
  const program = ts.createProgram([entry], OPTIONS, host);
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(entry);
  const module = file && checker.getSymbolAtLocation(file);
  if (!file || !module) throw new Error(`@shopify/ui-extensions has no target ${target}`);
  const typeOf = (name: string): ts.Type => {
    const symbol = checker.getExportsOfModule(module).find((each) => each.name === name);
    if (!symbol) throw new Error(`no ${name} in the probe`);
    return checker.getTypeOfSymbolAtLocation(symbol, file);
  };
  const [jsx, elements, html] = [typeOf('jsx'), typeOf('elements'), typeOf('html')];
  const plain = new Set(checker.getPropertiesOfType(html).map(({ name }) => name));
  const found = checker.getPropertiesOfType(jsx).filter(({ name }) => name.startsWith('s-'));
  if (found.length === 0) throw new Error(`@shopify/ui-extensions: ${target} has no components`);
  return Object.fromEntries(
    found.map((symbol) => {
      const names = namesOf(checker, checker.getTypeOfSymbolAtLocation(symbol, file));
      const element = checker.getPropertyOfType(elements, symbol.name);
      const methods = element
        ? checker
            .getPropertiesOfType(checker.getTypeOfSymbolAtLocation(element, file))
            .map(({ name }) => name)
            .filter((name) => METHOD.test(name) && !plain.has(name) && !names.all.has(name))
            .sort()
        : [];
      return [symbol.name, { properties: names.properties, events: names.events, methods }];
    }),
  );
}

function namesOf(checker: ts.TypeChecker, type: ts.Type) {
  const all = new Set(checker.getPropertiesOfType(type).map(({ name }) => name));
  const isEvent = (name: string) => /^on[A-Z]/.test(name);
  const properties = [...all].filter((name) => !isEvent(name) && !NOT_PROPERTIES.has(name)).sort();
  const events = [...all]
    .filter(isEvent)
    .map((name) => name.slice(2).toLowerCase())
    .sort();
  return { all, properties, events };
}

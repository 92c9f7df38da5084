/** The directions of ARCHITECTURE.md ("Directions"). `npm run boundaries` holds them; each rule says why. */
const fs = require('node:fs');
const path = require('node:path');

/** The modules from the ground up, as the table under "The order of modules" lists them. */
function readModuleOrder() {
  const text = fs.readFileSync(path.join(__dirname, 'ARCHITECTURE.md'), 'utf8');
  const section = text.split('## The order of modules')[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => /^\| \*\*/.test(line));
  const modules = rows.flatMap((row) =>
    [...row.split('|')[2].matchAll(/`([a-z-]+)`/g)].map(([, name]) => name),
  );
  if (modules.length === 0) throw new Error('ARCHITECTURE.md has no table "The order of modules"');
  return modules;
}

const MODULES = readModuleOrder();
const MODULE = '^app/modules/([^/]+)/';

/** One rule a module: it must not import what stands behind it in the list, types included. */
const DOWNWARDS = MODULES.slice(0, -1).map((name, index) => ({
  name: `${name}-imports-downwards`,
  comment: `${name} may import only the modules before it in the order of ARCHITECTURE.md.`,
  severity: 'error',
  from: { path: `^app/modules/${name}/` },
  to: { path: `^app/modules/(${MODULES.slice(index + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...DOWNWARDS,
    {
      name: 'modules-are-listed',
      comment: 'A module that the order of ARCHITECTURE.md does not name could import anything.',
      severity: 'error',
      from: { path: MODULE, pathNot: `^app/modules/(${MODULES.join('|')})/` },
      to: {},
    },
    {
      name: 'no-circular',
      comment:
        'Two files that need each other are one file, or share a third that is missing. Types count too.',
      severity: 'error',
      from: { pathNot: '^sandbox/' },
      to: { circular: true },
    },
    {
      name: 'no-circular-sandbox',
      comment:
        "The types of the sandbox's graph do refer to each other: an order has a customer, who has orders.",
      severity: 'error',
      from: { path: '^sandbox/', pathNot: '^sandbox/shopify/admin-graphql/sources/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'rules-are-pure',
      comment:
        'rules/ run in the app, in extensions and in property tests: no IO, clock, randomness or library. They may ' +
        'import other rules, app/lib and of that nothing that touches the server, and what they share with extensions.',
      severity: 'error',
      from: { path: '^app/modules/.+/rules/' },
      to: { pathNot: '^app/modules/.+/rules/|^app/lib/(?!.*\\.server\\.ts$)|^extensions/shared/' },
    },
    {
      name: 'lib-knows-nobody',
      comment: 'lib/ is what everybody stands on; what it needs of the product belongs to a module.',
      severity: 'error',
      from: { path: '^app/lib/' },
      to: { path: '^app/(?!lib/|env\\.server\\.ts)' },
    },
    {
      name: 'modules-below-routes',
      comment: 'Routes and jobs call use cases; a use case that knew its caller could serve no other.',
      severity: 'error',
      from: { path: '^app/(modules|integrations)/' },
      to: { path: '^app/(routes|jobs|root\\.tsx|entry\\.)|^server\\.ts' },
    },
    {
      name: 'integrations-know-vendors-only',
      comment:
        'An integration hands over what a vendor said; what the product makes of it is decoded and decided in modules/.',
      severity: 'error',
      from: { path: '^app/integrations/' },
      to: { path: '^app/(modules|components)/' },
    },
    {
      name: 'shopify-sdk-behind-its-integration',
      comment:
        'The server side of Shopify is reached through app/shopify.server.ts and integrations/shopify, so that its ' +
        'errors and retries are dealt with in one place.',
      severity: 'error',
      from: {
        path: '^app/',
        pathNot: '^app/(integrations/shopify/|shopify\\.server\\.ts|root\\.tsx|entry\\.)|^app/routes/',
      },
      to: { path: 'node_modules/@shopify/(shopify-api|shopify-app-remix|shopify-app-session-storage)' },
    },
    {
      name: 'routes-stay-thin',
      comment:
        'A route authenticates, parses, calls one use case and shows the result; SQL belongs to a module.',
      severity: 'error',
      from: { path: '^app/routes/' },
      to: { path: '^app/db\\.server\\.ts|node_modules/(pg|@prisma)/' },
    },
    {
      name: 'screens-do-not-reach-the-server',
      comment: 'A component that imports server code would ship it, or fail in the browser. Types are free.',
      severity: 'error',
      // The one file of i18n that only actions import: it reads a request.
      from: { path: '^app/(components|i18n)/|/ui/.*\\.tsx?$', pathNot: '^app/i18n/read-draft\\.ts$' },
      to: { path: '\\.server\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'value-moves-in-use-cases',
      comment: 'Posting locks accounts in order inside a transaction: that is the work of a use case.',
      severity: 'error',
      from: { path: '^app/', pathNot: '^app/modules/' },
      to: {
        path: '^app/modules/ledger/(post|expiry/expire-page)\\.server\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'screens-of-others-are-for-screens',
      comment:
        "A module's ui/ is there for itself and for the screens of modules above it; its SQL fragments (*.sql.ts) " +
        'are its own.',
      severity: 'error',
      from: { path: MODULE, pathNot: '/ui/' },
      to: { path: '^app/modules/.+/ui/|\\.sql\\.ts$', pathNot: '^app/modules/$1/' },
    },
    {
      name: 'app-without-its-surroundings',
      comment: 'Production holds neither a sandbox nor tests: the seams are HTTP.',
      severity: 'error',
      from: { path: '^(app|extensions)/|^server\\.ts' },
      to: { path: '^(sandbox|test|bench|scripts|prisma)/' },
    },
    {
      name: 'sandbox-is-another-company',
      comment:
        'The sandbox plays Shopify. If it shared code with the app, both could be wrong in the same way.',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(app|test|bench|scripts)/' },
    },
    {
      name: 'extensions-are-islands',
      comment:
        'An extension is bundled and deployed by itself; what it shares with the app is extensions/shared.',
      severity: 'error',
      from: { path: '^extensions/([^/]+)/' },
      to: { path: '^(app|extensions|server\\.ts)', pathNot: '^extensions/($1|shared)/' },
    },
    {
      name: 'app-sees-only-what-is-shared',
      comment: 'The inside of an extension runs in a browser worker at Shopify and not here.',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^extensions/', pathNot: '^extensions/shared/' },
    },
    {
      name: 'shared-has-no-dependency',
      comment: 'What app and extensions share is plain TypeScript: bundles count every byte.',
      severity: 'error',
      from: { path: '^extensions/shared/' },
      to: { pathNot: '^extensions/shared/' },
    },
    {
      name: 'production-without-dev-dependencies',
      comment: 'An image is built with npm ci --omit=dev. Only development loads Vite, when it runs.',
      severity: 'error',
      from: { path: '^(app|prisma|server\\.ts)', pathNot: '\\.d\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], dynamic: false },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};

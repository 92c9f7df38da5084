/** The directions of ARCHITECTURE.md ("Direction"). `npm run boundaries` holds them; each rule says why. */
const MODULE = '^app/modules/([^/]+)/';

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment:
        'Two files that need each other are one file, or share a third that is missing. The types of a graph do refer ' +
        'to each other: an order has a customer, who has orders.',
      severity: 'error',
      from: { pathNot: '^sandbox/shopify/admin-graphql/sources/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'rules-are-pure',
      comment:
        'rules/ run in the app, in extensions and in property tests: no IO, clock, randomness or library. They may ' +
        'import other rules and app/lib, and of that nothing that touches the server.',
      severity: 'error',
      from: { path: '^app/modules/[^/]+/rules/' },
      to: { pathNot: '^app/modules/[^/]+/rules/|^app/lib/(?!.*\\.server\\.ts$)' },
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
        'An integration translates a vendor; what the product makes of it is decided in modules/. The words for a ' +
        "customer's record are what Shopify's are translated into.",
      severity: 'error',
      from: { path: '^app/integrations/' },
      to: {
        path: '^app/(modules|components)/',
        pathNot: '^app/modules/customers/rules/customer-record\\.ts$',
      },
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
      from: { path: '^app/(components|i18n)/|/ui/.*\\.tsx$' },
      to: { path: '\\.server\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'one-writer-of-the-ledger',
      comment:
        "The ledger's SQL is called by loyalty's own use cases, which lock the accounts that they post to.",
      severity: 'error',
      from: { path: '^app/', pathNot: '^app/modules/loyalty/' },
      to: {
        path: '^app/modules/loyalty/ledger(-expiry)?\\.server\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'queries-belong-to-their-module',
      comment:
        "A module calls another's use cases and reads, never the helpers inside: its ui/, its tasks or its SQL " +
        'fragments (*.sql.ts). Pickers are made for the forms of others.',
      severity: 'error',
      from: { path: MODULE },
      to: {
        path: '^app/modules/[^/]+/(ui/|.*\\.tasks\\.server\\.ts|.*\\.sql\\.ts)',
        pathNot: '^app/modules/$1/|^app/modules/[^/]+/ui/[a-z]+-picker\\.tsx$',
      },
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

import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const TYPESCRIPT = ['**/*.ts', '**/*.tsx'];

export default tseslint.config(
  {
    ignores: [
      'build/',
      '.cache/',
      '.data/',
      'coverage/',
      'app/types/',
      '**/dist/',
      '**/*.d.ts',
      'extensions/*/shopify.d.ts',
    ],
  },
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-console': 'error',
      'max-lines-per-function': ['error', { max: 70, IIFEs: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      // A cast is a promise that nobody checks. Narrow, parse with zod, or type the source instead.
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      // React, Express and timers take async handlers and ignore the promise; the handler catches its own errors.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, arguments: false } },
      ],
      // An async function that awaits nothing fulfils an interface (a loader, a task) all the same.
      '@typescript-eslint/require-await': 'off',
      // bigint, number and Date in messages are meant; objects are still refused.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowAny: false },
      ],
    },
  },
  {
    files: ['app/**/*.tsx', 'extensions/**/*.tsx', 'sandbox/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks, 'jsx-a11y': jsxA11y },
    rules: {
      ...jsxA11y.flatConfigs.recommended.rules,
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
    },
  },
  {
    // Remix throws Responses and redirects as its way of answering.
    files: ['app/**/*.{ts,tsx}'],
    rules: { '@typescript-eslint/only-throw-error': 'off' },
  },
  {
    files: ['app/**/*.{ts,tsx}', 'server.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'Property[key.name=/^(err|error|cause|message|stack|detail|where|hint)$/]',
          'MemberExpression[property.name=/^(message|stack|detail|where|hint|cause)$/]',
          'CallExpression[callee.name="String"] > Identifier[name=/^(err|error|cause)$/]',
        ].map((part) => ({
          selector: `CallExpression[callee.object.name="logger"] ${part}, CallExpression[callee.object.property.name="logger"] ${part}`,
          message: 'Errors quote data of persons: log safeErrorText(error) or safeErrorFields(error).',
        })),
      ],
    },
  },
  {
    files: ['scripts/**', 'bench/**', 'sandbox/**', 'prisma/**', 'test/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // They read replies of our own services and reports of tools: they know the shape of the JSON or fail at once.
    files: ['test/**/*.{ts,tsx}', 'scripts/**/*.ts', 'bench/**/*.ts', 'sandbox/**/*.ts'],
    rules: {
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      // A `describe` is no function to read in one go, and a journey is told from its beginning to its end.
      'max-lines-per-function': 'off',
      '@typescript-eslint/consistent-type-assertions': 'off',
    },
  },
);

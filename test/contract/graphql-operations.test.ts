/** Checks every GraphQL operation of the app against Shopify's real Admin schema of the version that the app uses. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { concatAST, Kind, parse, print, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql';
import { describe, expect, test } from 'vitest';
import { NEXT_API_VERSION, readAdminIntrospection, readAdminSchema } from '../../scripts/lib/admin-schema.ts';
import { APPROVALS, asApproved, CONTENT_OF_FIELD } from '#app/integrations/shopify/protected-fields.ts';
import { BULK_ORDERS } from '#app/integrations/shopify/operations/orders.ts';
import { BULK_CUSTOMERS } from '#app/integrations/shopify/operations/sync.ts';
import { DEPRECATED_IN_USE } from '#app/integrations/shopify/deprecated-fields.ts';
import { deprecatedInDocument } from '#sandbox/shopify/admin-graphql/deprecations.ts';
import { readOperations } from '../../scripts/lib/graphql-operations.ts';

const sources = readOperations();
const files = [...new Set(sources.map(({ file }) => file))];
const schema = readAdminSchema();

test('there are operations to check', () => {
  expect(files.length).toBeGreaterThan(0);
});

test.each(files)('%s is valid', (file) => {
  // A fragment is in a literal of its own, so a file is checked as one document.
  const document = concatAST(
    sources.filter((source) => source.file === file).map((source) => source.document),
  );
  expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
});

test('what the first live run asks of Shopify is valid too', () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../docs/first-live-run.md'), 'utf8');
  const documents = Array.from(text.matchAll(/```graphql\n([\s\S]*?)```/g), ([, graphql = '']) =>
    parse(graphql),
  );
  expect(documents.length).toBeGreaterThan(5);
  for (const document of documents)
    expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
});

describe('deprecated fields', () => {
  const document = concatAST(sources.map((source) => source.document));

  test('are those of the table, no more and no fewer', () => {
    expect(deprecatedInDocument(schema, document).toSorted()).toEqual(
      Object.keys(DEPRECATED_IN_USE).toSorted(),
    );
  });

  test('nothing that we use is gone in the next version, nor newly deprecated there', () => {
    const next = readAdminSchema(NEXT_API_VERSION);
    expect(validate(next, document).map(({ message }) => message)).toEqual([]);
    expect(deprecatedInDocument(next, document).toSorted()).toEqual(
      Object.keys(DEPRECATED_IN_USE).toSorted(),
    );
  });
});

test('names of operations are unique: logs and generated types use them', () => {
  const names = sources.flatMap(({ document }) =>
    document.definitions.flatMap((node) =>
      node.kind === Kind.OPERATION_DEFINITION ? [node.name?.value] : [],
    ),
  );
  expect(names).not.toContain(undefined);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

describe('protected fields', () => {
  /** `Type.field` to its content, as Shopify's schema marks it. */
  const contents = new Map<string, string | undefined>(
    readAdminIntrospection().__schema.types.flatMap((type) =>
      ('fields' in type ? (type.fields ?? []) : []).flatMap((field) => {
        const { isProtected, protectedContent } = field as {
          isProtected?: boolean;
          protectedContent?: string;
        };
        return isProtected ? [[`${type.name}.${field.name}`, protectedContent] as const] : [];
      }),
    ),
  );

  /** Every field of the operations that is protected, or is marked as if it were. */
  function marked() {
    const found: { field: string; content: string | undefined; mark: string | undefined }[] = [];
    const info = new TypeInfo(schema);
    const document = concatAST(sources.map((source) => source.document));
    visit(
      document,
      visitWithTypeInfo(info, {
        Field: (node) => {
          const field = `${info.getParentType()?.name}.${node.name.value}`;
          const directive = node.directives?.find(({ name }) => name.value === 'include');
          const mark = directive && /\$(\w+)/.exec(print(directive))?.[1];
          if (contents.has(field) || mark) found.push({ field, content: contents.get(field), mark });
        },
      }),
    );
    return found;
  }

  test('are marked with their content, and nothing else is', () => {
    const wrong = marked().filter(({ content, mark }) => content !== mark);
    expect(marked().length).toBeGreaterThan(15);
    expect(wrong).toEqual([]);
  });

  test('are in the table by their names: an error names no type', () => {
    const names = new Map(marked().map(({ field, content }) => [field.split('.')[1]!, content]));
    expect(Object.fromEntries(names)).toEqual(CONTENT_OF_FIELD);
  });

  test('left out, each operation is valid, and asks for none', () => {
    const whole = concatAST(sources.map((source) => source.document));
    for (const unapproved of [new Set<never>(), new Set(APPROVALS)]) {
      const text = asApproved(print(whole), unapproved);
      expect(text).not.toContain('@include');
      const unused = validate(schema, parse(text)).map(({ message }) => message);
      expect(unused).toEqual([]);
      expect(/\b(firstName|emailAddress|phoneNumber|address1|zip)\b/.test(text)).toBe(unapproved.size === 0);
      for (const bulk of [BULK_ORDERS, BULK_CUSTOMERS])
        expect(validate(schema, parse(asApproved(bulk, unapproved)))).toEqual([]);
    }
  });
});

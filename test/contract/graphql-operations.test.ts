/** Every GraphQL operation of the app, against Shopify's real Admin schema of the version that the app speaks. */
import { concatAST, Kind, validate } from 'graphql';
import { expect, test } from 'vitest';
import { readAdminSchema } from '../../scripts/lib/admin-schema.ts';
import { readOperations } from '../../scripts/lib/graphql-operations.ts';

const sources = readOperations();
const files = [...new Set(sources.map(({ file }) => file))];
const schema = readAdminSchema();

test('there are operations to check', () => {
  expect(files.length).toBeGreaterThan(0);
});

test.each(files)('%s is valid', (file) => {
  // A fragment stands in a literal of its own, so a file is checked as one document.
  const document = concatAST(
    sources.filter((source) => source.file === file).map((source) => source.document),
  );
  expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
});

test('names of operations are unique: logs and generated types go by them', () => {
  const names = sources.flatMap(({ document }) =>
    document.definitions.flatMap((node) =>
      node.kind === Kind.OPERATION_DEFINITION ? [node.name?.value] : [],
    ),
  );
  expect(names).not.toContain(undefined);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

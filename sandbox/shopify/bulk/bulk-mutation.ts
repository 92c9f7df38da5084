import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';

/** Mutations that Shopify does not run in bulk: they start bulk operations themselves. */
const NOT_IN_BULK = new Set(['bulkOperationRunMutation', 'bulkOperationRunQuery', 'bulkOperationCancel']);
/** Since 2026-01; 20 MB before. */
const FILE_BYTES_MAX = 100_000_000;

export type CheckedMutation =
  { ok: true; document: DocumentNode; rootField: string } | { ok: false; message: string };

export type Variables = Record<string, unknown>;

/** Checks a mutation by the rules of bulk operations. */
export function checkBulkMutation(schema: GraphQLSchema, text: string): CheckedMutation {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (error) {
    return refused(error instanceof GraphQLError ? error.message : String(error));
  }
  const [invalid] = validate(schema, document);
  if (invalid) return refused(invalid.message);
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (!operation || operations.length > 1) return refused('one operation is expected');
  if (operation.operation !== OperationTypeNode.MUTATION) return refused('only mutations are supported');
  const roots = operation.selectionSet.selections.filter((node) => node.kind === Kind.FIELD);
  const [root] = roots;
  if (!root || roots.length > 1) return refused('exactly one top-level field is expected');
  if (NOT_IN_BULK.has(root.name.value)) return refused(`${root.name.value} can't be run in bulk`);
  return { ok: true, document, rootField: root.name.value };
}

const refused = (message: string): CheckedMutation => ({
  ok: false,
  message: `Invalid bulk mutation: ${message}`,
});

/** The variables of each line of a file; null for a file that is none. */
export function readVariables(file: Buffer): Variables[] | null {
  if (file.length === 0 || file.length > FILE_BYTES_MAX) return null;
  const lines = file
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const variables: Variables[] = [];
  for (const line of lines) {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return null;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    variables.push({ ...value });
  }
  return variables;
}

/** Results as Shopify stores them: in no promised order. Here the odd lines come after the even ones, backwards. */
export function outOfOrder<T>(lines: readonly T[]): T[] {
  return [...lines.filter((_, at) => at % 2 === 0), ...lines.filter((_, at) => at % 2 === 1).toReversed()];
}

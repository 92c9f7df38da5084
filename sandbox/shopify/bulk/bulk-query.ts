import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  GraphQLError,
  type GraphQLSchema,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';

const MOST_CONNECTIONS = 5;
const DEEPEST_CONNECTION = 2;

export type CheckedQuery =
  { ok: true; document: DocumentNode; rootField: string } | { ok: false; messages: string[] };

type Found = {
  connections: number;
  deepest: number;
  isInList: boolean;
  byNodes: string[];
  withoutId: string[];
  /** Connections whose nodes don't implement `Node`. */
  notOfNodes: string[];
};

type Place = { depth: number; inList: boolean; parent: { name: string; hasId: boolean } | null };

/**
 * Checks a query by the rules of bulk operations; the messages are Shopify's where one is known. `isOfNodesOnly`: also by
 * the rule that it documents and hasn't been seen to apply, that connections are of the type `Node`.
 */
export function checkBulkQuery(schema: GraphQLSchema, text: string, isOfNodesOnly = false): CheckedQuery {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (error) {
    return refused(`Invalid bulk query: ${error instanceof GraphQLError ? error.message : String(error)}`);
  }
  const invalid = validate(schema, document).map(({ message }) => `Invalid bulk query: ${message}`);
  if (invalid.length > 0) return refused(...invalid);
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (!operation || operations.length > 1) return refused('Invalid bulk query: one operation is expected');
  if (operation.operation !== OperationTypeNode.QUERY)
    return refused('Invalid operation type. Only `query` operations are supported.');
  const roots = operation.selectionSet.selections.filter((node) => node.kind === Kind.FIELD);
  const [root] = roots;
  if (!root || roots.length > 1) return refused('Bulk queries must contain exactly one top-level field.');
  const queryType = schema.getQueryType();
  const messages: string[] = [];
  const found: Found = {
    connections: 0,
    deepest: 0,
    isInList: false,
    byNodes: [],
    withoutId: [],
    notOfNodes: [],
  };
  if (root.name.value === 'node' || root.name.value === 'nodes')
    messages.push('Bulk queries cannot contain a top level `node` field.');
  else if (queryType)
    new Walk(schema, document, found).field(queryType, root, { depth: 0, inList: false, parent: null });
  messages.push(...complaints(found));
  if (isOfNodesOnly && found.notOfNodes.length > 0)
    messages.push(`Connections must implement the Node interface. Invalid: ${found.notOfNodes.join(', ')}.`);
  return messages.length > 0 ? { ok: false, messages } : { ok: true, document, rootField: root.name.value };
}

function refused(...messages: string[]): CheckedQuery {
  return { ok: false, messages };
}

function complaints(found: Found): string[] {
  const messages: string[] = [];
  const [example] = found.byNodes;
  if (example !== undefined)
    messages.push(
      `All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: '${example} { edges { node {'. Selecting via 'nodes' is not supported. Invalid connection fields: '${found.byNodes.join("', '")}'.`,
    );
  if (found.deepest > DEEPEST_CONNECTION)
    messages.push('Bulk queries cannot contain connections with a nesting depth greater than 2.');
  if (found.connections > MOST_CONNECTIONS)
    messages.push('Bulk queries cannot contain more than 5 connections.');
  if (found.withoutId.length > 0)
    messages.push(
      `The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': ${found.withoutId.join(', ')}.`,
    );
  if (found.isInList)
    messages.push('Queries that contain a connection field within a list field are not currently supported.');
  if (found.connections === 0) messages.push('Bulk queries must contain at least one connection.');
  return messages;
}

/** Looks for connections through fields and fragments. */
class Walk {
  readonly #schema: GraphQLSchema;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #found: Found;

  constructor(schema: GraphQLSchema, document: DocumentNode, found: Found) {
    this.#schema = schema;
    this.#found = found;
    for (const node of document.definitions)
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(node.name.value, node);
  }

  field(parentType: GraphQLNamedType, node: FieldNode, place: Place): void {
    if (!isObjectType(parentType) && !isInterfaceType(parentType)) return;
    const field = parentType.getFields()[node.name.value];
    if (!field || !node.selectionSet) return;
    const type = getNamedType(field.type);
    if (isObjectType(type) && type.name.endsWith('Connection'))
      return this.#connection(type, node, node.selectionSet, place);
    const inList = place.inList || isListType(getNullableType(field.type));
    this.#selections(type, node.selectionSet, { ...place, inList });
  }

  #connection(type: GraphQLObjectType, node: FieldNode, selection: SelectionSetNode, place: Place): void {
    const found = this.#found;
    const name = node.name.value;
    found.connections += 1;
    found.deepest = Math.max(found.deepest, place.depth);
    found.isInList ||= place.inList;
    if (place.parent && !place.parent.hasId && !found.withoutId.includes(place.parent.name))
      found.withoutId.push(place.parent.name);
    const edges = fieldNamed(selection, 'edges');
    const inner = edges?.selectionSet && fieldNamed(edges.selectionSet, 'node')?.selectionSet;
    if (!inner) return void found.byNodes.push(name);
    const nodeField = type.getFields().nodes;
    const nodeType = nodeField && getNamedType(nodeField.type);
    if (nodeType && !isNode(nodeType)) found.notOfNodes.push(name);
    const id = fieldNamed(inner, 'id');
    const parent = { name, hasId: id !== undefined && id.alias === undefined };
    if (nodeType) this.#selections(nodeType, inner, { depth: place.depth + 1, inList: false, parent });
  }

  #selections(type: GraphQLNamedType, selection: SelectionSetNode, place: Place): void {
    for (const node of selection.selections) {
      if (node.kind === Kind.FIELD) {
        this.field(type, node, place);
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.#fragments.get(node.name.value);
      if (!fragment) continue;
      const on = fragment.typeCondition ? this.#schema.getType(fragment.typeCondition.name.value) : type;
      if (on) this.#selections(on, fragment.selectionSet, place);
    }
  }
}

function isNode(type: GraphQLNamedType): boolean {
  if (!isObjectType(type) && !isInterfaceType(type)) return false;
  return type.getInterfaces().some(({ name }) => name === 'Node');
}

function fieldNamed(selection: SelectionSetNode, name: string): FieldNode | undefined {
  return selection.selections.find(
    (node): node is FieldNode => node.kind === Kind.FIELD && node.name.value === name,
  );
}

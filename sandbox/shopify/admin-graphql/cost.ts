import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  GraphQLError,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';

/** The most expensive single query, as at Shopify. */
export const DEAREST_QUERY = 1_000;

const MUTATION_COST = 10;
const DEFAULT_PAGE = 10;
const CONNECTION_COST = 2;
const PAGE_MAX = 250;
/** Objects that are values rather than resources. */
const FREE_FIELDS = new Set(['billingAddress', 'address', 'measurement', 'unitCost', 'currencyFormats']);

type Walk = {
  schema: GraphQLSchema;
  fragments: Map<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
};

/**
 * What Shopify would ask for an operation before running it, by the formula that its staff gave
 * (community.shopify.dev/t/24364/6): an object costs 1 and its fields, scalars and enums nothing, a mutation 10, a union or
 * interface its dearest branch, a connection 2 and its node ⌊2 ln n⌋ times. Fields whose cost Shopify sets by hand aren't
 * known, but for a few that cost nothing.
 */
export function requestedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const walk = { schema, fragments, variables };
  if (operation.operation === OperationTypeNode.MUTATION)
    return MUTATION_COST * operation.selectionSet.selections.length;
  return selectionCost(walk, schema.getQueryType() ?? undefined, operation.selectionSet);
}

function selectionCost(walk: Walk, type: GraphQLNamedType | undefined, selection: SelectionSetNode): number {
  let own = 0;
  let dearestBranch = 0;
  for (const node of selection.selections) {
    if (node.kind === Kind.FIELD) own += fieldCost(walk, type, node);
    else {
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : walk.fragments.get(node.name.value);
      if (!fragment) continue;
      const on = fragment.typeCondition ? walk.schema.getType(fragment.typeCondition.name.value) : type;
      const cost = selectionCost(walk, on, fragment.selectionSet);
      if (on === type) own += cost;
      else dearestBranch = Math.max(dearestBranch, cost);
    }
  }
  return own + dearestBranch;
}

function fieldCost(walk: Walk, type: GraphQLNamedType | undefined, node: FieldNode): number {
  if (!isObjectType(type) && !isInterfaceType(type)) return 0;
  const field = type.getFields()[node.name.value];
  if (!field || !node.selectionSet) return 0;
  const inner = getNamedType(field.type);
  if (!isCompositeType(inner)) return 0;
  if (!inner.name.endsWith('Connection')) {
    const own = FREE_FIELDS.has(node.name.value) ? 0 : 1;
    return own + selectionCost(walk, inner, node.selectionSet);
  }
  const nodes = selectionCost(walk, inner, withoutPageInfo(node.selectionSet));
  const page = Math.min(PAGE_MAX, Math.max(2, pageSize(walk, node)));
  return CONNECTION_COST + Math.max(1, nodes) * Math.floor(2 * Math.log(page));
}

/** `edges { node }` would count two objects for what `nodes` counts as one. */
function withoutPageInfo(selection: SelectionSetNode): SelectionSetNode {
  const selections = selection.selections.flatMap((node) => {
    if (node.kind !== Kind.FIELD) return [node];
    if (node.name.value === 'pageInfo') return [];
    return node.name.value === 'edges' && node.selectionSet ? node.selectionSet.selections : [node];
  });
  const unwrapped = selections.map((node) =>
    node.kind === Kind.FIELD && node.name.value === 'node'
      ? { ...node, name: { ...node.name, value: 'nodes' } }
      : node,
  );
  return { ...selection, selections: unwrapped };
}

function pageSize(walk: Walk, node: FieldNode): number {
  for (const argument of node.arguments ?? []) {
    if (argument.name.value !== 'first' && argument.name.value !== 'last') continue;
    if (argument.value.kind === Kind.INT) return Number(argument.value.value);
    if (argument.value.kind === Kind.VARIABLE)
      return Number(walk.variables[argument.value.name.value] ?? DEFAULT_PAGE);
  }
  return DEFAULT_PAGE;
}

export type Throttle = { maximumAvailable: number; restoreRate: number };

/** Shopify Plus, the plan on which checkout extensions run: 1,000 points restored per second. */
export const PLUS_THROTTLE: Throttle = { maximumAvailable: 20_000, restoreRate: 1_000 };

/** The points of one shop, refilled continuously by the machine's clock. */
export class CostBucket {
  readonly maximumAvailable: number;
  readonly restoreRate: number;
  #available: number;
  #at = performance.now();

  constructor({ maximumAvailable, restoreRate }: Throttle = PLUS_THROTTLE) {
    this.maximumAvailable = maximumAvailable;
    this.restoreRate = restoreRate;
    this.#available = maximumAvailable;
  }

  /** Takes points; returns false, taking none, when there aren't enough. */
  take(points: number): boolean {
    this.#restore();
    if (points > this.#available) return false;
    this.#available -= points;
    return true;
  }

  /** Refunds what a query was charged above its actual cost. */
  giveBack(points: number): void {
    this.#available = Math.min(this.maximumAvailable, this.#available + points);
  }

  /** `extensions.cost` of a response; `actual` is null when the query didn't run. */
  report(requested: number, actual: number | null) {
    this.#restore();
    return {
      requestedQueryCost: requested,
      actualQueryCost: actual,
      throttleStatus: {
        maximumAvailable: this.maximumAvailable,
        currentlyAvailable: Math.floor(this.#available),
        restoreRate: this.restoreRate,
      },
    };
  }

  #restore(): void {
    const now = performance.now();
    this.#available = Math.min(
      this.maximumAvailable,
      this.#available + ((now - this.#at) / 1000) * this.restoreRate,
    );
    this.#at = now;
  }
}

/** The error of an empty bucket. */
export function throttledError(message = 'Throttled'): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' },
  });
}

/** The error of a query above the maximum cost. */
export function tooCostlyError(cost: number): GraphQLError {
  const text = `Query cost is ${cost}, which exceeds the single query max cost limit (${DEAREST_QUERY}).`;
  return new GraphQLError(text, {
    extensions: {
      code: 'MAX_COST_EXCEEDED',
      cost,
      maxCost: DEAREST_QUERY,
      documentation: 'https://shopify.dev/api/usage/rate-limits',
    },
  });
}

type Line = Record<string, unknown>;

/**
 * Returns the JSONL lines of a bulk result: each node of a connection is a line of its own, without the connections
 * below it; a nested one names its parent in `__parentId`. Grouped: each parent is followed by its children.
 * Otherwise all parents come before all children, since Shopify then only promises that a parent comes before its
 * children.
 */
export function bulkLines(connection: unknown, grouped: boolean): { lines: string[]; roots: number } {
  const parents: string[] = [];
  const children: string[] = [];
  const nodes = nodesOf(connection);
  for (const node of nodes) {
    const below: Line[] = [];
    const own = withoutConnections(node, null, below);
    parents.push(JSON.stringify(own));
    (grouped ? parents : children).push(...below.map((line) => JSON.stringify(line)));
  }
  return { lines: [...parents, ...children], roots: nodes.length };
}

function nodesOf(connection: unknown): Line[] {
  if (!isRecord(connection) || !Array.isArray(connection.edges)) return [];
  return connection.edges.flatMap((edge: unknown) =>
    isRecord(edge) && isRecord(edge.node) ? [edge.node] : [],
  );
}

/** The object less its connections, whose nodes are added to `below` with their parent's id. */
function withoutConnections(source: Line, outerId: string | null, below: Line[]): Line {
  const id = typeof source.id === 'string' ? source.id : outerId;
  const own: Line = {};
  for (const [name, value] of Object.entries(source)) {
    if (!isRecord(value)) own[name] = value;
    else if (!Array.isArray(value.edges)) own[name] = withoutConnections(value, id, below);
    else {
      for (const node of nodesOf(value)) {
        const deeper: Line[] = [];
        below.push({ ...withoutConnections(node, id, deeper), __parentId: id }, ...deeper);
      }
    }
  }
  return own;
}

function isRecord(value: unknown): value is Line {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

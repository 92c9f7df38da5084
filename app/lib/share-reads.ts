/**
 * Shares reads of the same thing: calls that come while one is under way wait for the next and have it together. Each gets
 * what was read after it came, so nothing is older than if it had read by itself. A failed read fails those who shared it.
 */
export function shareReads<Key, Value>(
  read: (key: Key) => Promise<Value>,
  nameOf: (key: Key) => string,
): (key: Key) => Promise<Value> {
  const underWay = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<Value>>();

  function begin(key: Key, name: string): Promise<Value> {
    const reading = read(key).finally(() => {
      if (underWay.get(name) === reading) underWay.delete(name);
    });
    underWay.set(name, reading);
    return reading;
  }

  return (key) => {
    const name = nameOf(key);
    const current = underWay.get(name);
    if (!current) return begin(key, name);
    const begun = next.get(name);
    if (begun) return begun;
    const after = current
      .then(
        () => undefined,
        () => undefined,
      )
      .then(() => {
        next.delete(name);
        return begin(key, name);
      });
    next.set(name, after);
    return after;
  };
}

/** Adds a value to a statement's parameters; returns its placeholder, such as `$3`. */
export type PutParameter = (value: unknown) => string;

/** Puts values behind those that are there. */
export function putInto(parameters: unknown[]): PutParameter {
  return (value) => `$${parameters.push(value)}`;
}

/** The app's Functions: read from the folders of `extensions/`, as a deploy does, and run with Shopify's limits. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import {
  buildClientSchema,
  coerceInputValue,
  type DocumentNode,
  executeSync,
  type GraphQLSchema,
  type IntrospectionQuery,
  isInputType,
  parse as parseQuery,
  validate,
} from 'graphql';
import { parse } from 'smol-toml';
import { z } from 'zod';

import { bundleFunction } from './bundle-function.ts';
import { createFunctionEngine, type FunctionEngine, type FunctionOutcome } from './engine.ts';
import { QUERY_LIMITS, queryCost } from './query-cost.ts';

const EXTENSIONS = new URL('../../../extensions/', import.meta.url);

/** The targets that are simulated: the API of each and the type of its result. */
const TARGETS = {
  'cart.lines.discounts.generate.run': { api: 'discount', result: 'CartLinesDiscountsGenerateRunResult' },
  'cart.validations.generate.run': { api: 'validation', result: 'CartValidationsGenerateRunResult' },
} as const;

const extension = z.object({
  api_version: z.literal('2026-07'),
  extensions: z.tuple([
    z.object({
      handle: z.string(),
      type: z.string(),
      targeting: z.array(
        z.object({ target: z.string(), input_query: z.string().optional(), export: z.string().optional() }),
      ),
      input: z.object({ variables: z.object({ namespace: z.string(), key: z.string() }) }).optional(),
    }),
  ]),
});

const functionTarget = z.object({
  target: z.literal(['cart.lines.discounts.generate.run', 'cart.validations.generate.run']),
  input_query: z.string(),
  export: z.string(),
});

/** A Function as a deploy would take it. */
export interface LoadedFunction {
  handle: string;
  api: 'discount' | 'validation';
  exported: string;
  code: string;
  queryText: string;
  query: DocumentNode;
  schema: GraphQLSchema;
  resultType: string;
  /** The metafield of the owner that holds the query's variables. */
  variables: { namespace: string; key: string } | null;
}

/** The Functions of this app, ready to run. */
export class FunctionHost {
  readonly #engine: FunctionEngine;
  readonly #byHandle: ReadonlyMap<string, LoadedFunction>;

  constructor(engine: FunctionEngine, functions: readonly LoadedFunction[]) {
    this.#engine = engine;
    this.#byHandle = new Map(functions.map((each) => [each.handle, each]));
  }

  /** The Functions by their handles. */
  list(): LoadedFunction[] {
    return [...this.#byHandle.values()];
  }

  /** A Function of an API, or undefined. */
  find(handle: string, api: LoadedFunction['api']): LoadedFunction | undefined {
    const found = this.#byHandle.get(handle);
    return found?.api === api ? found : undefined;
  }

  /**
   * Runs a Function: resolves its query, runs the bundle, checks the result against the schema.
   * @param source of the query's root
   * @param variables of the query
   * @param lines of the cart
   */
  run(
    loaded: LoadedFunction,
    source: object,
    variables: Record<string, unknown>,
    lines: number,
  ): FunctionOutcome {
    const { schema, query } = loaded;
    const { data, errors } = executeSync({
      schema,
      document: query,
      rootValue: source,
      variableValues: variables,
    });
    if (errors)
      throw new Error(`sandbox: ${loaded.handle}: ${errors.map(({ message }) => message).join('; ')}`);
    const outcome = this.#engine.run(loaded.code, loaded.exported, data, lines);
    if (!outcome.ok) return outcome;
    const problem = problemOfResult(loaded, outcome.output);
    return problem === null
      ? outcome
      : { ok: false, reason: 'InvalidOutput', detail: problem, run: outcome.run };
  }
}

function problemOfResult({ schema, resultType }: LoadedFunction, output: unknown): string | null {
  const type = schema.getType(resultType);
  if (!isInputType(type)) throw new Error(`sandbox: the schema has no ${resultType}`);
  let problem: string | null = null;
  coerceInputValue(output, type, (path, _value, error) => {
    problem ??= `${path.join('.')}: ${error.message}`;
  });
  return problem;
}

let host: Promise<FunctionHost> | null = null;
let ready: FunctionHost | null = null;

/** Bundles the Functions and compiles QuickJS when this is first asked for, about half a second. */
export function prepareFunctions(): Promise<FunctionHost> {
  host ??= load().then((loaded) => (ready = loaded));
  return host;
}

/** The Functions, after `prepareFunctions`. */
export function functionHost(): FunctionHost {
  if (!ready) throw new Error('sandbox: the Functions are not prepared');
  return ready;
}

async function load(): Promise<FunctionHost> {
  const [engine, functions] = await Promise.all([createFunctionEngine(), loadFunctions()]);
  return new FunctionHost(engine, functions);
}

/**
 * Reads, checks and bundles every extension of the type `function`. Throws for what a deploy refuses: a query that is not
 * valid or above the limits, a target that the sandbox does not know.
 */
export async function loadFunctions(): Promise<LoadedFunction[]> {
  const folders = readdirSync(EXTENSIONS, { withFileTypes: true }).filter((each) => each.isDirectory());
  const configs = folders.flatMap(({ name }) => {
    const folder = new URL(`${name}/`, EXTENSIONS).pathname;
    const config = readConfig(folder);
    return config?.type === 'function' ? [{ folder, name, config }] : [];
  });
  return Promise.all(configs.map(({ folder, name, config }) => loadFunction(folder, name, config)));
}

type ExtensionConfig = z.output<typeof extension>['extensions'][0];

function readConfig(folder: string): ExtensionConfig | null {
  try {
    const text = readFileSync(join(folder, 'shopify.extension.toml'), 'utf8');
    // Themes and groups of extensions are described in other words.
    return text.includes('type = "function"') ? extension.parse(parse(text)).extensions[0] : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function loadFunction(folder: string, name: string, config: ExtensionConfig): Promise<LoadedFunction> {
  const { target, input_query: file, export: exported } = functionTarget.parse(config.targeting[0]);
  const { api, result } = TARGETS[target];
  const queryText = readFileSync(join(folder, file), 'utf8');
  const schema = readSchema(api);
  const problems = problemsOfQuery(schema, queryText);
  if (problems.length > 0) throw new Error(`${name}: ${problems.join('; ')}`);
  const camelCase = exported.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return {
    handle: config.handle,
    api,
    exported: camelCase,
    code: await bundleFunction(name, camelCase),
    queryText,
    query: parseQuery(queryText),
    schema,
    resultType: result,
    variables: config.input?.variables ?? null,
  };
}

/** What a deploy refuses in an input query. */
export function problemsOfQuery(schema: GraphQLSchema, text: string): string[] {
  const errors = validate(schema, parseQuery(text)).map(({ message }) => message);
  if (errors.length > 0) return errors;
  const cost = queryCost(schema, text);
  const bytes = Buffer.byteLength(text);
  return [
    ...(cost > QUERY_LIMITS.cost ? [`the query costs ${cost}, more than ${QUERY_LIMITS.cost}`] : []),
    ...(bytes > QUERY_LIMITS.bytes ? [`the query has ${bytes} B, more than ${QUERY_LIMITS.bytes}`] : []),
  ];
}

/** Shopify's schema of a Function API. */
export function readSchema(api: LoadedFunction['api']): GraphQLSchema {
  const file = new URL(`../schema/functions-${api}-2026-07.json.gz`, import.meta.url);
  const introspection: IntrospectionQuery = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
  return buildClientSchema(introspection, { assumeValid: true });
}

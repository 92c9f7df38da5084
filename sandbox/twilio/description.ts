import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import { z } from 'zod';

/** Twilio's own OpenAPI descriptions, as its command line tool carries them. */
const FILES: Record<string, string> = {
  'api.twilio.com': 'twilio_api_v2010.json',
  'messaging.twilio.com': 'twilio_messaging_v1.json',
};
const FOLDER = '@twilio/cli-core/src/services/twilio-api';

type JsonSchema = Record<string, unknown>;
const schema: z.ZodType<JsonSchema> = z.record(z.string(), z.unknown());
const content = z.record(z.string(), z.object({ schema: schema.optional() }));
const operationShape = z.object({
  operationId: z.string(),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), required: z.boolean().default(false), schema }))
    .default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ content: content.optional() })),
});
const documentShape = z.object({ paths: z.record(z.string(), schema), components: schema });
type OperationShape = z.output<typeof operationShape>;

/** An operation that the description has, with checks of what goes in and out of it. */
export type Operation = {
  id: string;
  pathParams: Record<string, string>;
  /** Names every parameter that the description does not know or allow; empty when all is well. */
  checkRequest: (query: URLSearchParams, form: URLSearchParams) => string[];
  /** Throws when an answer of ours is not what the description says: that would be a fault of the sandbox. */
  checkResponse: (status: number, body: unknown) => void;
};

type Description = { ajv: Ajv; name: string; operations: DescribedOperation[] };
type DescribedOperation = {
  method: string;
  pattern: RegExp;
  names: string[];
  shape: OperationShape;
  checks: Checks | null;
};

/** The checks of an operation, compiled by its first call. */
type Checks = {
  path: ValidateFunction;
  query: ValidateFunction;
  form: ValidateFunction;
  /** By status; null for an answer without a body. */
  answers: Map<string, ValidateFunction | null>;
};

const descriptions = new Map<string, Description>();

/** Finds the operation; null when the description has none with this host, method and path. */
export function findOperation(host: string, method: string, path: string): Operation | null {
  const file = FILES[host];
  if (file === undefined) return null;
  const description = descriptions.get(host) ?? load(host, file);
  for (const described of description.operations) {
    const found = described.method === method ? described.pattern.exec(path) : null;
    if (!found) continue;
    const pathParams = Object.fromEntries(
      described.names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]),
    );
    const checks = (described.checks ??= compileChecks(description, described.shape));
    const id = described.shape.operationId;
    return {
      id,
      pathParams,
      checkRequest: (query, form) => [
        ...problems(checks.path, pathParams),
        ...problems(checks.query, toObject(query)),
        ...problems(checks.form, toObject(form)),
      ],
      checkResponse: (status, body) => checkResponse(id, checks, status, body),
    };
  }
  return null;
}

function load(host: string, file: string): Description {
  const text = readFileSync(createRequire(import.meta.url).resolve(`${FOLDER}/${file}`), 'utf8');
  const raw: unknown = JSON.parse(text);
  const document = documentShape.parse(raw);
  const ajv = new Ajv({
    strict: false,
    coerceTypes: 'array',
    allErrors: true,
    logger: false,
    validateSchema: false,
  });
  ajv.addFormat('date-time', (value: string) => !Number.isNaN(Date.parse(value)));
  ajv.addFormat('date-time-rfc-2822', /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/);
  ajv.addFormat('uri', (value: string) => URL.canParse(value) || value.startsWith('/'));
  ajv.addSchema({ components: document.components }, file);
  const operations: DescribedOperation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
    ['get', 'post', 'delete'].flatMap((method) => {
      const shape = operationShape.safeParse(methods[method]);
      if (!shape.success) return [];
      return [{ method: method.toUpperCase(), ...patternOf(path), shape: shape.data, checks: null }];
    }),
  );
  const description = { ajv, name: file, operations };
  descriptions.set(host, description);
  return description;
}

function patternOf(path: string): { pattern: RegExp; names: string[] } {
  const names: string[] = [];
  const source = path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, (_match, name: string) => {
    names.push(name);
    return '([^/]+?)';
  });
  return { pattern: new RegExp(`^${source}$`), names };
}

function compileChecks(description: Description, shape: OperationShape): Checks {
  const parametersIn = (place: string) => {
    const list = shape.parameters.filter((each) => each.in === place);
    return compile(description, {
      type: 'object',
      properties: Object.fromEntries(list.map((each) => [each.name, each.schema])),
      required: list.filter((each) => each.required).map((each) => each.name),
      additionalProperties: false,
    });
  };
  const form = shape.requestBody?.content['application/x-www-form-urlencoded']?.schema ?? { properties: {} };
  return {
    path: parametersIn('path'),
    query: parametersIn('query'),
    form: compile(description, { ...form, type: 'object', additionalProperties: false }),
    answers: new Map(
      Object.entries(shape.responses).map(([status, answer]) => {
        const expected = answer.content?.['application/json']?.schema;
        return [status, expected ? compile(description, strict(description, expected)) : null];
      }),
    ),
  };
}

/** Compiles a part of the description, whose references are to the description itself. */
function compile(description: Description, part: JsonSchema): ValidateFunction {
  const text = JSON.stringify(part).replaceAll('"#/', `"${description.name}#/`);
  return description.ajv.compile(schema.parse(JSON.parse(text)));
}

function toObject(values: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(values.keys())].map((name) => {
      const all = values.getAll(name);
      return [name, all.length === 1 ? (all[0] ?? '') : all];
    }),
  );
}

function problems(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const extra: unknown = params['additionalProperty'];
    return `${instancePath || '/'} ${message}${typeof extra === 'string' ? `: ${extra}` : ''}`;
  });
}

function checkResponse(id: string, checks: Checks, status: number, body: unknown): void {
  const validate = checks.answers.get(String(status));
  if (validate === undefined) throw new Error(`sandbox: ${id} has no answer ${status}`);
  // A check changes words to numbers where the description has numbers.
  const found = validate ? problems(validate, structuredClone(body)) : [];
  if (found.length > 0) throw new Error(`sandbox: ${id}: ${found.join('; ')}`);
}

/** A resource has all the fields that the description knows and no other; a page may leave out some. */
function strict(description: Description, expected: JsonSchema): JsonSchema {
  const resource = resolve(description, expected);
  const properties = z.record(z.string(), schema).parse(resource['properties'] ?? {});
  if (expected['$ref'] !== undefined)
    return { ...resource, required: Object.keys(properties), additionalProperties: false };
  const lists = Object.entries(properties).map(([name, each]) => {
    const items = schema.safeParse(each['items']);
    return [name, items.success ? { ...each, items: strict(description, items.data) } : each];
  });
  return { ...resource, properties: Object.fromEntries(lists), additionalProperties: false };
}

function resolve(description: Description, expected: JsonSchema): JsonSchema {
  const reference = expected['$ref'];
  if (typeof reference !== 'string') return expected;
  const found = description.ajv.getSchema(`${description.name}${reference}`);
  return schema.parse(found?.schema);
}

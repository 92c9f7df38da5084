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

type Description = {
  ajv: Ajv;
  name: string;
  operations: { method: string; pattern: RegExp; names: string[]; shape: OperationShape }[];
};
const descriptions = new Map<string, Description>();

/** Finds the operation; null when the description has none with this host, method and path. */
export function findOperation(host: string, method: string, path: string): Operation | null {
  const file = FILES[host];
  if (file === undefined) return null;
  const description = descriptions.get(host) ?? load(host, file);
  for (const { method: allowed, pattern, names, shape } of description.operations) {
    const found = allowed === method ? pattern.exec(path) : null;
    if (!found) continue;
    const pathParams = Object.fromEntries(
      names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]),
    );
    return {
      id: shape.operationId,
      pathParams,
      checkRequest: (query, form) => checkRequest(description, shape, { query, form, pathParams }),
      checkResponse: (status, body) => checkResponse(description, shape, status, body),
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
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    ['get', 'post', 'delete'].flatMap((method) => {
      const shape = operationShape.safeParse(methods[method]);
      return shape.success ? [{ method: method.toUpperCase(), ...patternOf(path), shape: shape.data }] : [];
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

interface RequestParts {
  query: URLSearchParams;
  form: URLSearchParams;
  pathParams: Record<string, string>;
}

function checkRequest(description: Description, shape: OperationShape, parts: RequestParts): string[] {
  const inQuery = shape.parameters.filter((each) => each.in === 'query');
  const inPath = shape.parameters.filter((each) => each.in === 'path');
  const ofParameters = (list: typeof inQuery): JsonSchema => ({
    type: 'object',
    properties: Object.fromEntries(list.map((each) => [each.name, each.schema])),
    required: list.filter((each) => each.required).map((each) => each.name),
    additionalProperties: false,
  });
  const body = shape.requestBody?.content['application/x-www-form-urlencoded']?.schema ?? { properties: {} };
  return [
    ...problems(description, ofParameters(inPath), parts.pathParams),
    ...problems(description, ofParameters(inQuery), toObject(parts.query)),
    ...problems(description, { ...body, type: 'object', additionalProperties: false }, toObject(parts.form)),
  ];
}

function toObject(values: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(values.keys())].map((name) => {
      const all = values.getAll(name);
      return [name, all.length === 1 ? (all[0] ?? '') : all];
    }),
  );
}

const compiled = new WeakMap<Ajv, Map<string, ValidateFunction>>();

function problems(description: Description, partial: JsonSchema, value: unknown): string[] {
  const known = compiled.get(description.ajv) ?? new Map<string, ValidateFunction>();
  compiled.set(description.ajv, known);
  const text = JSON.stringify(partial).replaceAll('"#/', `"${description.name}#/`);
  const parsed: unknown = JSON.parse(text);
  const validate = known.get(text) ?? description.ajv.compile(schema.parse(parsed));
  known.set(text, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const extra: unknown = params['additionalProperty'];
    return `${instancePath || '/'} ${message}${typeof extra === 'string' ? `: ${extra}` : ''}`;
  });
}

function checkResponse(description: Description, shape: OperationShape, status: number, body: unknown): void {
  const answer = shape.responses[String(status)];
  if (!answer) throw new Error(`sandbox: ${shape.operationId} has no answer ${status}`);
  const expected = answer.content?.['application/json']?.schema;
  if (!expected) return;
  const found = [...problems(description, strict(description, expected), structuredClone(body))];
  if (found.length > 0) throw new Error(`sandbox: ${shape.operationId}: ${found.join('; ')}`);
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

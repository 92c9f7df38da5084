/** The sandbox's bulk mutations compared with what is known of Shopify's: staged files, results, limits and faults. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DEMO_SHOP, type Loose, startTestSandbox, type TestSandbox } from '../../support/sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', {});
  await sandbox.control('DELETE', '/_control/faults');
});

const STAGE = `mutation { stagedUploadsCreate(input: [{ resource: BULK_MUTATION_VARIABLES, filename: "a.jsonl",
  mimeType: "text/jsonl", httpMethod: POST }]) { stagedTargets { url resourceUrl parameters { name value } } userErrors { message } } }`;
const RUN = `mutation($mutation: String!, $path: String!) {
  bulkOperationRunMutation(mutation: $mutation, stagedUploadPath: $path, clientIdentifier: "setia-test-1") {
    bulkOperation { id status type query url } userErrors { field message code } } }`;
const READ = `query($id: ID!) { bulkOperation(id: $id) { id status errorCode objectCount url partialDataUrl type } }`;
const SET = `mutation Set($input: CustomerSetInput!) { customerSet(input: $input) { customer { id } userErrors { field code } } }`;
const fault = (kind: string, change: object = {}) =>
  sandbox.control('POST', '/_control/faults', { target: 'bulk', kind, ...change });

async function stage(file: string): Promise<string> {
  const { data } = await sandbox.graphql(STAGE);
  const [{ url, parameters }] = data.stagedUploadsCreate.stagedTargets;
  const form = new FormData();
  for (const { name, value } of parameters) form.append(name, value);
  form.append('file', new File([file], 'a.jsonl', { type: 'text/jsonl' }));
  const response = await fetch(url, { method: 'POST', body: form });
  expect(response.status).toBe(201);
  return parameters.find(({ name }: Loose) => name === 'key').value;
}
async function run(path: string, mutation = SET): Promise<Loose> {
  const answer = await sandbox.graphql(RUN, { mutation, path });
  expect(answer.errors).toBeUndefined();
  return answer.data.bulkOperationRunMutation;
}
async function finished(id: string): Promise<Loose> {
  for (let tries = 0; tries < 300; tries++) {
    const { data } = await sandbox.graphql(READ, { id });
    if (!['CREATED', 'RUNNING', 'CANCELING'].includes(data.bulkOperation.status)) return data.bulkOperation;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${id} does not end`);
}
async function linesOf(url: string): Promise<Loose[]> {
  const text = await (await fetch(url)).text();
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}
const inputs = (count: number): string =>
  Array.from({ length: count }, (_, at) =>
    JSON.stringify({ input: { firstName: `N${at}`, phone: `+62899310000${at}` } }),
  ).join('\n');
const made = () =>
  sandbox.world.shop(DEMO_SHOP).customers.filter(({ phone }) => phone?.startsWith('+628993')).length;

test('each line is run, its result names the line, in no promised order', async () => {
  const { bulkOperation, userErrors } = await run(await stage(inputs(6)));
  expect(userErrors).toEqual([]);
  expect(bulkOperation).toMatchObject({ status: 'CREATED', type: 'MUTATION', query: SET, url: null });
  const ended = await finished(bulkOperation.id);
  expect(ended).toMatchObject({ status: 'COMPLETED', objectCount: '6', partialDataUrl: null });
  const lines = await linesOf(ended.url);
  expect(lines.map(({ __lineNumber }) => __lineNumber)).toEqual([0, 2, 4, 5, 3, 1]);
  expect(lines[0].data.customerSet).toMatchObject({ customer: { id: expect.any(String) }, userErrors: [] });
  expect(made()).toBe(6);
});

test('a line that is refused has its user error; the others are done', async () => {
  const file = `${inputs(2)}\n${JSON.stringify({ input: { phone: '+628993100000' } })}`;
  const { bulkOperation } = await run(await stage(file));
  const lines = await linesOf((await finished(bulkOperation.id)).url);
  expect(lines.find(({ __lineNumber }) => __lineNumber === 2).data.customerSet).toEqual({
    customer: null,
    userErrors: [{ field: ['input', 'phone'], code: 'TAKEN' }],
  });
  expect(made()).toBe(2);
});

test.each([
  ['INVALID_MUTATION', '{ shop { name } }', null],
  ['INVALID_MUTATION', 'mutation { nothing }', null],
  [
    'INVALID_MUTATION',
    `mutation($id: ID!) { bulkOperationCancel(id: $id) { userErrors { message } } }`,
    null,
  ],
  ['NO_SUCH_FILE', SET, 'tmp/elsewhere.jsonl'],
])('%s: %s', async (code, mutation, path) => {
  const { bulkOperation, userErrors } = await run(path ?? (await stage(inputs(1))), mutation);
  expect(bulkOperation).toBeNull();
  expect(userErrors).toMatchObject([{ code }]);
});

test('a file that is no JSON, one that is empty, and a place that was never filled', async () => {
  const invalid = await run(await stage('{"input": '));
  expect(invalid.userErrors).toMatchObject([{ code: 'INVALID_STAGED_UPLOAD_FILE' }]);
  const { data } = await sandbox.graphql(STAGE);
  const [{ parameters }] = data.stagedUploadsCreate.stagedTargets;
  const empty = await run(parameters.find(({ name }: Loose) => name === 'key').value);
  expect(empty.userErrors).toMatchObject([{ code: 'NO_SUCH_FILE' }]);
});

test('the upload proves itself with all parameters, the file last', async () => {
  const { data } = await sandbox.graphql(STAGE);
  const [{ url, parameters }] = data.stagedUploadsCreate.stagedTargets;
  const post = async (change: (form: FormData) => void) => {
    const form = new FormData();
    for (const { name, value } of parameters) form.append(name, value);
    form.append('file', new File(['{}'], 'a.jsonl'));
    change(form);
    return (await fetch(url, { method: 'POST', body: form })).status;
  };
  expect(await post((form) => form.set('policy', 'another'))).toBe(403);
  expect(await post((form) => form.append('late', 'x'))).toBe(400);
  expect(await post(() => undefined)).toBe(201);
});

test('five at a time, then LIMIT_REACHED; the result’s address ends after a week', async () => {
  await fault('slow', { times: 5, delayMs: 1_500 });
  const file = await stage(inputs(1) + `\n${JSON.stringify({ input: { firstName: 'A' } })}`.repeat(60));
  const running = [];
  for (let at = 0; at < 5; at += 1) running.push((await run(file)).bulkOperation.id);
  expect((await run(file)).userErrors).toMatchObject([{ code: 'LIMIT_REACHED' }]);
  for (const id of running) await finished(id);
  const { url } = await finished(running[0]);
  await sandbox.control('POST', '/_control/clock', { advanceMs: 8 * 86_400_000 });
  expect((await fetch(url)).status).toBe(403);
  expect((await finished(running[0])).status).toBe('EXPIRED');
});

test('faults: lines missing although they were run, lines that fail as a whole, an operation that breaks off', async () => {
  await fault('missing');
  const first = await finished((await run(await stage(inputs(8)))).bulkOperation.id);
  expect((await linesOf(first.url)).map(({ __lineNumber }) => __lineNumber).toSorted()).toEqual([
    1, 2, 3, 4, 5, 6,
  ]);
  expect(made()).toBe(8);
  await sandbox.control('POST', '/_control/reset', {});
  await fault('lineErrors');
  const second = await finished((await run(await stage(inputs(8)))).bulkOperation.id);
  expect((await linesOf(second.url)).filter(({ errors }) => errors)).toHaveLength(2);
  expect(made()).toBe(6);
  await sandbox.control('POST', '/_control/reset', {});
  await fault('fails');
  const third = await finished((await run(await stage(inputs(8)))).bulkOperation.id);
  expect(third).toMatchObject({ status: 'FAILED', errorCode: 'INTERNAL_SERVER_ERROR', url: null });
  expect(await linesOf(third.partialDataUrl)).toHaveLength(4);
  expect(made()).toBe(4);
});

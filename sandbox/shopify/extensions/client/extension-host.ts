import { ThreadWebWorker } from '@quilted/threads';
import type { RemoteConnection } from '@remote-dom/core';
import { DOMRemoteReceiver } from '@remote-dom/core/receivers';
import { COMMON_ATTRIBUTES, componentsOf } from './components.ts';
import { defineElements, DRAWN_TAGS } from './elements/define.ts';
import type {
  ExtensionWorker,
  FrameMessage,
  HostData,
  HostServices,
  PageMessage,
  PageRequest,
  ServerReply,
  WorkerSettings,
} from './protocol.ts';

/** What the page tells its extension's frame. */
interface HostSettings extends Omit<WorkerSettings, 'storefrontUrl'> {
  /** Where the surface's own requests go: `<base>/session-token` and so on. */
  base: string;
  /** The path of the store's front page. */
  storefront: string;
  /** The address of the script. */
  script: string;
}

function readSettings(): HostSettings {
  const settings: HostSettings = JSON.parse(document.getElementById('host-settings')?.textContent ?? '{}');
  return settings;
}

const tellPage = (message: FrameMessage) => parent.postMessage(message, location.origin);

/** Runs one target of an extension in a worker of its own, and draws in this document what it asks for. */
async function start(): Promise<void> {
  const settings = readSettings();
  defineElements(settings.target);
  reportHeight();
  const [runtime, bundle] = await Promise.all([
    readScript('/_assets/extension-worker.js'),
    readScript(settings.script),
  ]);
  // A worker from a data: address has the origin `null`, as Shopify's: no cookies, no storage, requests across origins.
  const worker = new Worker(`data:text/javascript;charset=utf-8,${encodeURIComponent(runtime)}`);
  worker.addEventListener('error', (event) => console.error(`extension: ${event.message}`));
  const showData = (data: HostData) => void thread.imports.showData(data);
  const exports = createServices(settings, (data) => {
    showData(data);
    tellPage({ type: 'changed', data });
  });
  const thread = new ThreadWebWorker<ExtensionWorker, HostServices>(worker, { exports });
  listenToPage(showData);
  const root = document.getElementById('extension') ?? document.body;
  const result = await thread.imports.run(
    workerSettings(settings),
    bundle,
    connectionTo(root, settings.target),
  );
  if (settings.target.endsWith('.should-render')) await askPage({ kind: 'shouldRender', result });
}

function workerSettings({ base: _base, storefront, script: _script, ...rest }: HostSettings): WorkerSettings {
  return { ...rest, storefrontUrl: location.origin + storefront };
}

/** Draws below `root` what an extension asks for; a component or property that this target doesn't have is refused. */
function connectionTo(root: Element, target: string): RemoteConnection {
  const drawn = componentsOf(target).filter(([tag]) => DRAWN_TAGS.has(tag));
  const elements = drawn.map(([tag, { properties, events, methods }]) => {
    const policy = {
      properties: Object.fromEntries(properties.map((name) => [name, {}])),
      attributes: COMMON_ATTRIBUTES,
      events: Object.fromEntries(events.map((name) => [name, {}])),
      methods,
    };
    return [tag, policy] as const;
  });
  const { connection } = new DOMRemoteReceiver({ root, elements: Object.fromEntries(elements) });
  return {
    call: (...args) => connection.call(...args),
    mutate: (records) => {
      try {
        connection.mutate(records);
      } catch (error) {
        console.error(`the sandbox refused what an extension drew: ${String(error)}`);
      }
    },
  };
}

/** Questions to the page that have no reply yet. */
const questions = new Map<number, PromiseWithResolvers<unknown>>();

function listenToPage(showData: (data: HostData) => void): void {
  addEventListener('message', (event: MessageEvent<PageMessage>) => {
    if (event.origin !== location.origin || event.source !== parent) return;
    const message = event.data;
    if (message.type === 'changed') return showData(message.data);
    const question = questions.get(message.id);
    questions.delete(message.id);
    if (message.type === 'replied') question?.resolve(message.result);
    else question?.reject(new Error(message.problem));
  });
}

let nextQuestion = 1;

function askPage(request: PageRequest): Promise<unknown> {
  const id = nextQuestion++;
  const question = Promise.withResolvers<unknown>();
  questions.set(id, question);
  tellPage({ type: 'asked', id, request });
  return question.promise;
}

function createServices(
  { base, handle, shop }: HostSettings,
  onChanged: (data: HostData) => void,
): HostServices {
  const keyOf = (key: string) => `extension:${handle}:${shop.domain}:${key}`;
  return {
    askServer: async (path, body) => {
      const { result, data } = await post(`${base}/${path}`, body);
      if (data) onChanged(data);
      return result;
    },
    askPage,
    readStored: async (key) => {
      const stored: unknown = JSON.parse(localStorage.getItem(keyOf(key)) ?? 'null');
      return stored;
    },
    writeStored: async (key, data) => localStorage.setItem(keyOf(key), JSON.stringify(data)),
    deleteStored: async (key) => localStorage.removeItem(keyOf(key)),
    reportProblem: async (problem) => console.error(problem),
  };
}

async function readScript(address: string): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.text();
}

async function post(path: string, body: unknown): Promise<ServerReply> {
  const response = await fetch(path, { method: 'POST', body: JSON.stringify(body ?? {}) });
  if (!response.ok) throw new Error(`the sandbox answered ${response.status} for ${path}`);
  const reply: ServerReply = await response.json();
  return reply;
}

function reportHeight(): void {
  const report = () =>
    tellPage({ type: 'height', pixels: Math.ceil(document.body.getBoundingClientRect().height) });
  new ResizeObserver(report).observe(document.body);
}

start().catch((error: unknown) => console.error(`extension: ${String(error)}`));

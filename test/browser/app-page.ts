import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { verifySessionToken } from '#sandbox/shopify/session-token.ts';
import { API_KEY, API_SECRET } from '#test/support/sandbox.ts';

/** A stand-in for the embedded app: one page with every App Bridge element, and an address that tells its caller's token. */
export interface AppPage {
  url: string;
  /** Where the page loads App Bridge from; set before the page is opened. */
  bridgeOrigin: string;
  close(): Promise<void>;
}

/** Starts the stand-in on a free port. */
export async function startAppPage(): Promise<AppPage> {
  const server = createServer((request, response) => answer(appPage, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const appPage: AppPage = {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    bridgeOrigin: '',
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return appPage;
}

function answer(appPage: AppPage, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', appPage.url);
  const bridge = `<script data-api-key="${API_KEY}" src="${appPage.bridgeOrigin}/app-bridge.js"></script>`;
  const html = { 'content-type': 'text/html; charset=utf-8' };
  if (url.pathname === '/who') {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const verdict = verifySessionToken({ apiKey: API_KEY, apiSecret: API_SECRET }, token);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(verdict));
  } else if (url.pathname === '/auth/session-token') {
    response.writeHead(200, html).end(bridge);
  } else if (url.searchParams.get('id_token') === null) {
    // As Shopify's library does for a page that came without a token.
    const wanted = `${appPage.url}${url.pathname}?${url.searchParams.toString()}`;
    url.searchParams.set('shopify-reload', wanted);
    response.writeHead(302, { location: `/auth/session-token?${url.searchParams.toString()}` }).end();
  } else {
    response.writeHead(200, html).end(page(bridge));
  }
}

const page = (bridge: string) => `<!doctype html><html lang="en"><body>${bridge}
<ui-nav-menu><a href="/app" rel="home">Home</a><a href="/app/customers">Customers</a><a href="/app/programs">Program</a></ui-nav-menu>
<ui-title-bar title="Program"><button variant="breadcrumb">Back</button><button variant="primary" id="create">Create</button></ui-title-bar>
<ui-save-bar id="bar"><button variant="primary">Save</button><button>Discard</button></ui-save-bar>
<ui-modal id="dialog"><p>Really?</p><ui-title-bar title="Delete it"><button variant="primary" tone="critical">Delete</button></ui-title-bar></ui-modal>
<h1 id="path"></h1><p id="log"></p><input aria-label="Name"><button id="ask">Ask</button><button id="open">Open</button>
<a href="shopify://admin/orders">Orders of the shop</a>
<script>
const $ = (selector) => document.querySelector(selector);
const log = (text) => ($('#log').textContent = text);
const showPath = () => ($('#path').textContent = location.pathname);
showPath();
addEventListener('popstate', showPath);
addEventListener('shopify:navigate', (event) => { history.pushState({}, '', event.target.getAttribute('href')); showPath(); });
$('#create').onclick = () => shopify.toast.show('Created', { action: 'Undo', onAction: () => log('undone') });
$('input').oninput = () => $('#bar').show();
$('#bar button').onclick = () => { log('saved'); $('#bar').hide(); };
$('#bar button:last-child').onclick = () => { log('discarded'); $('#bar').hide(); };
$('#open').onclick = () => $('#dialog').show();
$('#dialog button').onclick = () => { log('deleted'); $('#dialog').hide(); };
$('#ask').onclick = async () => { const answer = await (await fetch('/who')).json(); log(answer.ok ? answer.claims.dest : answer.reason); };
</script></body></html>`;

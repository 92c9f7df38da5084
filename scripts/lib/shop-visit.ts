/** What a person's browser does with the sandbox and the app, as plain HTTP: for the seed and the demo's check. */

export interface Addresses {
  appUrl: string;
  sandboxUrl: string;
}

/** Shopify's library rejects user agents of programs (410). */
const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Setia-Demo' };

async function answerOf(response: Response): Promise<string> {
  return `${response.status} ${(await response.text()).slice(0, 300)}`;
}

/** Calls the sandbox's control API. Throws unless it answers 2xx. */
export async function control<T>(
  { sandboxUrl }: Addresses,
  method: 'GET' | 'POST',
  resource: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`${sandboxUrl}/_control/${resource}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} /_control/${resource}: ${await answerOf(response)}`);
  const answer: T = await response.json();
  return answer;
}

/** Returns a session token as App Bridge (`admin`) or the checkout (`checkout`) would. */
export async function sessionToken(
  at: Addresses,
  shop: string,
  surface: 'admin' | 'checkout',
  customer?: string,
): Promise<string> {
  const { token } = await control<{ token: string }>(at, 'POST', 'session-tokens', {
    shop,
    surface,
    customer,
  });
  return token;
}

/** Opens the embedded app as a merchant does; the first time this installs it. Throws unless the page loads. */
export async function openApp(at: Addresses, shop: string, path = '/app'): Promise<void> {
  const query = new URLSearchParams({
    embedded: '1',
    shop,
    host: Buffer.from(`admin.shopify.com/store/${shop.split('.')[0]}`).toString('base64'),
    id_token: await sessionToken(at, shop, 'admin'),
    locale: 'en',
  });
  const response = await fetch(`${at.appUrl}${path}?${query}`, { headers: BROWSER });
  if (!response.ok) throw new Error(`opening the app in ${shop}: ${await answerOf(response)}`);
  await response.arrayBuffer();
}

/** Calls the app's checkout API as the extension does for a signed-in customer. Returns status and JSON. */
export async function callClub<T>(
  at: Addresses,
  shop: string,
  customer: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; json: T }> {
  const authorization = `Bearer ${await sessionToken(at, shop, 'checkout', customer)}`;
  const response = await fetch(`${at.appUrl}${path}`, {
    headers: {
      ...BROWSER,
      authorization,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  const text = await response.text();
  try {
    const json: T = JSON.parse(text);
    return { status: response.status, json };
  } catch {
    throw new Error(`${path} answered ${response.status} and no JSON: ${text.slice(0, 300)}`);
  }
}

/** Saves a screen of the embedded admin as its form does, with values typed in English. Returns the status. */
export async function submitAdminForm(
  at: Addresses,
  shop: string,
  path: string,
  values: Record<string, string | boolean>,
): Promise<number> {
  const authorization = `Bearer ${await sessionToken(at, shop, 'admin')}`;
  const response = await fetch(`${at.appUrl}${path}`, {
    method: 'POST',
    headers: { ...BROWSER, authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ ...values, locale: 'en' }),
  });
  await response.arrayBuffer();
  return response.status;
}

/** Opens the embedded app and launches the shop's club: a new one is a draft, in which only test customers earn. */
export async function openClub(at: Addresses, shop: string): Promise<void> {
  await openApp(at, shop);
  const status = await submitAdminForm(at, shop, '/app?index', { intent: 'launch' });
  if (status !== 200) throw new Error(`launching the club of ${shop}: ${status}`);
}

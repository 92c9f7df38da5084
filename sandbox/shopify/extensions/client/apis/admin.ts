import { type ApiContext, standardParts, type TargetApi } from './standard.ts';
import type { AdminData } from './admin-data.ts';

/** The API of a block, an action or a `should-render` of Shopify's admin. */
export function adminApi(context: ApiContext): TargetApi {
  const { settings, services } = context;
  const { admin } = settings.data;
  if (!admin) throw new Error('this page is not of the admin');
  const { i18n, extension } = standardParts(context);
  const idToken = async () => {
    const token = await services.askServer('id-token', {});
    return typeof token === 'string' ? token : null;
  };
  const isAction = /action\.render$/.test(settings.target);
  return {
    shopify: {
      extension,
      i18n,
      data: { selected: admin.selected },
      auth: { idToken },
      ...(isAction ? { close: () => void services.askPage({ kind: 'close' }) } : {}),
      ...(/block\.render$/.test(settings.target)
        ? { navigation: { navigate: (url: string) => void services.askPage({ kind: 'navigate', url }) } }
        : {}),
      storage: {
        get: (key: string) => services.readStored(key).then((value) => value ?? undefined),
        set: (key: string, value: unknown) => services.writeStored(key, value),
        delete: (key: string) => services.deleteStored(key).then(() => true),
      },
    },
    globals: { fetch: adminFetch(admin, idToken) },
  };
}

/** A path is the app's; a request to the app carries the user's token, any other none. */
function adminFetch({ appUrl }: AdminData, idToken: () => Promise<string | null>): typeof globalThis.fetch {
  const worldFetch = globalThis.fetch.bind(globalThis);
  return async (input, init) => {
    const address = new URL(String(input), appUrl);
    if (address.origin !== new URL(appUrl).origin) return worldFetch(address, init);
    const headers = new Headers(init?.headers);
    const token = await idToken();
    if (token !== null) headers.set('authorization', `Bearer ${token}`);
    return worldFetch(address, { ...init, headers });
  };
}

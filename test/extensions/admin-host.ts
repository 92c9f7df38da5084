import { createHostI18n } from '#sandbox/shopify/extensions/client/i18n.ts';
import { cataloguesOf } from './extension-page.ts';
import { StaffServer } from './staff-server.ts';

/** The admin around an extension, as far as a test turns it. */
export interface AdminHost {
  server: StaffServer;
  /** Where the extension asked to go. */
  visited: string[];
  closed: number;
}

/** Puts the admin's parts into the tester's `shopify`; the records are the selected ones. */
export function installAdmin(
  shopify: object,
  extension: string,
  selected: string[],
  locale: 'en' | 'id' = 'en',
): AdminHost {
  const host: AdminHost = { server: new StaffServer(), visited: [], closed: 0 };
  const parts = {
    i18n: createHostI18n(locale, cataloguesOf(extension, locale)),
    data: { selected: selected.map((id) => ({ id })) },
    navigation: { navigate: (address: string) => void host.visited.push(address) },
    close: () => void (host.closed += 1),
  };
  for (const [name, value] of Object.entries(parts))
    Object.defineProperty(shopify, name, { value, configurable: true, enumerable: true, writable: true });
  return host;
}

/** ES2026's Intl.Locale.prototype.getTimeZones, which TypeScript doesn't declare yet. */
declare global {
  namespace Intl {
    interface Locale {
      getTimeZones(): string[] | undefined;
    }
  }
}

export {};

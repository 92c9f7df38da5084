/** Returns the number of a Shopify id, "gid://shopify/Customer/7" is "7"; empty for a text that is none. */
export function idOfGid(gid: string | undefined): string {
  return /^gid:\/\/shopify\/\w+\/(\d+)(?:\?.*)?$/.exec(gid ?? '')?.[1] ?? '';
}

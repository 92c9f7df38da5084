/** A user error of a mutation, in Shopify's shape. */
export type UserErrorSource = {
  field: string[] | null;
  message: string;
  code: string | null;
  extraInfo: null;
  elementIndex: number | null;
};

/** Builds a user error; `field` is the path of the input that is wrong. */
export function userError(
  field: string[] | null,
  message: string,
  code: string | null = null,
  elementIndex: number | null = null,
): UserErrorSource {
  return { field, message, code, extraInfo: null, elementIndex };
}

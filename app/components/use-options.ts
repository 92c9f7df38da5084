import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';

interface Option<Value> {
  value: Value;
  label: string;
}

type PathOf<Path extends string, Value extends string> = `${Path}.${Value}` extends ParseKeys ? Path : never;

/**
 * Options for a list of known values, in its order: the text of each is `<path>.<value>`. A path that lacks the text of
 * one of them does not compile.
 */
export function useOptions<Value extends string, Path extends string>(
  values: readonly Value[],
  path: PathOf<Path, Value>,
): Option<Value>[] {
  const { t } = useTranslation();
  return values.map((value) => {
    const fallback: string = value;
    return { value, label: t(`${path}.${value}`, fallback) };
  });
}

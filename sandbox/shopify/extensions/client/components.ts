import generated from '../components.json' with { type: 'json' };

/** A component of a surface: its properties by their documented names, the events it sends, and its methods. */
export interface ComponentSpec {
  properties: readonly string[];
  events: readonly string[];
  methods: readonly string[];
}

interface GeneratedComponents {
  surfaces: Record<string, Record<string, ComponentSpec>>;
  /** The surface of each target, and the components that it may draw. */
  targets: Record<string, { surface: string; components: string[] }>;
}

/** From the types of `@shopify/ui-extensions` (`npm run codegen`). */
const { surfaces, targets }: GeneratedComponents = generated;

/** Attributes that any component takes. */
export const COMMON_ATTRIBUTES: readonly string[] = ['id', 'slot'];

/** Returns the components that an extension may draw in a target, with all that they have there. */
export function componentsOf(target: string): readonly (readonly [string, ComponentSpec])[] {
  const { surface, components } = targets[target] ?? { surface: '', components: [] };
  return components.flatMap((tag) => {
    const spec = surfaces[surface]?.[tag];
    return spec ? [[tag, spec] as const] : [];
  });
}

/** Returns every property that a component has in any surface; the sandbox draws all surfaces alike. */
export function propertiesOf(tag: string): string[] {
  const all = Object.values(surfaces).flatMap((components) => components[tag]?.properties ?? []);
  return [...new Set(all)];
}

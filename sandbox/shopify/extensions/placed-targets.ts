/** What of the app's UI extensions the merchant has placed: all of it, until they take something away. */
import type { Shop } from '../../state.ts';
import { listUiExtensions, readExtension } from './read-extension.ts';

/** Targets that the merchant places and removes; the others are there with the app. */
const PLACEABLE =
  /^(?:customer-account\.(?:page|[a-z-]+\.block)|purchase\.[a-z-]+\.block|pos\.home\.tile|admin\.[a-z-]+-details\.block)\.render$/;

/** A target of one of the extensions, as `<handle>/<target>`. */
export type Place = `${string}/${string}`;

const placeOf = (handle: string, target: string): Place => `${handle}/${target}`;

/** Whether the shop shows this target of the extension. */
export function isPlaced({ unplaced = [] }: Shop, handle: string, target: string): boolean {
  return !unplaced.includes(placeOf(handle, target));
}

/** Returns every place there is. */
export async function listPlaces(): Promise<Place[]> {
  const extensions = await Promise.all((await listUiExtensions()).map(readExtension));
  return extensions.flatMap(({ handle, targets }) =>
    targets.filter(({ target }) => PLACEABLE.test(target)).map(({ target }) => placeOf(handle, target)),
  );
}

/** Takes exactly these places away. */
export async function unplace(shop: Shop, places: readonly string[]): Promise<void> {
  shop.unplaced = (await listPlaces()).filter((place) => places.includes(place));
}

/** The UI extensions as App Bridge describes them: each with the targets that are active. */
export async function activeExtensions(shop: Shop): Promise<object[]> {
  const extensions = await Promise.all((await listUiExtensions()).map(readExtension));
  return extensions.map(({ handle, targets }) => ({
    handle,
    type: 'ui_extension',
    activations: targets
      .filter(({ target }) => isPlaced(shop, handle, target))
      .map(({ target }) => ({ target })),
  }));
}

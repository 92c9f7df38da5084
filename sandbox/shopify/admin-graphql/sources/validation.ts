import type { Validation } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { functionHost, type LoadedFunction } from '../../functions/load-functions.ts';
import type { AdminContext, Source } from '../context.ts';
import { metafieldFields } from './metafield.ts';

/** `Validation` */
export function validationSource(context: AdminContext, validation: Validation): Source {
  return {
    __typename: 'Validation',
    id: gid('Validation', validation.id),
    title: validation.title,
    enabled: validation.isEnabled,
    blockOnFailure: validation.blocksOnFailure,
    errorHistory: null,
    shopifyFunction: () => {
      const loaded = functionHost().find(validation.functionHandle, 'validation');
      return loaded ? functionSource(context, loaded) : foreignFunction(validation.functionHandle);
    },
    ...metafieldFields(validation, 'VALIDATION'),
  };
}

/** `ShopifyFunction` of another app, of which a shop's list says little. */
function foreignFunction(handle: string): Source {
  return { __typename: 'ShopifyFunction', id: handle, handle, title: handle, appKey: 'another-app' };
}

/** `ShopifyFunction` of this app. */
export function functionSource({ sandbox }: AdminContext, loaded: LoadedFunction): Source {
  return {
    __typename: 'ShopifyFunction',
    id: loaded.handle,
    handle: loaded.handle,
    title: loaded.handle,
    description: null,
    apiType: loaded.api === 'discount' ? 'discount' : 'cart_checkout_validation',
    apiVersion: '2026-07',
    appKey: sandbox.options.apiKey,
    inputQuery: loaded.queryText,
    useCreationUi: false,
  };
}

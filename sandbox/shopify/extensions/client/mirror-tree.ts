import {
  MUTATION_TYPE_INSERT_CHILD,
  MUTATION_TYPE_REMOVE_CHILD,
  MUTATION_TYPE_UPDATE_TEXT,
  type RemoteConnection,
  ROOT_ID,
} from '@remote-dom/core';
import {
  connectRemoteNode,
  disconnectRemoteNode,
  remoteId,
  serializeRemoteNode,
  setRemoteId,
} from '@remote-dom/core/elements';
import { hooks } from '@remote-dom/core/polyfill';

/**
 * Sends what happens below `root` over the connection, each change when it happens. The package's own observer sends a
 * batch later and reckons places from the tree as it is then: of several changes below one parent it can name a wrong one.
 */
export function mirrorTree(root: Node, connection: RemoteConnection): void {
  setRemoteId(root, ROOT_ID);
  hooks.insertChild = (parent, node, index) => {
    if (!root.contains(parent)) return;
    connectRemoteNode(node, connection);
    connection.mutate([[MUTATION_TYPE_INSERT_CHILD, remoteId(parent), serializeRemoteNode(node), index]]);
  };
  hooks.removeChild = (parent, node, index) => {
    if (!root.contains(parent)) return;
    disconnectRemoteNode(node);
    connection.mutate([[MUTATION_TYPE_REMOVE_CHILD, remoteId(parent), index]]);
  };
  hooks.setText = (text, data) => {
    if (root.contains(text)) connection.mutate([[MUTATION_TYPE_UPDATE_TEXT, remoteId(text), data]]);
  };
}

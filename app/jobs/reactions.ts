/** What happens because something happened: the registry, and the worker's tasks that run it. */
import type { Reactions } from '#app/modules/events/event.ts';
import { pruneEvents } from '#app/modules/events/prune-events.server.ts';
import { runReactions } from '#app/modules/events/run-reactions.server.ts';
import { planChangeMessages } from '#app/modules/messaging/planned/plan-change-messages.server.ts';

/**
 * Reactions by the kind of event they read. One added later starts with the oldest stored event. Events are only
 * written for shops with a listener: the writer of each kind knows which those are.
 */
const REACTIONS: Reactions = {
  'ledger.entry': [planChangeMessages],
  'segment.joined': [],
  'segment.left': [],
};

export const reactToEvents = (signal?: AbortSignal): Promise<number> => runReactions(REACTIONS, signal);

export const pruneReadEvents = (signal?: AbortSignal): Promise<number> => pruneEvents(REACTIONS, signal);

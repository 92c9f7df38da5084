/**
 * draft: being written. freezing: the worker works out the recipients. ready: its price is known. approval: it waits for
 * someone to approve its cost. scheduled: its money is reserved, its time has not come. The rest: as they say.
 */
export const CAMPAIGN_STATES = [
  'draft',
  'freezing',
  'ready',
  'approval',
  'scheduled',
  'running',
  'paused',
  'canceled',
  'finished',
] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/** Nothing of it was sent: it can still be changed. */
export const CHANGEABLE: readonly CampaignState[] = ['draft', 'freezing', 'ready', 'approval', 'scheduled'];
/** Its recipients are known, and nothing was sent. */
export const PRICED: readonly CampaignState[] = ['ready', 'approval', 'scheduled'];

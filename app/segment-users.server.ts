/** The registry of what uses stored segments: a finder of each module that stores the id of one. */
import type { FindSegmentUses } from '#app/modules/segments/saved/find-uses.server.ts';
import { findPushes } from '#app/modules/segments/pushed/push-screen.server.ts';
import { findCampaignUses } from '#app/modules/messaging/campaigns/find-campaign-uses.server.ts';
import { findKeptTags } from '#app/modules/tags/kept/keep-tag.server.ts';

/** Bulk actions are none: they read a segment's members when they start, and do not need it afterwards. */
export const SEGMENT_USERS: readonly FindSegmentUses[] = [findCampaignUses, findKeptTags, findPushes];

import { draftFields } from '#app/components/draft-fields.tsx';
import type { TextLanguage } from '../rules/campaign-texts.ts';

/** What the form of a campaign holds. */
export type CampaignValues = Record<
  | 'name'
  | 'audience'
  | 'segment'
  | 'tier'
  | 'category'
  | 'shopify'
  | 'filter'
  | 'ids'
  | 'numbers'
  | 'without'
  | 'holdout'
  | 'timing'
  | 'sendDay'
  | 'sendTime'
  | 'spreadHours'
  | 'template'
  | 'language'
  | `text_${TextLanguage}`,
  string
> & { countsClicks: boolean };

export const { DraftSelect, DraftText, DraftTime, DraftChoice, DraftDate, DraftNumber, DraftCheckbox } =
  draftFields<CampaignValues>();

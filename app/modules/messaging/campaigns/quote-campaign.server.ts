/** What a campaign would send and cost now: each recipient's own text, encoded and counted. */
import type { Queryable } from '#app/db.server.ts';
import { countParts } from '../rules/count-parts.ts';
import type { ExclusionReason } from './campaign-reasons.ts';
import {
  planRecipients,
  type CampaignShop,
  type CampaignText,
  type PlannedRecipient,
} from './plan-recipients.server.ts';

const SAMPLES_MAX = 10;

export interface CountryQuote {
  country: string;
  recipients: number;
  parts: number;
  micros: bigint;
}

export interface Quote {
  recipients: number;
  parts: number;
  micros: bigint;
  countries: CountryQuote[];
  excluded: { reason: ExclusionReason; customers: number }[];
  /** The texts of the first recipients, as they would get them. */
  samples: { customerId: bigint; body: string; encoding: string; units: number; parts: number }[];
}

/** Adds up what is planned, batch by batch. */
export class QuoteSum {
  readonly #countries = new Map<string, CountryQuote>();
  readonly #excluded = new Map<ExclusionReason, number>();
  readonly #samples: Quote['samples'] = [];

  add(batch: readonly PlannedRecipient[]): void {
    for (const each of batch) {
      if (each.excluded !== null) {
        this.#excluded.set(each.excluded, (this.#excluded.get(each.excluded) ?? 0) + 1);
        continue;
      }
      const country = each.country ?? '';
      const sum = this.#countries.get(country) ?? { country, recipients: 0, parts: 0, micros: 0n };
      sum.recipients += 1;
      sum.parts += each.parts;
      sum.micros += BigInt(each.parts) * each.priceMicros;
      this.#countries.set(country, sum);
      if (this.#samples.length < SAMPLES_MAX && each.body !== null) {
        const { encoding, units, partsAtMost } = countParts(each.body);
        const { customerId, body } = each;
        this.#samples.push({ customerId, body, encoding, units, parts: partsAtMost });
      }
    }
  }

  total(): Quote {
    const countries = [...this.#countries.values()].sort((a, b) => b.recipients - a.recipients);
    return {
      recipients: countries.reduce((sum, { recipients }) => sum + recipients, 0),
      parts: countries.reduce((sum, { parts }) => sum + parts, 0),
      micros: countries.reduce((sum, { micros }) => sum + micros, 0n),
      countries,
      excluded: Array.from(this.#excluded, ([reason, customers]) => ({ reason, customers })),
      samples: this.#samples,
    };
  }
}

/** Counts and prices a campaign as it is now. */
export async function quoteCampaign(
  db: Queryable,
  shop: CampaignShop,
  campaign: CampaignText,
): Promise<Quote> {
  const sum = new QuoteSum();
  for await (const batch of planRecipients(db, shop, campaign)) sum.add(batch);
  return sum.total();
}

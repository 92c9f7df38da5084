import { BlockStack, Card, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { MoneyField } from '#app/components/fields.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { useNumberProblem } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { parseMoneyInput } from '#app/lib/typed-number.ts';
import type { OfferOutcome } from '../../rules/offer-earning.ts';
import { previewEarning } from '../../rules/preview.ts';
import type { EarnOffer } from '../../rules/program.ts';
import type { OfferDraft } from '../offer-form.ts';
import type { OfferView } from '../offer-screens.server.ts';
import { useOfferLabels } from './offer-labels.tsx';

/** Younger than every saved offer: of two with the same minimum the newer one counts. */
const NEWEST_ID = 2n ** 63n - 1n;
const EXAMPLE_FACTOR = 2n;
const EXAMPLE_MINOR = 50_000_000n;

/** The active offers of the shop with the one that is being typed in place of what is saved of it. */
export function withDraft({ groups, offer, group }: OfferView, draft: OfferDraft): EarnOffer[] {
  const others = groups
    .flatMap(({ offers }) => offers)
    .filter(({ status, offerId }) => status === 'active' && offerId !== offer?.offerId);
  const typed = {
    ...draft,
    offerId: offer?.offerId ?? NEWEST_ID,
    version: 0,
    groupId: group.groupId,
    groupName: group.name,
  };
  return draft.isActive ? [typed, ...others] : others;
}

interface OfferPreviewProps {
  /** Those that would be looked at; null while the form is not complete. */
  offers: EarnOffer[] | null;
  isActive: boolean;
  now: Date;
}

/** For an order typed in: which offer of each group counts and why, by the rules that real orders go through. */
export function OfferPreview({ offers, isActive, now }: OfferPreviewProps) {
  const { t, i18n } = useTranslation();
  const numberProblem = useNumberProblem();
  const format = useFormat();
  const { currency } = useShop();
  // Made once: an amount that changed with each letter of the rule would be no comparison.
  const [text, setText] = useState(() => {
    const highest = (offers ?? []).reduce(
      (most, { minimumMinor }) => (minimumMinor > most ? minimumMinor : most),
      0n,
    );
    return format.moneyInput(highest > 0n ? highest * EXAMPLE_FACTOR : EXAMPLE_MINOR);
  });
  const amountMinor = parseMoneyInput(text, currency, i18n.language);
  return (
    <div className="sticky">
      <Card>
        <BlockStack gap="300">
          <CardTitle>{t('offers.preview.title')}</CardTitle>
          <MoneyField
            label={t('offers.preview.amount')}
            value={text}
            error={amountMinor === null ? numberProblem('not_an_amount') : false}
            onChange={setText}
          />
          <div aria-live="polite" className="preview">
            {offers && amountMinor !== null ? (
              <Outcomes offers={offers} amountMinor={amountMinor} isActive={isActive} now={now} />
            ) : (
              <Text as="p" tone="subdued">
                {t('offers.preview.incomplete')}
              </Text>
            )}
          </div>
        </BlockStack>
      </Card>
    </div>
  );
}

interface OutcomesProps {
  offers: EarnOffer[];
  amountMinor: bigint;
  isActive: boolean;
  now: Date;
}

function Outcomes({ offers, amountMinor, isActive, now }: OutcomesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency, timeZone } = useShop();
  const rules = {
    timeZone,
    startsOn: null,
    currency,
    programs: [],
    offers,
    offersIncludeTax: false,
    offersIncludeShipping: false,
  };
  const line = { title: null, productId: null, variantId: null, quantity: 1, unitPriceMinor: amountMinor };
  const outcomes = previewEarning({ lines: [line], currency, rules, now }).offers;
  const isNothing = outcomes.every(({ entitlement }) => entitlement === null);
  return (
    <BlockStack gap="300">
      {outcomes.map((outcome) => (
        <GroupOutcome key={String(outcome.groupId)} outcome={outcome} amountMinor={amountMinor} />
      ))}
      {isNothing && <Text as="p">{t('offers.preview.nothing', { order: format.money(amountMinor) })}</Text>}
      {!isActive && (
        <Text as="p" tone="caution">
          {t('offers.preview.off')}
        </Text>
      )}
    </BlockStack>
  );
}

function GroupOutcome({ outcome, amountMinor }: { outcome: OfferOutcome; amountMinor: bigint }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useOfferLabels();
  const { groupName, offers, offer: chosen, entitlement } = outcome;
  const whyNot = (offer: EarnOffer): string =>
    amountMinor > offer.minimumMinor
      ? t('offers.preview.lower', { name: offer.name, chosen: chosen?.name })
      : t('offers.preview.too_low', { name: offer.name, minimum: format.money(offer.minimumMinor) });
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm" breakWord>
        {groupName}
      </Text>
      {chosen && (
        <Text as="p">
          {t('offers.preview.counts', {
            name: chosen.name,
            percent: format.percent(chosen.percentBp),
            earned: format.units(entitlement?.amount ?? 0n, chosen.unit),
            usable: words.usable(chosen),
          })}
        </Text>
      )}
      {offers
        .filter((offer) => offer !== chosen)
        .map((offer) => (
          <Text key={String(offer.offerId)} as="p" variant="bodySm" tone="subdued">
            {whyNot(offer)}
          </Text>
        ))}
    </BlockStack>
  );
}

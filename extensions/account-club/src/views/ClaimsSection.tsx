import type { ClubClaim } from '../../../shared/club-api.ts';
import type { Texts } from '../../../shared/texts.ts';

/** The gifts that the customer asked for, and what became of them. */
export function ClaimsSection({ texts, claims }: { texts: Texts; claims: readonly ClubClaim[] }) {
  const { translate, day } = texts;
  if (claims.length === 0) return null;
  return (
    <s-section heading={translate('claim.title')}>
      <s-stack gap="base">
        {claims.map((claim) => (
          <s-stack key={claim.id} gap="small-400">
            <s-text>{translate(`claim.${claim.state}`, { reward: claim.name })}</s-text>
            <s-text color="subdued" type="small">
              {translate('claim.asked', { day: day(claim.requestedAt), number: claim.number })}
            </s-text>
            {claim.note === '' ? null : <s-text>{translate('claim.note', { note: claim.note })}</s-text>}
          </s-stack>
        ))}
      </s-stack>
    </s-section>
  );
}

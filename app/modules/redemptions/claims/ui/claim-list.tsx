import {
  Badge,
  BlockStack,
  Box,
  Button,
  ButtonGroup,
  Card,
  InlineStack,
  Link,
  Tabs,
  Text,
} from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Pager } from '#app/components/pager.tsx';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';
import { canMoveClaim, CLAIM_STATES } from '../../rules/claim.ts';
import type { ClaimsView } from '../claim-screens.server.ts';
import { ClaimDialog, type ClaimAsk, type ClaimMove } from './claim-dialog.tsx';

const MOVES: readonly ClaimMove[] = ['approved', 'delivered', 'refused'];
const TONES = { requested: 'attention', approved: 'info', delivered: 'success', refused: undefined } as const;

/** Claims by state, each with what staff can do with it. */
export function ClaimList({ view }: { view: ClaimsView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = useSearchChange();
  const [asked, setAsked] = useState<ClaimAsk | null>(null);
  const { state, counts, claims, before, after } = view;
  const address = `/app/activity/reward-requests?state=${state}`;
  const tabs = CLAIM_STATES.map((each) => ({
    id: each,
    content: `${t(`claims.state.${each}`)} (${format.number(counts[each])})`,
    panelID: 'claims',
  }));
  return (
    <Card padding="0">
      <Tabs
        tabs={tabs}
        selected={CLAIM_STATES.indexOf(state)}
        onSelect={(index) => change({ state: CLAIM_STATES[index] ?? null })}
      />
      <div id="claims">
        {claims.length === 0 ? (
          <EmptyNote title={t(`claims.empty.${state}_title`)} text={t(`claims.empty.${state}_text`)} />
        ) : (
          <ul className="bare-list" aria-label={t(`claims.state.${state}`)}>
            {claims.map((claim) => (
              <ClaimLine key={claim.claimId} claim={claim} onAsk={setAsked} />
            ))}
          </ul>
        )}
      </div>
      <Pager
        isInCard
        pages={{
          previous: before === null ? null : `${address}&before=${before}`,
          next: after === null ? null : `${address}&after=${after}`,
        }}
      />
      {asked && <ClaimDialog asked={asked} onEnd={() => setAsked(null)} />}
    </Card>
  );
}

interface ClaimLineProps {
  claim: ClaimsView['claims'][number];
  onAsk: (asked: ClaimAsk) => void;
}

function ClaimLine({ claim, onAsk }: ClaimLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const customer = useCustomerName()(claim);
  const { name: gift, state } = claim;
  const units = format.units(claim.units, claim.unit);
  const moves = MOVES.filter((to) => canMoveClaim(state, to));
  return (
    <li className="ruled">
      <Box padding="400" paddingBlock="300">
        <InlineStack gap="400" align="space-between" blockAlign="start">
          <InlineStack gap="300" blockAlign="start" wrap={false}>
            {claim.pictureUrl !== null && <img className="reward-thumb" src={claim.pictureUrl} alt="" />}
            <BlockStack gap="050">
              <InlineStack gap="200" blockAlign="center">
                <Text as="span" fontWeight="semibold" breakWord>
                  {gift}
                </Text>
                <Badge {...(TONES[state] ? { tone: TONES[state] } : {})}>{t(`claims.state.${state}`)}</Badge>
              </InlineStack>
              <Link url={`/app/customers/${claim.customerId}`}>{customer}</Link>
              <Text as="p" variant="bodySm" tone="subdued" breakWord>
                {t('claims.facts', { units, when: format.timestamp(claim.createdAt), number: claim.number })}
              </Text>
              {state !== 'requested' && (
                <Text as="p" variant="bodySm" tone="subdued">
                  {t('claims.changed', {
                    state: t(`claims.state.${state}`),
                    when: format.timestamp(claim.updatedAt),
                    who: claim.staffName ?? t('claims.some_staff'),
                  })}
                </Text>
              )}
              {claim.noteToCustomer !== '' && (
                <Text as="p" variant="bodySm" breakWord>
                  {t('claims.note_line', { note: claim.noteToCustomer })}
                </Text>
              )}
            </BlockStack>
          </InlineStack>
          <ButtonGroup>
            {moves.map((to) => (
              <Button
                key={to}
                {...(to === moves[0] ? { variant: 'primary' as const } : {})}
                {...(to === 'refused' ? { tone: 'critical' as const } : {})}
                accessibilityLabel={t('claims.label', { action: t(`claims.action.${to}`), gift, customer })}
                onClick={() => onAsk({ claimId: claim.claimId, to, gift, customer, units })}
              >
                {t(`claims.action.${to}`)}
              </Button>
            ))}
          </ButtonGroup>
        </InlineStack>
      </Box>
    </li>
  );
}

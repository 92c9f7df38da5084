import { Badge, Box, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { ConsentLine } from '#app/modules/customers/log-consents.server.ts';
import { useActorName } from '../../ui/actor-name.ts';
import { CONSENT_SOURCES } from '../../form/form-values.ts';

const SOURCES = [...CONSENT_SOURCES, 'shopify', 'text_message'] as const;
const STATES = ['subscribed', 'unsubscribed', 'not_subscribed', 'pending'] as const;

interface ConsentLogProps {
  consents: readonly ConsentLine[];
  names: Record<string, string>;
}

/** What the customer agreed to or refused: when, how that is known, what was asked, and who wrote it down. */
export function ConsentLog({ consents, names }: ConsentLogProps) {
  const { t } = useTranslation();
  return (
    <Card padding="0">
      <Box padding="400">
        <CardTitle>{t('customer_detail.contacts.consents_title')}</CardTitle>
      </Box>
      <Table
        count={consents.length}
        one={t('customer_detail.contacts.consents_title')}
        many={t('customer_detail.contacts.consents_title')}
        headings={[
          { title: t('customer_detail.contacts.consent_state') },
          { title: t('customer_detail.contacts.consent_source') },
          { title: t('customer_detail.contacts.consent_by') },
          { title: t('customer_detail.contacts.consent_at') },
        ]}
      >
        {consents.map((line, index) => (
          <ConsentRow key={String(line.logId)} line={line} names={names} position={index} />
        ))}
      </Table>
    </Card>
  );
}

function ConsentRow({
  line,
  names,
  position,
}: {
  line: ConsentLine;
  names: Record<string, string>;
  position: number;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const actorName = useActorName(names);
  const { channel, actor, wording, saidAt, recordedAt } = line;
  const state = STATES.find((each) => each === line.state) ?? 'not_subscribed';
  const source = SOURCES.find((each) => each === line.source);
  return (
    <TableRow id={String(line.logId)} position={position}>
      <TableCell>
        <Badge {...(state === 'subscribed' ? { tone: 'success' as const } : {})}>
          {`${t(`customer_detail.field.${channel}Consent`)}: ${t(`customer_detail.consent.${state}`)}`}
        </Badge>
      </TableCell>
      <TableCell>
        <div className="wrapping">
          <Text as="p">{source ? t(`customer_form.source.${source}`) : line.source}</Text>
          {wording !== null && (
            <Text as="p" tone="subdued" variant="bodySm">
              “{wording}”
            </Text>
          )}
        </div>
      </TableCell>
      <TableCell>
        {actorName({ actor, source: actor.startsWith('staff:') ? 'staff' : 'automatic' })}
      </TableCell>
      <TableCell>{format.timestamp(saidAt ?? recordedAt)}</TableCell>
    </TableRow>
  );
}

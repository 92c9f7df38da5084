import { useState } from 'preact/hooks';
import type { AccountProfile, ProfileRequest } from '../../../shared/account-api.ts';
import type { AccountClient } from '../../../shared/account-client.ts';
import { checkedOf, valueOf } from '../../../shared/field-value.ts';
import type { Texts } from '../../../shared/texts.ts';

interface ProfileProps {
  texts: Texts;
  client: AccountClient;
  profile: AccountProfile;
  refresh: () => Promise<void>;
  toast: (content: string) => void;
}

type Day = 'birthDate' | 'weddingDate';
type Channel = 'sms' | 'email';

/** What is wrong, and with which field. */
interface Problem {
  field: string;
  key: string;
}

/** The customer's own days, on which gifts come, and whether the shop may write to them. */
export function ProfileSection({ texts, client, profile, refresh, toast }: ProfileProps) {
  const { translate } = texts;
  const [typed, setTyped] = useState<Partial<Record<Day, string>>>({});
  const [wanted, setWanted] = useState<Partial<Record<Channel, boolean>>>({});
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const request = toRequest(profile, typed, wanted);
  const save = async () => {
    setIsBusy(true);
    setProblem(null);
    const reply = await client.saveProfile(request);
    if (reply.ok && reply.body.ok) {
      setTyped({});
      setWanted({});
      toast(translate('profile.saved'));
      await refresh();
    } else setProblem(problemOf(reply));
    setIsBusy(false);
  };
  const errorOf = (field: string) => (problem?.field === field ? translate(problem.key) : '');
  const day = (field: Day) => (
    <DayField
      texts={texts}
      label={translate(`profile.${field}`)}
      known={profile[field]}
      typed={typed[field] ?? ''}
      error={errorOf(field)}
      onType={(value) => setTyped({ ...typed, [field]: value })}
    />
  );
  const consent = (channel: Channel, isPossible: boolean) =>
    isPossible ? (
      <s-checkbox
        label={translate(`profile.${channel}`)}
        checked={wanted[channel] ?? isOn(profile[channel])}
        error={errorOf(channel)}
        onChange={(event) => setWanted({ ...wanted, [channel]: checkedOf(event) })}
      />
    ) : null;
  return (
    <s-section heading={translate('profile.title')}>
      <s-stack gap="base">
        {problem?.field === 'form' ? <s-banner tone="critical">{translate(problem.key)}</s-banner> : null}
        {day('birthDate')}
        {profile.asksWeddingDate ? day('weddingDate') : null}
        {consent('email', profile.hasEmail)}
        {consent('sms', profile.hasPhone)}
        <s-button
          variant="secondary"
          loading={isBusy}
          disabled={Object.keys(request).length === 0}
          onClick={() => void save()}
        >
          {translate('profile.save')}
        </s-button>
      </s-stack>
    </s-section>
  );
}

interface DayFieldProps {
  texts: Texts;
  label: string;
  known: string | null;
  typed: string;
  error: string;
  onType: (value: string) => void;
}

/** A day can be given once: the shop changes it afterwards. */
function DayField({ texts, label, known, typed, error, onType }: DayFieldProps) {
  // Keys of their own: neither is drawn from the other's parts.
  if (known !== null)
    return (
      <s-stack key="known" gap="small-400">
        <s-text>{`${label}: ${texts.date(known)}`}</s-text>
        <s-text color="subdued" type="small">
          {texts.translate('profile.daySet')}
        </s-text>
      </s-stack>
    );
  return (
    <s-stack key="typed" gap="small-400">
      <s-date-field label={label} value={typed} error={error} onChange={(event) => onType(valueOf(event))} />
      <s-text color="subdued" type="small">
        {texts.translate('profile.dayOnce')}
      </s-text>
    </s-stack>
  );
}

const isOn = (state: AccountProfile['sms']): boolean => state === 'subscribed' || state === 'pending';

/** Only what differs from what is known. */
function toRequest(
  profile: AccountProfile,
  typed: Partial<Record<Day, string>>,
  wanted: Partial<Record<Channel, boolean>>,
): ProfileRequest {
  const request: ProfileRequest = {};
  for (const field of ['birthDate', 'weddingDate'] as const) if (typed[field]) request[field] = typed[field];
  for (const channel of ['sms', 'email'] as const) {
    const wish = wanted[channel];
    if (wish !== undefined && wish !== isOn(profile[channel]))
      request[channel] = wish ? 'subscribed' : 'unsubscribed';
  }
  return request;
}

function problemOf(reply: Awaited<ReturnType<AccountClient['saveProfile']>>): Problem {
  if (!reply.ok) {
    const key = reply.cause === 'too_many' ? 'problem.too_many' : 'profile.problem.not_saved';
    return { field: 'form', key };
  }
  if (reply.body.ok) return { field: '', key: '' };
  return { field: reply.body.field, key: `profile.problem.${reply.body.reason}` };
}

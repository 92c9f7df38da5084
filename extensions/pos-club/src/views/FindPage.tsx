import { useRef, useState } from 'preact/hooks';
import type { StaffPerson } from '../../../shared/staff-api.ts';
import type { StaffClient } from '../../../shared/staff-client.ts';
import type { Translator } from '../../../shared/texts.ts';
import type { TillBase } from '../till.ts';
import { checkedOf, valueOf } from '../../../shared/field-value.ts';
import { useIsOffline } from '../use-followed.ts';
import { OfflineView } from './Notices.tsx';

interface FindPageProps {
  till: TillBase;
  client: StaffClient;
  /** A customer was found, or has just joined. */
  onFound: (customerId: string) => void;
}

type Translate = Translator['translate'];

/** Finds the customer by phone; who is not known yet joins with name and phone. */
export function FindPage({ till, client, onFound }: FindPageProps) {
  const translate: Translate = (key, values) => till.i18n.translate(key, values);
  const isOffline = useIsOffline(till);
  const [phone, setPhone] = useState('');
  const [people, setPeople] = useState<StaffPerson[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const search = async () => {
    setIsBusy(true);
    setProblem(null);
    const reply = await client.people(phone);
    setIsBusy(false);
    if (!reply.ok) return setProblem(`cause.${reply.cause}`);
    if (!reply.body.ok) return setProblem('find.unclear');
    setPeople(reply.body.people);
  };
  const write = (text: string) => {
    setPhone(text);
    setPeople(null);
    setProblem(null);
  };
  return (
    <s-page heading={translate('find.title')}>
      <s-scroll-box padding="base">
        <s-stack gap="large">
          {isOffline ? <OfflineView translate={translate} /> : null}
          <s-text-field
            label={translate('find.phone')}
            value={phone}
            disabled={isOffline}
            {...(problem ? { error: translate(problem) } : {})}
            onInput={(event) => write(valueOf(event))}
            onChange={(event) => write(valueOf(event))}
          />
          <s-button
            variant="primary"
            loading={isBusy}
            disabled={isBusy || isOffline || phone.trim() === ''}
            onClick={() => void search()}
          >
            {translate('find.search')}
          </s-button>
          {people && people.length > 0 ? (
            <Found translate={translate} people={people} onFound={onFound} />
          ) : null}
          {people?.length === 0 ? (
            <WelcomeForm translate={translate} client={client} phone={phone} onFound={onFound} />
          ) : null}
        </s-stack>
      </s-scroll-box>
    </s-page>
  );
}

function Found(props: { translate: Translate; people: StaffPerson[]; onFound: (id: string) => void }) {
  const { translate, people, onFound } = props;
  return (
    <s-section heading={translate('find.found')}>
      <s-stack gap="small">
        {people.map(({ id, name, phone, email }) => (
          <s-button key={id} onClick={() => onFound(id)}>
            {[name, phone, email].filter(Boolean).join(' · ')}
          </s-button>
        ))}
      </s-stack>
    </s-section>
  );
}

interface WelcomeFormProps {
  translate: Translate;
  client: StaffClient;
  phone: string;
  onFound: (customerId: string) => void;
}

function WelcomeForm({ translate, client, phone, onFound }: WelcomeFormProps) {
  const [firstName, setFirstName] = useState('');
  const [lastName, setLastName] = useState('');
  const [smsConsent, setSmsConsent] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  // The same key creates one customer, however often the button is pressed.
  const key = useRef(crypto.randomUUID());
  const join = async () => {
    setIsBusy(true);
    setProblem(null);
    const reply = await client.welcome({ key: key.current, phone, firstName, lastName, smsConsent });
    setIsBusy(false);
    if (!reply.ok) return setProblem(`cause.${reply.cause}`);
    if (!reply.body.ok) return setProblem(`welcome.${reply.body.reason}`);
    onFound(reply.body.customerId);
  };
  return (
    <s-section heading={translate('welcome.title')}>
      <s-stack gap="base">
        <s-text>{translate('welcome.text')}</s-text>
        {problem ? <s-banner tone="critical" heading={translate(problem)} /> : null}
        <s-text-field
          label={translate('welcome.firstName')}
          value={firstName}
          onInput={(event) => setFirstName(valueOf(event))}
          onChange={(event) => setFirstName(valueOf(event))}
        />
        <s-text-field
          label={translate('welcome.lastName')}
          value={lastName}
          onInput={(event) => setLastName(valueOf(event))}
          onChange={(event) => setLastName(valueOf(event))}
        />
        <s-switch
          label={translate('welcome.sms')}
          details={translate('welcome.smsHelp')}
          checked={smsConsent}
          onChange={(event) => setSmsConsent(checkedOf(event))}
        />
        <s-button variant="primary" loading={isBusy} disabled={isBusy} onClick={() => void join()}>
          {translate('welcome.join')}
        </s-button>
      </s-stack>
    </s-section>
  );
}

import { useEffect, useRef, useState } from 'preact/hooks';
import { valueOf } from '../../shared/field-value.ts';
import type { StaffBulkAnswer, StaffBulkForm, StaffFieldErrors } from '../../shared/staff-api.ts';
import type { StaffCause, StaffClient } from '../../shared/staff-client.ts';
import type { Translator } from '../../shared/texts.ts';
import { useMeaning } from '../../shared/use-meaning.ts';
import { BulkFields } from './BulkFields.tsx';
import { MeantField } from './MeantField.tsx';
import { type BulkValues, requestOf, startValues, WHATS } from './values.ts';

interface BulkActionProps {
  i18n: Translator;
  client: StaffClient;
  customerIds: string[];
  onClose: () => void;
}

type Done = Extract<StaffBulkAnswer, { ok: true }>;

/** Points, the category or a percent for the selected customers, with the number of those it was made for. */
export function BulkAction({ i18n, client, customerIds, onClose }: BulkActionProps) {
  const { translate } = i18n;
  const [form, setForm] = useState<StaffBulkForm | null>(null);
  const [cause, setCause] = useState<StaffCause | null>(null);
  const [values, setValues] = useState<BulkValues>(startValues);
  const [errors, setErrors] = useState<StaffFieldErrors>({});
  const [isBusy, setIsBusy] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const meaning = useMeaning(useState);
  const formKey = useRef(crypto.randomUUID());
  useEffect(() => {
    void client.bulkForm().then((reply) => (reply.ok ? setForm(reply.body) : setCause(reply.cause)));
  }, [client]);
  const set = (change: Partial<BulkValues>) => {
    setValues((before) => ({ ...before, ...change }));
    setErrors({});
    setCause(null);
    meaning.ask(null);
  };
  const save = async () => {
    if (!meaning.check()) return;
    setIsBusy(true);
    const reply = await client.bulk(
      requestOf(values, customerIds, formKey.current, meaning.question?.figure),
    );
    setIsBusy(false);
    if (!reply.ok) return setCause(reply.cause);
    if (reply.body.ok) return setDone(reply.body);
    setErrors(reply.body.errors);
    meaning.ask(reply.body.question ?? null);
  };
  const isTooMany = form !== null && customerIds.length > form.customersMax;
  if (done) return <DoneView translate={translate} done={done} onClose={onClose} />;
  return (
    <s-admin-action heading={translate('title')} loading={form === null && cause === null}>
      <s-stack gap="base">
        <s-text>{translate('selected', { count: customerIds.length })}</s-text>
        {cause ? <s-banner tone="critical">{translate(`cause.${cause}`)}</s-banner> : null}
        {errors.form ? <s-banner tone="critical">{translate(`error.${errors.form}`)}</s-banner> : null}
        {isTooMany ? (
          <s-banner tone="warning">{translate('tooMany', { count: form.customersMax })}</s-banner>
        ) : null}
        {form && !isTooMany ? (
          <s-stack gap="base">
            <WhatField translate={translate} what={values.what} set={set} />
            <BulkFields translate={translate} form={form} values={values} errors={errors} set={set} />
            <MeantField i18n={i18n} form={form} meaning={meaning} />
          </s-stack>
        ) : null}
      </s-stack>
      <s-button slot="secondary-actions" disabled={isBusy} onClick={onClose}>
        {translate('close')}
      </s-button>
      {form && !isTooMany ? (
        <s-button
          slot="primary-action"
          variant="primary"
          loading={isBusy}
          disabled={isBusy || customerIds.length === 0}
          onClick={() => void save()}
        >
          {translate(`save.${values.what}`, { count: customerIds.length })}
        </s-button>
      ) : null}
    </s-admin-action>
  );
}

interface WhatFieldProps {
  translate: Translator['translate'];
  what: BulkValues['what'];
  set: (change: Partial<BulkValues>) => void;
}

function WhatField({ translate, what: chosen, set }: WhatFieldProps) {
  return (
    <s-select
      label={translate('what.label')}
      value={chosen}
      onChange={(event) => set({ what: WHATS.find((each) => each === valueOf(event)) ?? chosen })}
    >
      {WHATS.map((what) => (
        <s-option key={what} value={what}>
          {translate(`what.${what}`)}
        </s-option>
      ))}
    </s-select>
  );
}

interface DoneViewProps {
  translate: Translator['translate'];
  done: Done;
  onClose: () => void;
}

/** How many were changed, and who was left out. A view of its own: the form's is replaced as a whole. */
function DoneView({ translate, done, onClose }: DoneViewProps) {
  return (
    <s-admin-action heading={translate('title')}>
      <s-stack gap="small">
        <s-banner tone="success">{translate('changed', { count: done.changed })}</s-banner>
        {Object.entries(done.left).map(([why, count]) => (
          <s-banner key={why} tone="warning">
            {translate(`left.${why}`, { count })}
          </s-banner>
        ))}
      </s-stack>
      <s-button slot="secondary-actions" onClick={onClose}>
        {translate('done')}
      </s-button>
    </s-admin-action>
  );
}

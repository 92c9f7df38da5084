/** The form at the shop's own address: plain HTML that works without scripts and in any theme. */
import type { TFunction } from 'i18next';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import type { PhotoProblem } from '#app/modules/photos/photo-limits.ts';
import {
  ASKED_FIELDS,
  askingOf,
  FILE_KINDS,
  LINE_MAX,
  LONG_FIELDS,
  TEXT_MAX,
  type ApplicationSettings,
  type AskedField,
  type FileKind,
} from '../application-fields.ts';

/** People never see it; programs fill it in. */
export const TRAP_FIELD = 'company_fax';
export const TOKEN_FIELD = 'form';

export interface ApplyView {
  t: TFunction;
  locale: string;
  shopName: string;
  shopUrl: string;
  settings: ApplicationSettings;
  token: string;
  typed: Readonly<Record<string, string>>;
  errors: FieldErrors;
  fileProblems: Partial<Record<FileKind, PhotoProblem | 'required'>>;
  /** What is said above the form; null for nothing. */
  notice: 'too_fast' | 'expired' | 'too_many' | 'not_stored' | 'busy' | 'too_large' | 'wait' | null;
  /** The page after sending, or where no form is. */
  page: 'form' | 'done' | 'closed';
  /** Of the fields' ids: a theme has fields of its own. */
  idPrefix: string;
}

/** What preparing a picture may find. */
const FILE_TEXTS: Partial<
  Record<PhotoProblem | 'required', 'required' | 'not_a_photo' | 'heic' | 'too_many_pixels'>
> = {
  required: 'required',
  not_a_photo: 'not_a_photo',
  heic: 'heic',
  too_many_pixels: 'too_many_pixels',
};

const KINDS_OF_INPUT: Partial<Record<AskedField, string>> = { phone: 'tel', website: 'url' };
const AUTOCOMPLETE: Partial<Record<AskedField, string>> = {
  phone: 'tel',
  business: 'organization',
  address: 'street-address',
  city: 'address-level2',
  website: 'url',
};

const STYLE = `
  :root { color-scheme: light; font: 16px/1.5 system-ui, sans-serif; color: #1f1f1f; background: #fff; }
  body { margin: 0; } main { max-width: 36rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
  h1 { font-size: 1.5rem; line-height: 1.25; } .setia-intro { white-space: pre-wrap; overflow-wrap: anywhere; }
  .setia-field { display: grid; gap: .25rem; margin-block: 1rem; } label { font-weight: 600; }
  input, textarea { font: inherit; padding: .6rem .7rem; border: 1px solid #767676; border-radius: .5rem; width: 100%; box-sizing: border-box; background: #fff; color: inherit; }
  input:focus-visible, textarea:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid #1a5fb4; outline-offset: 1px; }
  [aria-invalid=true] { border: 2px solid #b00020; } .setia-error { color: #b00020; margin: 0; } .setia-help { color: #595959; margin: 0; font-size: .9rem; }
  .setia-notice { border: 2px solid #b00020; border-radius: .5rem; padding: .75rem 1rem; }
  button { font: inherit; font-weight: 600; padding: .75rem 1.5rem; border: 0; border-radius: .5rem; background: #1f1f1f; color: #fff; cursor: pointer; min-height: 44px; }
  .setia-trap { position: absolute; inset-inline-start: -100vw; block-size: 1px; inline-size: 1px; overflow: hidden; }`;

/** The whole page. */
export function ApplyPage(view: ApplyView) {
  const { t, locale, shopName, shopUrl } = view;
  const title = t('apply.title', { shop: shopName });
  return (
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          <ApplyContent view={view} />
          <p>
            <a href={shopUrl}>{t('apply.back', { shop: shopName })}</a>
          </p>
        </main>
      </body>
    </html>
  );
}

/** What the block of the theme shows (extensions/theme-scripts/apply.ts), which has a heading of its own. */
export function ApplyBlock(view: ApplyView) {
  return (
    <div data-setia-form="" lang={view.locale}>
      <ApplyContent view={view} />
    </div>
  );
}

function ApplyContent({ view }: { view: ApplyView }) {
  const { t, shopName, page } = view;
  if (page === 'form') return <ApplyForm view={view} />;
  return (
    <p role="status" tabIndex={-1}>
      {t(`apply.${page}`, { shop: shopName })}
    </p>
  );
}

function ApplyForm({ view }: { view: ApplyView }) {
  const { t, settings, token, notice, errors, fileProblems, idPrefix } = view;
  const wrong = Object.keys(errors).length + Object.keys(fileProblems).length;
  const asked = ASKED_FIELDS.filter((field) => askingOf(settings, field) !== 'off');
  const files = FILE_KINDS.filter((kind) => askingOf(settings, kind) !== 'off');
  return (
    <form method="post" encType="multipart/form-data" noValidate>
      {settings.intro !== '' && <p className="setia-intro">{settings.intro}</p>}
      {(notice !== null || wrong > 0) && (
        <p className="setia-notice" role="alert" tabIndex={-1}>
          {notice === null ? t('apply.wrong', { count: wrong }) : t(`apply.notice.${notice}`)}
        </p>
      )}
      <input type="hidden" name={TOKEN_FIELD} value={token} />
      <div className="setia-trap" aria-hidden="true">
        <label htmlFor={idPrefix + TRAP_FIELD}>{TRAP_FIELD}</label>
        <input id={idPrefix + TRAP_FIELD} name={TRAP_FIELD} tabIndex={-1} autoComplete="off" />
      </div>
      <Line view={view} name="name" label={t('apply.field.name')} autoComplete="name" isRequired />
      <Line
        view={view}
        name="email"
        label={t('apply.field.email')}
        type="email"
        autoComplete="email"
        isRequired
      />
      {asked.map((field) => (
        <Line
          key={field}
          view={view}
          name={field}
          label={field === 'question' ? settings.question : t(`apply.field.${field}`)}
          type={KINDS_OF_INPUT[field] ?? 'text'}
          autoComplete={AUTOCOMPLETE[field] ?? 'off'}
          isLong={LONG_FIELDS.has(field)}
          isRequired={askingOf(settings, field) === 'required'}
        />
      ))}
      {files.map((kind) => (
        <FileLine key={kind} view={view} kind={kind} isRequired={askingOf(settings, kind) === 'required'} />
      ))}
      <p className="setia-help">{t('apply.privacy', { shop: view.shopName })}</p>
      <button type="submit">{t('apply.send')}</button>
    </form>
  );
}

interface LineProps {
  view: ApplyView;
  name: string;
  label: string;
  type?: string;
  autoComplete: string;
  isLong?: boolean;
  isRequired: boolean;
}

function Line({ view, name, label, type = 'text', autoComplete, isLong = false, isRequired }: LineProps) {
  const { t, typed, errors, idPrefix } = view;
  const error = errors[name];
  const id = idPrefix + name;
  const field = {
    id,
    name,
    autoComplete,
    defaultValue: typed[name] ?? '',
    maxLength: isLong ? TEXT_MAX : LINE_MAX,
    required: isRequired,
    ...(error ? { 'aria-invalid': true, 'aria-describedby': `${id}-error` } : {}),
  };
  return (
    <div className="setia-field">
      <label htmlFor={id}>{isRequired ? label : t('apply.optional', { label })}</label>
      {isLong ? <textarea rows={4} {...field} /> : <input type={type} {...field} />}
      {error && (
        <p className="setia-error" id={`${id}-error`}>
          {t(`errors.field.${error.code}`)}
        </p>
      )}
    </div>
  );
}

function FileLine({ view, kind, isRequired }: { view: ApplyView; kind: FileKind; isRequired: boolean }) {
  const { t, fileProblems, idPrefix } = view;
  const id = idPrefix + kind;
  const problem = fileProblems[kind];
  const label = t(`apply.field.${kind}`);
  const described = problem ? `${id}-help ${id}-error` : `${id}-help`;
  return (
    <div className="setia-field">
      <label htmlFor={id}>{isRequired ? label : t('apply.optional', { label })}</label>
      <input
        id={id}
        name={kind}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        required={isRequired}
        aria-describedby={described}
        {...(problem ? { 'aria-invalid': true } : {})}
      />
      <p className="setia-help" id={`${id}-help`}>
        {t('apply.file_help')}
      </p>
      {problem && (
        <p className="setia-error" id={`${id}-error`}>
          {t(`apply.file.${FILE_TEXTS[problem] ?? 'damaged'}`)}
        </p>
      )}
    </div>
  );
}

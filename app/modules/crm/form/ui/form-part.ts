import type { Draft } from '#app/components/use-draft.ts';
import type { FormView } from '../form-screen.server.ts';
import type { CustomerValues } from '../form-values.ts';

/** Props of the cards of the customer form that need more than their fields. */
export interface FormPartProps {
  draft: Draft<CustomerValues>;
  view: FormView;
}

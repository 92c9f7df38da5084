export { cartValidationsGenerateRun } from './cart-validations-generate-run.ts';

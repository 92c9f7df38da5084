import type { UpstreamError } from '#app/lib/errors.ts';

/** Why a service couldn't be read. */
export const SERVICE_PROBLEMS = ['credentials', 'no_service', 'refused', 'unreachable'] as const;
export type ServiceProblem = (typeof SERVICE_PROBLEMS)[number];

const UNAUTHORIZED = 401;
const NOT_FOUND = 404;
/** docs/api/errors/20003, 20005 */
const CREDENTIAL_CODES = new Set([20_003, 20_005]);

/** Says which of them an error of Twilio's is. */
export async function whyRefused({ cause }: UpstreamError): Promise<ServiceProblem> {
  const { toTwilioFailure } = await import('#app/integrations/twilio/client.server.ts');
  const failure = toTwilioFailure(cause);
  if (failure.is !== 'refused') return 'unreachable';
  if (failure.status === UNAUTHORIZED || CREDENTIAL_CODES.has(failure.code)) return 'credentials';
  return failure.status === NOT_FOUND ? 'no_service' : 'refused';
}

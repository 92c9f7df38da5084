import { createStaffClient, type StaffClient } from '../../shared/staff-client.ts';
import { backendOrigin } from '../../shared/backend.ts';
import type { TillBase } from './till.ts';

/** The app, as the user who is signed in to the till. */
export function tillClient({ session }: Pick<TillBase, 'session'>): StaffClient {
  return createStaffClient({ origin: backendOrigin(), token: () => session.getSessionToken() });
}

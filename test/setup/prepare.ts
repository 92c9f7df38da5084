import { prepare } from '../../scripts/prepare.ts';

/** Global set-up of the suites that start the real server: the build must match the sources. */
export default async function setup(): Promise<void> {
  await prepare({ build: true });
}

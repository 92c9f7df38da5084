import type { PrismaClient } from '@prisma/client';
import { Session } from '@shopify/shopify-api';
import { PrismaSessionStorage } from '@shopify/shopify-app-session-storage-prisma';
import { AppError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { decryptSecret, encryptSecret, sealedStart, type CipherKey } from '#app/lib/secret-cipher.ts';

/** What a session needs beside its tokens. */
const NO_SESSION = { shop: '', state: '', isOnline: false };

/**
 * Shopify's own Prisma session storage with the access and refresh token encrypted at rest. The first key
 * encrypts, every key decrypts: a session stored again moves to the first key.
 *
 * A session whose tokens cannot be read counts as absent, so that an embedded request exchanges its session token
 * for new ones; background work then says that the shop has no session.
 */
export class EncryptedSessionStorage {
  readonly #prisma: PrismaClient;
  readonly #keys: readonly CipherKey[];
  #inner: PrismaSessionStorage<PrismaClient> | undefined;

  constructor(prisma: PrismaClient, keys: readonly CipherKey[]) {
    this.#prisma = prisma;
    this.#keys = keys;
  }

  async storeSession(session: Session): Promise<boolean> {
    const stored = new Session(session.toObject());
    if (stored.accessToken) stored.accessToken = encryptSecret(stored.accessToken, session.id, this.#keys);
    if (stored.refreshToken) stored.refreshToken = encryptSecret(stored.refreshToken, session.id, this.#keys);
    return this.#withStorage((storage) => storage.storeSession(stored));
  }

  /**
   * Every request to Shopify loads the shop's session, and the library's way through Prisma's query compiler takes longer
   * than the request: so the row is read by SQL. Of online sessions the library knows more.
   */
  async loadSession(id: string): Promise<Session | undefined> {
    const [row] = await this.#prisma.$queryRaw<OfflineRow[]>`
      SELECT id, shop, state, scope, expires, "accessToken", "refreshToken", "refreshTokenExpires" FROM "Session"
       WHERE id = ${id} AND NOT "isOnline"`;
    const stored = row ? toSession(row) : await this.#withStorage((storage) => storage.loadSession(id));
    return stored && this.#decrypt(stored);
  }

  async deleteSession(id: string): Promise<boolean> {
    return this.#withStorage((storage) => storage.deleteSession(id));
  }

  async deleteSessions(ids: string[]): Promise<boolean> {
    return this.#withStorage((storage) => storage.deleteSessions(ids));
  }

  async findSessionsByShop(shop: string): Promise<Session[]> {
    const stored = await this.#withStorage((storage) => storage.findSessionsByShop(shop));
    return stored.flatMap((session) => this.#decrypt(session) ?? []);
  }

  /**
   * Lets one of all processes renew this session: true for the one that may, for at most `leaseMs`; the others wait for
   * what it stores. The database's clock decides.
   */
  async claimRenewal(id: string, leaseMs: number): Promise<boolean> {
    const claimed = await this.#prisma.$executeRaw`
      UPDATE "Session" SET "renewingUntil" = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
       WHERE id = ${id} AND ("renewingUntil" IS NULL OR "renewingUntil" < clock_timestamp())`;
    return claimed === 1;
  }

  /** Ends a claim before its time. */
  async endRenewal(id: string): Promise<void> {
    await this.#prisma.$executeRaw`UPDATE "Session" SET "renewingUntil" = NULL WHERE id = ${id}`;
  }

  /**
   * Marks the token of this session as expired, unless another was stored since it was loaded. Writes no token: those
   * loaded may be old by now.
   */
  async markExpired(session: Session): Promise<void> {
    // Not 0, which the library's storage reads as "never".
    await this.#prisma.session.updateMany({
      where: { id: session.id, expires: session.expires ?? null },
      data: { expires: new Date(1) },
    });
  }

  /**
   * Encrypts the tokens of every session with the first key. Returns of how many; those that cannot be read stay, and so
   * does one that was stored meanwhile.
   */
  async resealTokens(): Promise<number> {
    const start = sealedStart(this.#keys);
    const old = await this.#prisma.session.findMany({
      where: {
        OR: [
          { accessToken: { not: { startsWith: start } } },
          { refreshToken: { not: null }, NOT: { refreshToken: { startsWith: start } } },
        ],
      },
      select: { id: true, accessToken: true, refreshToken: true },
    });
    let resealed = 0;
    for (const stored of old) {
      const session = this.#decrypt(new Session({ ...NO_SESSION, ...withoutNull(stored) }));
      if (session?.accessToken === undefined) continue;
      const { count } = await this.#prisma.session.updateMany({
        where: stored,
        data: {
          accessToken: encryptSecret(session.accessToken, session.id, this.#keys),
          ...(session.refreshToken
            ? { refreshToken: encryptSecret(session.refreshToken, session.id, this.#keys) }
            : {}),
        },
      });
      resealed += count;
    }
    return resealed;
  }

  /** Counts the sessions by the ids of the keys of their tokens; one with two keys counts for each. */
  async countKeys(): Promise<Map<string, number>> {
    const rows = await this.#prisma.session.findMany({ select: { accessToken: true, refreshToken: true } });
    const counts = new Map<string, number>();
    for (const { accessToken, refreshToken } of rows) {
      const sealed = [accessToken, refreshToken].filter((token) => token !== null && token !== '');
      for (const key of new Set(sealed.map((token) => token?.split(':')[2] ?? '')))
        counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }

  #decrypt(session: Session): Session | undefined {
    try {
      if (session.accessToken)
        session.accessToken = decryptSecret(session.accessToken, session.id, this.#keys);
      if (session.refreshToken)
        session.refreshToken = decryptSecret(session.refreshToken, session.id, this.#keys);
      return session;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      logger.error(
        { sessionId: session.id, code: error.code, reason: safeErrorText(error) },
        'session tokens unreadable',
      );
      return undefined;
    }
  }

  /**
   * The library's storage checks for its table once when it is created, and never recovers from a failure. So it is
   * created on first use, and again after a failure (the database may just have been restarting).
   */
  async #withStorage<T>(use: (storage: PrismaSessionStorage<PrismaClient>) => Promise<T>): Promise<T> {
    const storage = (this.#inner ??= new PrismaSessionStorage(this.#prisma, {
      connectionRetries: 2,
      connectionRetryIntervalMs: 500,
    }));
    try {
      return await use(storage);
    } catch (error) {
      if (this.#inner === storage) this.#inner = undefined;
      throw error;
    }
  }
}

interface OfflineRow {
  id: string;
  shop: string;
  state: string;
  scope: string | null;
  expires: Date | null;
  accessToken: string;
  refreshToken: string | null;
  refreshTokenExpires: Date | null;
}

/** The library leaves out what is not known. */
function toSession({ id, shop, state, accessToken, ...known }: OfflineRow): Session {
  return new Session({
    id,
    shop,
    state,
    isOnline: false,
    accessToken,
    ...(known.scope === null ? {} : { scope: known.scope }),
    ...(known.expires === null ? {} : { expires: known.expires }),
    ...(known.refreshToken === null ? {} : { refreshToken: known.refreshToken }),
    ...(known.refreshTokenExpires === null ? {} : { refreshTokenExpires: known.refreshTokenExpires }),
  });
}

function withoutNull({
  refreshToken,
  ...tokens
}: {
  id: string;
  accessToken: string;
  refreshToken: string | null;
}) {
  return refreshToken === null ? tokens : { ...tokens, refreshToken };
}

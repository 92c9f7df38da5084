import type { PrismaClient } from '@prisma/client';
import { Session } from '@shopify/shopify-api';
import { PrismaSessionStorage } from '@shopify/shopify-app-session-storage-prisma';
import { AppError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { decryptSecret, encryptSecret, type CipherKey } from '#app/lib/secret-cipher.ts';

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

  async loadSession(id: string): Promise<Session | undefined> {
    const stored = await this.#withStorage((storage) => storage.loadSession(id));
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
        { sessionId: session.id, code: error.code, reason: error.message },
        'session tokens unreadable',
      );
      return undefined;
    }
  }

  /**
   * The library's storage asks for its table once when it is made and remembers a failure for ever; so it is made
   * at the first use, and made anew after a failure (the database may just have been restarting).
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

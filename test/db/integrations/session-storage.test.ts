import { randomBytes } from 'node:crypto';
import { Session } from '@shopify/shopify-api';
import { PrismaSessionStorage } from '@shopify/shopify-app-session-storage-prisma';
import { beforeEach, describe, expect, it } from 'vitest';
import { prisma } from '#app/db.server.ts';
import { EncryptedSessionStorage } from '#app/integrations/shopify/session-storage.server.ts';

const FIRST = { id: 'k1', key: randomBytes(32) };
const SECOND = { id: 'k2', key: randomBytes(32) };
const SHOP = 'one.myshopify.com';

function session(shop = SHOP): Session {
  return new Session({
    id: `offline_${shop}`,
    shop,
    state: '',
    isOnline: false,
    scope: 'read_orders',
    expires: new Date('2026-11-21T12:00:00Z'),
    accessToken: 'shpat_secret',
    refreshToken: 'shprt_secret',
    refreshTokenExpires: new Date('2027-02-21T12:00:00Z'),
  });
}

async function row(shop = SHOP) {
  return prisma.session.findUniqueOrThrow({ where: { id: `offline_${shop}` } });
}

describe('EncryptedSessionStorage', () => {
  const storage = new EncryptedSessionStorage(prisma, [FIRST]);

  beforeEach(async () => {
    await prisma.session.deleteMany();
    await storage.storeSession(session());
  });

  it('stores no token in the clear and gives back what it was given', async () => {
    const stored = await row();
    expect(stored.accessToken).toMatch(/^enc:v1:k1:/);
    expect(stored.refreshToken).toMatch(/^enc:v1:k1:/);
    expect(JSON.stringify(stored)).not.toContain('secret');

    const loaded = await storage.loadSession(session().id);
    expect(loaded?.toObject()).toMatchObject({
      shop: SHOP,
      scope: 'read_orders',
      accessToken: 'shpat_secret',
      refreshToken: 'shprt_secret',
      expires: session().expires,
      refreshTokenExpires: session().refreshTokenExpires,
    });
    expect(await storage.findSessionsByShop(SHOP)).toMatchObject([{ accessToken: 'shpat_secret' }]);
  });

  it("loads what the library's own storage loads, also without what is not known", async () => {
    const plain = new PrismaSessionStorage(prisma);
    const bare = new Session({
      id: 'offline_bare',
      shop: SHOP,
      state: 's',
      isOnline: false,
      accessToken: '',
    });
    await plain.storeSession(bare);
    const loaded = await storage.loadSession('offline_bare');
    expect(loaded?.toObject()).toEqual((await plain.loadSession('offline_bare'))?.toObject());
    const full = await storage.loadSession(session().id);
    const stored = await plain.loadSession(session().id);
    expect(full?.toObject()).toEqual({
      ...stored?.toObject(),
      accessToken: 'shpat_secret',
      refreshToken: 'shprt_secret',
    });
    expect(await storage.loadSession('offline_nobody')).toBeUndefined();
  });

  it('does not change the session that it stores', async () => {
    const given = session();
    await storage.storeSession(given);
    expect(given.accessToken).toBe('shpat_secret');
  });

  it('writes the same token differently each time', async () => {
    const before = await row();
    await storage.storeSession(session());
    expect((await row()).accessToken).not.toBe(before.accessToken);
  });

  it('reads with every known key, and a re-store moves to the first', async () => {
    const rotated = new EncryptedSessionStorage(prisma, [SECOND, FIRST]);
    const loaded = await rotated.loadSession(session().id);
    expect(loaded?.accessToken).toBe('shpat_secret');
    if (loaded) await rotated.storeSession(loaded);
    expect((await row()).accessToken).toMatch(/^enc:v1:k2:/);
    expect((await rotated.loadSession(session().id))?.accessToken).toBe('shpat_secret');
  });

  it.each([
    ['the key is gone', [SECOND]],
    ['another key has its id', [{ id: FIRST.id, key: SECOND.key }]],
  ])('treats the session as absent when %s', async (_name, keys) => {
    const other = new EncryptedSessionStorage(prisma, keys);
    expect(await other.loadSession(session().id)).toBeUndefined();
    expect(await other.findSessionsByShop(SHOP)).toEqual([]);
  });

  it('treats the session as absent when one bit of a token changed, wherever it is', async () => {
    const { accessToken } = await row();
    const prefix = 'enc:v1:k1:';
    const bytes = Buffer.from(accessToken.slice(prefix.length), 'base64');
    for (const position of [0, 12, bytes.length - 1]) {
      const damaged = Buffer.from(bytes);
      damaged[position] = (damaged[position] ?? 0) ^ 1;
      await prisma.session.update({
        where: { id: session().id },
        data: { accessToken: prefix + damaged.toString('base64') },
      });
      expect(await storage.loadSession(session().id)).toBeUndefined();
    }
  });

  it('treats a token in the clear and a token that is cut short as absent', async () => {
    for (const accessToken of ['shpat_secret', 'enc:v1:k1:AAAA']) {
      await prisma.session.update({ where: { id: session().id }, data: { accessToken } });
      expect(await storage.loadSession(session().id)).toBeUndefined();
    }
  });

  it("does not read one shop's token in another shop's row", async () => {
    await storage.storeSession(session('two.myshopify.com'));
    const { accessToken } = await row();
    await prisma.session.update({ where: { id: 'offline_two.myshopify.com' }, data: { accessToken } });
    expect(await storage.loadSession('offline_two.myshopify.com')).toBeUndefined();
    expect(await storage.loadSession(session().id)).toBeDefined();
  });

  it('deletes one and several', async () => {
    await storage.storeSession(session('two.myshopify.com'));
    await storage.deleteSession(session().id);
    expect(await storage.loadSession(session().id)).toBeUndefined();
    await storage.deleteSessions(['offline_two.myshopify.com']);
    expect(await prisma.session.count()).toBe(0);
  });
});

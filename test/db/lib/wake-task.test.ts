import { afterEach, expect, test } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';

afterEach(async () => {
  await pool.query('DELETE FROM graphile_worker._private_jobs');
});

interface Job {
  task: string;
  priority: number;
  attempts: number;
  waitsSeconds: number;
}

async function readJobs(): Promise<Job[]> {
  const { rows } = await pool.query<Job>(
    `SELECT task_identifier AS task, priority, max_attempts AS attempts,
            extract(epoch FROM run_at - created_at)::int AS "waitsSeconds"
       FROM graphile_worker.jobs ORDER BY task_identifier`,
  );
  return rows;
}

test('a task is queued for now and tried once', async () => {
  await wakeTask(pool, 'process-syncs');
  expect(await readJobs()).toEqual([{ task: 'process-syncs', priority: 0, attempts: 1, waitsSeconds: 0 }]);
});

test('it can wait and go before others', async () => {
  await wakeTask(pool, 'process-tag-jobs', { afterSeconds: 90, priority: -10 });
  expect(await readJobs()).toEqual([
    { task: 'process-tag-jobs', priority: -10, attempts: 1, waitsSeconds: 90 },
  ]);
});

test('one job is queued per task, at the time requested last', async () => {
  await wakeTask(pool, 'process-tag-jobs', { afterSeconds: 90 });
  await wakeTask(pool, 'process-tag-jobs');
  await wakeTask(pool, 'remove-files');
  const jobs = await readJobs();
  expect(jobs.map(({ task }) => task)).toEqual(['process-tag-jobs', 'remove-files']);
  expect(jobs[0]?.waitsSeconds).toBeLessThan(90);
});

test('a job of a transaction that is rolled back is gone with it', async () => {
  await expect(
    withTransaction(async (tx) => {
      await wakeTask(tx, 'process-syncs');
      throw new Error('rolled back');
    }),
  ).rejects.toThrow('rolled back');
  expect(await readJobs()).toEqual([]);
});

import { connectDatabase } from '#adapters/store/connection.ts';
import { createJobs } from '#adapters/store/jobs.ts';
import { silent } from '#test/support/database.ts';

/** Started as a process: says when it is ready, when its job runs, which never ends, and when it is to. */
const [url = ''] = process.argv.slice(2);
const jobs = createJobs({ database: connectDatabase(url), log: silent });
await jobs.start({
  work: (_payload, signal) => {
    process.stdout.write('working\n');
    signal.addEventListener('abort', () => process.stdout.write('told to stop\n'));
    return new Promise(() => {});
  },
});
process.stdout.write('ready\n');

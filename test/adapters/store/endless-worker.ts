import { connectDatabase } from '#adapters/store/connection.ts';
import { createJobs } from '#adapters/store/jobs.ts';
import { silent } from '#test/support/database.ts';

/** Started as a process: says when it is ready and when its job runs, which never ends. */
const [url = ''] = process.argv.slice(2);
const jobs = createJobs({ database: connectDatabase(url), log: silent });
await jobs.start({
  work: () => {
    process.stdout.write('working\n');
    return new Promise(() => {});
  },
});
process.stdout.write('ready\n');

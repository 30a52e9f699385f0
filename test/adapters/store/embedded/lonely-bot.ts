import { openDatabase } from '#adapters/store/database.ts';
import { startEmbeddedPostgres } from '#adapters/store/embedded/start.ts';
import { silent } from '#test/support/database.ts';

/** Started as a process: writes something, says so, and waits to be killed. */
const [folder = ''] = process.argv.slice(2);
const server = await startEmbeddedPostgres({ folder });
await server.createDatabase('handrail');
const database = openDatabase({ url: server.url('handrail'), log: silent });
await database.pool.query('create table kept as select 1 as n');
process.stdout.write('written\n');

import { connectDatabase } from '#adapters/store/connection.ts';
import { startEmbeddedPostgres } from '#adapters/store/embedded/start.ts';

/** Started as a process: writes something, says so, and waits to be killed. */
const [folder = ''] = process.argv.slice(2);
const server = await startEmbeddedPostgres({ folder });
await server.createDatabase('handrail');
const database = connectDatabase(server.url('handrail'));
await database.pool.query('create table kept as select 1 as n');
process.stdout.write('written\n');

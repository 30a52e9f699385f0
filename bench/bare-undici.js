// What somebody would write by hand who wants nothing but the statuses.
import { readFileSync } from 'node:fs';

import { request } from 'undici';

const { urls } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
let wrong = 0;
await Promise.all(
  Array.from({ length: 64 }, async () => {
    for (let url = urls.shift(); url !== undefined; url = urls.shift()) {
      const { statusCode, body } = await request(url);
      await body.text();
      if (statusCode !== 200) wrong += 1;
    }
  }),
);
process.exitCode = wrong === 0 ? 0 : 1;

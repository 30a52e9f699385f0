import { liveThrough } from './incident.ts';
import type { Plan } from './plans.ts';

/** `sites`: how many different things were called in vain. */
export type Swept = {
  incidents: number;
  failed: number;
  sites: number;
  problems: readonly string[];
};

export function textOf({ incidents, failed, sites, problems }: Swept): string {
  return `incidents: ${incidents}, failed: ${failed}, sites: ${sites}, violations: ${problems.length}`;
}

/** Lives through an incident for each plan, so many at one time. */
export async function sweep(
  plans: readonly Plan[],
  { beside, tell = () => {} }: { beside: number; tell?: (line: string) => void },
): Promise<Swept> {
  const sites = new Set<string>();
  const problems: string[] = [];
  let failed = 0;
  const waiting = plans.values();

  async function live({ what, fault }: Plan): Promise<void> {
    const startedAt = performance.now();
    const lived = await liveThrough(fault);
    failed += lived.failed.length;
    for (const { kind, site } of lived.failed) sites.add(`${kind} ${site}`);
    const where = lived.failed.length === 1 ? ` (${lived.failed[0]?.site})` : '';
    problems.push(...lived.problems.map((problem) => `${what}${where}: ${problem}`));
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
    tell(
      `${what}${where}: ${lived.failed.length} failed, ${lived.problems.length} violations, ${seconds} s`,
    );
  }

  async function work(): Promise<void> {
    for (const plan of waiting) {
      await live(plan).catch((error: unknown) => {
        problems.push(`${plan.what}: the world broke: ${String(error)}`);
      });
    }
  }

  /** The process of a bot would have ended. */
  function unhandled(error: unknown): void {
    problems.push(`nobody waited for this: ${String(error)}`);
  }
  process.on('unhandledRejection', unhandled);
  try {
    await Promise.all(Array.from({ length: beside }, work));
  } finally {
    process.off('unhandledRejection', unhandled);
  }
  return { incidents: plans.length, failed, sites: sites.size, problems };
}

import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';

import { launchChromium } from './chromium.ts';

const desk = { width: 1280, height: 800 };

/** 360 pixels wide, as the narrowest telephones are. */
export const phone = { width: 360, height: 640 };

export type Eyes = AsyncDisposable & {
  /** A window of its own: nothing is shared with another but the workspace. */
  open(
    url: string | URL,
    look?: { size?: { width: number; height: number }; theme?: 'light' | 'dark' },
  ): Promise<Page>;
};

/** A Chromium; whatever goes wrong in a page of it fails the test, unless it is expected. */
export async function openEyes(expected: { trouble?: RegExp } = {}): Promise<Eyes> {
  const browser: Browser = await launchChromium();
  const troubles: string[] = [];
  return {
    async open(url, { size = desk, theme = 'light' } = {}) {
      const context = await browser.newContext({
        viewport: size,
        colorScheme: theme,
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      page.on('pageerror', (error) => troubles.push(String(error)));
      page.on('console', (message) => {
        const isExpected = expected.trouble?.test(message.text()) ?? false;
        if (message.type() === 'error' && !isExpected) troubles.push(message.text());
      });
      await page.goto(String(url));
      return page;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      if (troubles.length > 0) throw new Error(`the page is in trouble:\n${troubles.join('\n')}`);
    },
  };
}

const Violations = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })),
    }),
  ),
});

/** What axe-core finds wrong with the page as it is now; none is the aim. */
export async function violations(page: Page): Promise<readonly string[]> {
  // Not as a script of the page: its policy would not let it in.
  await page.evaluate(axe.source);
  const found = Violations.parse(await page.evaluate('axe.run()'));
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

/** The id of what the keyboard is at. */
export function focused(page: Page): Promise<string | null> {
  return page.locator(':focus').getAttribute('id');
}

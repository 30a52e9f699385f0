import { z } from 'zod';

/**
 * What a button asks for. It is kept behind the button's opaque id and belongs to a run, a step and a
 * visit, so that an old or a copied button can't do anything else than what it was drawn for.
 */
const run = { run: z.string() };
const visit = { ...run, step: z.string(), visit: z.int() };

export const Act = z.discriminatedUnion('type', [
  z.object({ ...run, type: z.literal('Begin') }),
  z.object({ ...visit, type: z.literal('Choose'), option: z.string(), needsReason: z.boolean() }),
  z.object({ ...visit, type: z.literal('Answer') }),
  z.object({ ...visit, type: z.literal('MarkDone') }),
  z.object({ ...visit, type: z.literal('Confirm'), confirmed: z.boolean() }),
  z.object({ ...visit, type: z.literal('Approve'), hash: z.string() }),
  z.object({ ...visit, type: z.literal('Reject'), hash: z.string() }),
  z.object({ ...visit, type: z.literal('BreakGlass'), hash: z.string() }),
  z.object({ ...visit, type: z.literal('ByHand') }),
  z.object({ ...visit, type: z.literal('Skip') }),
  z.object({ ...run, type: z.literal('Retry'), step: z.string() }),
  z.object({ ...run, type: z.literal('Rerun') }),
  z.object({ ...run, type: z.literal('GoTo') }),
  z.object({ ...run, type: z.literal('Stop') }),
  z.object({ type: z.literal('StartRunbook'), runbook: z.string() }),
  z.object({ type: z.literal('ListRunbooks') }),
  z.object({ type: z.literal('TakeCommand') }),
  z.object({ type: z.literal('Resolve') }),
  z.object({ type: z.literal('Reopen') }),
  z.object({ type: z.literal('SendUpdate') }),
  z.object({
    type: z.literal('Snooze'),
    reminder: z.int().min(0),
    minutes: z.int().positive().nullable(),
  }),
  z.object({ type: z.literal('Join') }),
  z.object({ type: z.literal('Follow') }),
  z.object({ type: z.literal('ExportPostMortem') }),
  z.object({ type: z.literal('TakeSuggestion') }),
  z.object({ type: z.literal('DismissSuggestion') }),
]);
export type Act = z.infer<typeof Act>;

import { z } from 'zod';

import type { FormValues, Reply, UseCases } from '#app/use-cases.ts';
import type { PersonRef } from '#ports/chat-messages.ts';

const Origin = z.object({ channel: z.nullable(z.string()), message: z.nullable(z.string()) });

const Person = z.object({ id: z.string(), name: z.string() });

/** A message that something is made of. */
const Message = z.object({
  message: z.string(),
  permalink: z.nullable(z.string()),
  author: z.nullable(Person),
  text: z.string(),
  edited: z.string().optional(),
  at: z.string(),
  files: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      url: z.string(),
      source: z.nullable(z.string()),
    }),
  ),
});

/**
 * What a person asked of us, whichever command, button or form they used. As JSON it waits inside a
 * form, or behind the button that opens a form again, until its values come.
 */
export const Request = z.discriminatedUnion('act', [
  z.object({ act: z.literal('press'), origin: Origin, control: z.string() }),
  z.object({
    act: z.literal('declare'),
    origin: Origin,
    title: z.nullable(z.string()),
    source: Message.optional(),
  }),
  z.object({
    act: z.literal('note'),
    origin: Origin,
    text: z.string(),
    at: z.nullable(z.string()),
  }),
  z.object({ act: z.literal('noteMessage'), origin: Origin, message: Message }),
  z.object({ act: z.literal('resolve'), origin: Origin }),
  z.object({ act: z.literal('reopen'), origin: Origin }),
  z.object({ act: z.literal('incidentStatus'), origin: Origin }),
  z.object({ act: z.literal('mitigated'), origin: Origin, mitigated: z.boolean() }),
  z.object({ act: z.literal('times'), origin: Origin }),
  z.object({ act: z.literal('listIncidents'), origin: Origin }),
  z.object({
    act: z.literal('timeline'),
    origin: Origin,
    kinds: z.array(z.string()),
    person: z.nullable(z.string()),
    page: z.int().nonnegative(),
  }),
  z.object({ act: z.literal('filterTimeline'), origin: Origin }),
  z.object({ act: z.literal('severity'), origin: Origin, severity: z.nullable(z.string()) }),
  z.object({
    act: z.literal('role'),
    origin: Origin,
    role: z.nullable(z.string()),
    person: z.nullable(Person),
  }),
  z.object({ act: z.literal('giveBack'), origin: Origin, role: z.string() }),
  z.object({ act: z.literal('update'), origin: Origin, text: z.nullable(z.string()) }),
  z.object({ act: z.literal('invite'), origin: Origin, people: z.nullable(z.array(Person)) }),
  z.object({ act: z.literal('merge'), origin: Origin, into: z.nullable(z.string()) }),
  z.object({
    act: z.literal('listRunbooks'),
    origin: Origin,
    /** Of the list, from 0. */
    page: z.int().nonnegative().optional(),
  }),
  z.object({ act: z.literal('token'), origin: Origin }),
  z.object({ act: z.literal('revokeToken'), origin: Origin }),
  z.object({ act: z.literal('start'), origin: Origin, runbook: z.string() }),
  z.object({ act: z.literal('selfCheck'), origin: Origin }),
  z.object({ act: z.literal('runStatus'), origin: Origin }),
  z.object({ act: z.literal('stop'), origin: Origin }),
]);
export type Request = z.infer<typeof Request>;

/**
 * Calls the one use case that a request is for. `values` are a form's, where it came by one; `once` is
 * the key of the payload that brought it.
 */
export function perform(
  useCases: UseCases,
  request: Request,
  by: PersonRef,
  values: FormValues | null,
  once: string | undefined,
): Promise<Reply> {
  const origin = { ...request.origin, ...(once !== undefined && { once }) };
  const filled = values === null ? {} : { values };
  switch (request.act) {
    case 'press':
      return useCases.press({ control: request.control, by, origin, ...filled });
    case 'declare': {
      const { title, source } = request;
      const first: FormValues = title === null ? {} : { title };
      return useCases.declareIncident({
        by,
        origin,
        values: values ?? first,
        ...(source && { source }),
      });
    }
    case 'note': {
      const at = request.at === null ? {} : { at: request.at };
      return useCases.note({ by, origin, text: request.text, ...at });
    }
    case 'noteMessage':
      return useCases.noteMessage({ by, origin, message: request.message, ask: true, ...filled });
    case 'resolve':
      return useCases.resolveIncident({ by, origin, values: values ?? {} });
    case 'reopen':
      return useCases.reopenIncident({ by, origin, ...filled });
    case 'incidentStatus':
      return useCases.incidentStatus({ by, origin });
    case 'mitigated':
      return useCases.setMitigated({ by, origin, mitigated: request.mitigated });
    case 'times':
      return useCases.correctTimes({ by, origin, ...filled });
    case 'listIncidents':
      return useCases.listIncidents({ by, origin });
    case 'timeline': {
      const { kinds, person, page } = request;
      return useCases.timeline({ by, origin, filter: { kinds, person }, page });
    }
    case 'filterTimeline':
      return useCases.filterTimeline({ by, origin, ...filled });
    case 'severity':
      return useCases.setSeverity({ by, origin, severity: request.severity, ...filled });
    case 'role': {
      const { role, person } = request;
      return useCases.giveRole({ by, origin, role, person, ...filled });
    }
    case 'giveBack':
      return useCases.giveBackRole({ by, origin, role: request.role });
    case 'update':
      return useCases.sendUpdate({ by, origin, text: request.text, ...filled });
    case 'invite':
      return useCases.invitePeople({ by, origin, people: request.people, ...filled });
    case 'merge':
      return useCases.mergeIncident({ by, origin, into: request.into, ...filled });
    case 'token':
      return useCases.issueToken({ by });
    case 'revokeToken':
      return useCases.revokeToken({ by });
    case 'listRunbooks':
      return useCases.listRunbooks({ by, origin });
    case 'start':
      return useCases.startRunbook({ by, origin, runbook: request.runbook, ...filled });
    case 'selfCheck':
      return useCases.selfCheck({ by, origin });
    case 'runStatus':
      return useCases.runStatus({ by, origin });
    case 'stop':
      return useCases.stopRun({ by, origin, values: values ?? {} });
    default:
      return request satisfies never;
  }
}

/** The request that a button or a form carried, or null if it is none of ours (any more). */
export function readRequest(text: string | undefined): Request | null {
  try {
    return Request.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}

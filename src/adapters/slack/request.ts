import { z } from 'zod';

import type { FormValues, Reply, UseCases } from '#app/use-cases.ts';
import type { PersonRef } from '#ports/chat-messages.ts';

const Origin = z.object({ channel: z.nullable(z.string()), message: z.nullable(z.string()) });

const Source = z.object({
  permalink: z.nullable(z.string()),
  message: z.string(),
  author: z.nullable(z.object({ id: z.string(), name: z.string() })),
});

/**
 * What a person asked of us, whichever command, button or form they used. As JSON it waits inside a
 * form, or behind the button that opens a form again, until its values come.
 */
export const Request = z.discriminatedUnion('act', [
  z.object({ act: z.literal('press'), origin: Origin, control: z.string() }),
  z.object({ act: z.literal('declare'), origin: Origin, title: z.nullable(z.string()) }),
  z.object({
    act: z.literal('note'),
    origin: Origin,
    text: z.string(),
    at: z.nullable(z.string()),
    source: z.nullable(Source),
  }),
  z.object({ act: z.literal('resolve'), origin: Origin }),
  z.object({ act: z.literal('incidentStatus'), origin: Origin }),
  z.object({ act: z.literal('severity'), origin: Origin, severity: z.string() }),
  z.object({
    act: z.literal('role'),
    origin: Origin,
    role: z.string(),
    person: z.object({ id: z.string(), name: z.string() }),
  }),
  z.object({
    act: z.literal('listRunbooks'),
    origin: Origin,
    /** Of the list, from 0. */
    page: z.int().nonnegative().optional(),
  }),
  z.object({ act: z.literal('token'), origin: Origin }),
  z.object({ act: z.literal('revokeToken'), origin: Origin }),
  z.object({ act: z.literal('start'), origin: Origin, runbook: z.string() }),
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
  switch (request.act) {
    case 'press':
      return useCases.press({
        control: request.control,
        by,
        origin,
        ...(values === null ? {} : { values }),
      });
    case 'declare': {
      const given = values ?? (request.title === null ? {} : { title: request.title });
      return useCases.declareIncident({ by, origin, values: given });
    }
    case 'note': {
      const at = request.at === null ? {} : { at: request.at };
      const source = request.source === null ? {} : { source: request.source };
      return useCases.note({ by, origin, text: request.text, ...at, ...source });
    }
    case 'resolve':
      return useCases.resolveIncident({ by, origin, values: values ?? {} });
    case 'incidentStatus':
      return useCases.incidentStatus({ by, origin });
    case 'severity':
      return useCases.setSeverity({ by, origin, severity: request.severity });
    case 'role':
      return useCases.takeRole({ by, origin, role: request.role, person: request.person });
    case 'token':
      return useCases.issueToken({ by });
    case 'revokeToken':
      return useCases.revokeToken({ by });
    case 'listRunbooks':
      return useCases.listRunbooks({ by, origin });
    case 'start':
      return useCases.startRunbook({
        by,
        origin,
        runbook: request.runbook,
        ...(values === null ? {} : { values }),
      });
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

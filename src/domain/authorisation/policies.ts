/**
 * Who may do what: one line for each thing that a person can do, at whatever entrance. What is not
 * here nobody can do. `does` completes "may": it is said to whom it is refused, and in SECURITY.md.
 */
export const policies = {
  'incident.declare': { who: 'declarer', does: 'declare incidents' },
  'incident.answer': { who: 'declarer', does: 'declare or dismiss what an alert suggests' },
  'incident.look': { who: 'everyone', does: 'look at incidents' },
  'incident.note': { who: 'everyone', does: 'put notes on the timeline' },
  'incident.severity': { who: 'responder', does: 'set the severity' },
  'incident.role': { who: 'responder', does: 'give out roles' },
  'incident.resolve': { who: 'responder', does: 'resolve incidents' },
  'incident.reopen': { who: 'responder', does: 'reopen incidents' },
  'incident.merge': { who: 'responder', does: 'merge incidents' },
  'incident.update': { who: 'responder', does: 'send updates' },
  'incident.time': { who: 'responder', does: 'correct when something was' },
  'incident.invite': { who: 'responder', does: 'invite people' },
  'incident.join': { who: 'everyone', does: 'join incidents' },
  'incident.follow': { who: 'everyone', does: 'follow incidents' },
  'incident.export': { who: 'responder', does: 'have the post-mortem written' },
  'run.look': { who: 'everyone', does: 'look at runbooks and their runs' },
  'run.start': { who: 'responder', does: 'start runbooks' },
  'run.answer': { who: 'responder', does: 'answer what a run asks' },
  'run.steer': { who: 'responder', does: 'skip, repeat and stop steps of a run' },
  'write.approve': { who: 'approver', does: 'approve a write' },
  'write.reject': { who: 'rejecter', does: 'reject a write' },
  'write.break-glass': { who: 'glass-breaker', does: 'let a write go ahead alone' },
  'home.look': { who: 'everyone', does: 'look at what concerns them' },
  'product.check': { who: 'admin', does: 'have Handrail look at itself' },
  'record.texts': { who: 'everyone', does: 'list the entries in which a text stands' },
  'record.redact': { who: 'redacter', does: 'take a text out of the record' },
  'token.issue': { who: 'token-holder', does: 'have a token for the terminal, their own' },
} as const satisfies Readonly<Record<string, Policy>>;

export type Action = keyof typeof policies;
export type Policy = { who: Rule; does: string };

/** All of them only for people who are active in the workspace: no guest, no bot, nobody of another company. */
export const rules = {
  everyone: 'everyone in the workspace',
  declarer:
    'members of the groups under `permissions.declare`; without it everyone in the workspace',
  responder:
    'the commander, and members of the groups under `permissions.steer`; without it everyone in the workspace',
  admin: 'admins and owners of the workspace',
  'token-holder':
    'members of the groups under `permissions.token`; without it everyone in the workspace',
  redacter:
    'who wrote it, and members of the groups under `permissions.redact`; without it the commander and the owner of the service',
  approver: 'members of the groups of its policy under `approvals`, never who asked for the write',
  rejecter: 'members of the groups of its policy under `approvals`, and who asked for the write',
  'glass-breaker':
    'members of the groups under `breakGlass` of its policy, after three minutes also who is on call',
} as const satisfies Readonly<Record<string, string>>;

export type Rule = keyof typeof rules;

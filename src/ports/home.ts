import type { Button, PersonRef, PlanView, RunbookList } from './chat-messages.ts';
import type { Finding } from './self-check.ts';

/** What one person is shown at the app's own place: what concerns them now, of all incidents. */
export type Home = {
  incidents: readonly OpenIncident[];
  approvals: readonly PendingApproval[];
  runbooks: RunbookList;
  postMortems: readonly RecentIncident[];
  /** For admins only; null for everybody else. `last` null: nobody has asked yet. */
  selfCheck: { last: { at: string; findings: readonly Finding[] } | null } | null;
};

export type OpenIncident = {
  incident: string;
  title: string;
  severity: string;
  drill: boolean;
  channel: string | null;
  commander: PersonRef | null;
  startedAt: string;
  /** The step that is under way, and what is to be done next. */
  step: string | null;
  next: string | null;
  /** The person's own roles in it. */
  roles: readonly string[];
};

export type PendingApproval = {
  title: string;
  incident: string | null;
  channel: string | null;
  requester: PersonRef;
  since: string;
  plan: PlanView;
  buttons: readonly Button[];
};

export type RecentIncident = {
  incident: string;
  title: string;
  severity: string;
  drill: boolean;
  channel: string | null;
  startedAt: string;
  resolvedAt: string;
  /** What has become of the post-mortem, where it has been asked for. */
  links: readonly { label: string; url: string }[];
  state: string;
};

import type { ApprovalPolicy } from './settings.ts';

/** The policy that holds for a write: the first that matches, or null, and then it is refused. */
export function policyFor(
  policies: readonly ApprovalPolicy[],
  write: { service: string; environment: string; action: string },
): ApprovalPolicy | null {
  return (
    policies.find(
      ({ services, environments, actions }) =>
        (services?.includes(write.service) ?? true) &&
        (environments?.includes(write.environment) ?? true) &&
        (actions?.some((pattern) => matches(pattern, write.action)) ?? true),
    ) ?? null
  );
}

/** `deploys.*` covers `deploys.rollback`; without a star the names are equal. */
function matches(pattern: string, action: string): boolean {
  return pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action;
}

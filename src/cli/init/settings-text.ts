import { type Answers, NOBODY_YET } from './answers.ts';

/** `handrail.yaml` of one service: what its owners review, and what runbooks may reach. */
export function settingsText(answers: Answers): string {
  const { service, owner, environments, metricsUrl, deployUrl, approvers, healthUrl } = answers;
  const labels = `service="${service}",environment="\${{ inputs.environment }}"`;
  const [first = 'production', ...others] = environments;
  const hosts = [
    ...new Set([healthUrl, metricsUrl, deployUrl].map((url) => new URL(url).hostname)),
  ];
  return `# yaml-language-server: $schema=schema/settings.json
apiVersion: handrail/v1
kind: Settings

services:
  ${service}:
    owner: ${owner}
    channel: '#${service}'
    environments: [${environments.join(', ')}]
    connections: {metrics: prometheus, deploys: deploys}
    migrations: ['db/migrations/**']        # a rollback over one of these needs a reason
    metrics:
      error_rate:
        query: |
          (sum(rate(http_requests_total{${labels},code=~"5.."}[1m])) or vector(0))
            / sum(rate(http_requests_total{${labels}}[1m]))
        traffic: {query: 'sum(rate(http_requests_total{${labels}}[1m]))', atLeast: 0.1}

connections:
  prometheus: {type: prometheus, url: '${metricsUrl}'}
  deploys: {type: deploy-api, url: '${deployUrl}', token: '\${{ secrets.DEPLOY_TOKEN }}'}

groups:
  ${owner}: ${groupText(approvers)}
  ${owner}-oncall: ${groupText(approvers)}        # who is told first

approvals:                                  # the first that matches holds; who asks never approves
  - {environments: [${first}], required: 1, groups: [${owner}, ${owner}-oncall]}
${others.length === 0 ? '' : `  - {environments: [${others.join(', ')}], required: 0, groups: [${owner}]}\n`}
escalation:
  SEV1: [{after: 0s, tell: ${owner}-oncall}, {after: 5m, tell: ${owner}}]

alerts:
  - {match: {alertname: ${alertName(service)}}, severity: SEV1}        # declare: auto starts an incident at once

outbound: {allow: [${hosts.map((host) => `'${host}'`).join(', ')}]}

incident:
  severities: {SEV1: {updateEvery: 30m}, SEV2: {updateEvery: 60m}, SEV3: {}}
  roles: [commander, communications, scribe]
`;
}

function groupText(approvers: readonly string[]): string {
  const [first = NOBODY_YET] = approvers;
  return first.startsWith('S') ? `{usergroup: ${first}}` : `{users: [${approvers.join(', ')}]}`;
}

/** `shop-api` has the alert `ShopApiUnhealthy`. */
export function alertName(service: string): string {
  const words = service.split('-').filter((word) => word !== '');
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}Unhealthy`;
}

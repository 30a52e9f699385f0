import type { Reply, UseCases } from '#app/use-cases.ts';

type Asked = { name: string; request: unknown };

/** Use cases that remember what they were asked and reply as the test says. */
export function useCasesStandIn(
  replies: Partial<Record<keyof UseCases, () => Promise<Reply>>> = {},
) {
  const asked: Asked[] = [];

  function reply(name: keyof UseCases) {
    return async (request: unknown): Promise<Reply> => {
      asked.push({ name, request });
      return (await replies[name]?.()) ?? { kind: 'done', text: `${name} is done` };
    };
  }

  const useCases: UseCases = {
    press: reply('press'),
    declareIncident: reply('declareIncident'),
    note: reply('note'),
    followMessage: async (request) => {
      asked.push({ name: 'followMessage', request });
    },
    resolveIncident: reply('resolveIncident'),
    incidentStatus: reply('incidentStatus'),
    setSeverity: reply('setSeverity'),
    noteMessage: reply('noteMessage'),
    reopenIncident: reply('reopenIncident'),
    listIncidents: reply('listIncidents'),
    timeline: reply('timeline'),
    filterTimeline: reply('filterTimeline'),
    giveRole: reply('giveRole'),
    giveBackRole: reply('giveBackRole'),
    sendUpdate: reply('sendUpdate'),
    invitePeople: reply('invitePeople'),
    setMitigated: reply('setMitigated'),
    correctTimes: reply('correctTimes'),
    mergeIncident: reply('mergeIncident'),
    letIn: async (request) => {
      asked.push({ name: 'letIn', request });
    },
    membership: reply('membership'),
    listRunbooks: reply('listRunbooks'),
    startRunbook: reply('startRunbook'),
    viewRun: async () => ({ kind: 'refused', code: 'run.unknown', message: '' }),
    runStatus: reply('runStatus'),
    stopRun: reply('stopRun'),
    writtenEntries: async () => [],
    redactEntry: reply('redactEntry'),
    issueToken: reply('issueToken'),
    revokeToken: reply('revokeToken'),
    openHome: reply('openHome'),
    selfCheck: reply('selfCheck'),
    personOfToken: async () => ({ kind: 'refused', code: 'token.unknown', message: '' }),
    receiveAlert: async () => {},
    choices: async () => ({ severities: [], services: [], roles: [] }),
  };
  return { asked, useCases };
}

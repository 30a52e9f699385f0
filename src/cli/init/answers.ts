/** What a first runbook has to know of a service. */
export type Answers = {
  service: string;
  /** A group; whoever is in it responds and owns the runbook. */
  owner: string;
  /** The first is where incidents are. */
  environments: readonly string[];
  metricsUrl: string;
  deployUrl: string;
  /** Slack ids: of one user group, or of people. */
  approvers: readonly string[];
  healthUrl: string;
};

export type Question = {
  key: keyof Answers;
  /** As on the command line, without the dashes. */
  flag: string;
  asks: string;
  /** Null where nothing can be guessed. */
  guess: (answers: Partial<Record<keyof Answers, string>>) => string | null;
  /** What is wrong with an answer, as a sentence, or undefined. */
  problem: (answer: string) => string | undefined;
};

const NAME = /^[a-z][a-z0-9-]{0,39}$/;

/** Nobody is admitted by it until it is replaced. */
export const NOBODY_YET = 'S0REPLACE';

export const serviceQuestion: Question = {
  key: 'service',
  flag: 'service',
  asks: 'Which service is it for?',
  guess: () => null,
  problem: (answer) => (NAME.test(answer) ? undefined : 'Write a name such as checkout.'),
};

export const healthQuestion: Question = {
  key: 'healthUrl',
  flag: 'health-url',
  asks: 'Which URL tells that it is healthy?',
  guess: ({ service }) => `https://${service}.example.com/health`,
  problem: urlProblem,
};

/** Asked in this order, where there are no settings yet. */
export const questions: readonly Question[] = [
  serviceQuestion,
  {
    key: 'owner',
    flag: 'owner',
    asks: 'Which team owns it?',
    guess: ({ service }) => `${service}-team`,
    problem: (answer) => (NAME.test(answer) ? undefined : 'Write a name such as payments.'),
  },
  {
    key: 'environments',
    flag: 'environments',
    asks: 'Where does it run? The first is where incidents are.',
    guess: () => 'production, staging',
    problem: (answer) =>
      listed(answer).length > 0 && listed(answer).every((name) => NAME.test(name))
        ? undefined
        : 'Write names with commas between them, such as production, staging.',
  },
  healthQuestion,
  {
    key: 'metricsUrl',
    flag: 'metrics-url',
    asks: 'Where is its Prometheus?',
    guess: () => 'http://prometheus:9090',
    problem: urlProblem,
  },
  {
    key: 'deployUrl',
    flag: 'deploy-url',
    asks: 'Where is the deploy API?',
    guess: () => 'https://deploy.example.com',
    problem: urlProblem,
  },
  {
    key: 'approvers',
    flag: 'approvers',
    asks: 'Who approves a rollback? Id of a Slack user group (S…), or of people (U…).',
    guess: () => NOBODY_YET,
    problem: (answer) =>
      /^S[A-Z0-9]+$/.test(answer) || listed(answer).every((id) => /^[UW][A-Z0-9]+$/.test(id))
        ? undefined
        : 'Write one id such as S0ONCALL, or ids such as U0ANA, U0BEN.',
  },
];

/** Every question has been answered, and each answer was looked at. */
export function answersOf(given: Record<keyof Answers, string>): Answers {
  return {
    ...given,
    environments: listed(given.environments),
    approvers: listed(given.approvers),
  };
}

function listed(answer: string): readonly string[] {
  return answer.split(/[\s,]+/).filter((part) => part !== '');
}

function urlProblem(answer: string): string | undefined {
  const sound = /^https?:\/\/[^\s'"\\{}]+$/.test(answer) && URL.canParse(answer);
  return sound ? undefined : 'Write a URL such as https://shop.example.com/health.';
}

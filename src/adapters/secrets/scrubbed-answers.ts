import { scrubbed } from '#ports/scrubbed.ts';

/** The same use cases; what they answer has no secret in it. */
export function scrubbedAnswers<UseCases extends object>(
  useCases: UseCases,
  scrub: (text: string) => string,
): UseCases {
  return new Proxy(useCases, {
    get(target, name) {
      const useCase: unknown = Reflect.get(target, name);
      if (typeof useCase !== 'function') return useCase;
      return async (...given: unknown[]) => {
        const answer: unknown = await Reflect.apply(useCase, target, given);
        return scrubbed(answer, scrub);
      };
    },
  });
}

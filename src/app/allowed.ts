import type { Action } from '#domain/authorisation/policies.ts';
import type { PersonRef } from '#ports/chat-messages.ts';

import type { App } from './app.ts';
import { authorise, type Permit } from './authorise.ts';
import type { Refused, UseCases } from './use-cases.ts';

/** What stands behind an entrance names its policy; what does not has no place in `Policed`. */
export type Policy = { readonly action: Action } | { readonly openBecause: string };
type Named<UseCase> = UseCase & { readonly policy: Policy };

/** The use cases as they are made: each of them by `allowed`, or by `open` with its reason. */
export type Policed = { readonly [Name in keyof UseCases]: Named<UseCases[Name]> };

/** Done only for whom the policy of the action allows it, who are asked for at each call. */
export function allowed<Request extends { by: PersonRef }, Result>(
  app: App,
  action: Action,
  does: (request: Request, permit: Permit) => Promise<Result>,
): Named<(request: Request) => Promise<Result | Refused>> {
  const useCase = async (request: Request): Promise<Result | Refused> => {
    const permit = await authorise(app, request.by, action);
    return permit.kind === 'refused' ? permit : does(request, permit);
  };
  return Object.assign(useCase, { policy: { action } });
}

/** Done for whoever gets here; the reason says what stands in place of a right. */
export function open<Arguments extends readonly unknown[], Result>(
  because: string,
  does: (...request: Arguments) => Promise<Result>,
): Named<(...request: Arguments) => Promise<Result>> {
  const useCase = (...request: Arguments): Promise<Result> => does(...request);
  return Object.assign(useCase, { policy: { openBecause: because } });
}

import { atValue, type LibraryRule } from './rule.ts';

/** Ids are unique among all runbooks; of two the first file holds. */
export const sameId: LibraryRule = (subjects) => {
  const taken = new Map<string, string>();
  return subjects.flatMap(({ runbook: { id }, file }) => {
    const by = taken.get(id);
    if (by === undefined) {
      taken.set(id, file.source.file);
      return [];
    }
    const message = `the id "${id}" is taken by ${by}`;
    return [file.source.problem('bad-value', atValue(file, ['id']), message)];
  });
};
